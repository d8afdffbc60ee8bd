namespace TrafficAudit.Index.Filtering;

/// <summary>The device's id, or a name that it had, is one of several.</summary>
internal sealed class DeviceTerm(TextPatterns patterns, ILookup<string, string> names) : FilterNode
{
    public override bool Holds(IFlowFacts flow, bool all) =>
        flow.Device is { } device && (patterns.Matches(device) || names[device].Any(patterns.Matches));
}
