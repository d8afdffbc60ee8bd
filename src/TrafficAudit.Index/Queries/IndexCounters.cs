namespace TrafficAudit.Index.Queries;

/// <summary>What the flows add up to.</summary>
/// <param name="Flows">Flows.</param>
/// <param name="Findings">Findings that count: not those by pattern alone.</param>
/// <param name="Failures">Flows that are no complete exchange.</param>
public sealed record IndexCounters(long Flows, long Findings, long Failures);
