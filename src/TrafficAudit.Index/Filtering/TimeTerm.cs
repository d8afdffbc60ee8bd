namespace TrafficAudit.Index.Filtering;

/// <summary>The flow started in one of several ranges of time.</summary>
internal sealed class TimeTerm(TimeRange[] ranges) : FilterNode
{
    public override bool Holds(IFlowFacts flow, bool all)
    {
        var time = flow.Time;
        return Array.Exists(ranges, r => r.Contains(time));
    }
}
