namespace TrafficAudit.Index.Filtering;

/// <summary>A number of the flow lies in one of several ranges; none lies in none.</summary>
internal sealed class NumberTerm(Func<IFlowFacts, long?> number, NumberRange[] ranges) : FilterNode
{
    public override bool Holds(IFlowFacts flow, bool all) => number(flow) is { } value && Array.Exists(ranges, r => r.Contains(value));
}
