namespace TrafficAudit.Classification.Tests;

/// <summary>Tests that measure the process's memory: they run when no other test does.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;
