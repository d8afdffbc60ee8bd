namespace TrafficAudit.Index.Filtering;

/// <summary>The flow is one of those that were found to answer a question.</summary>
internal sealed class FoundTerm(IReadOnlySet<long> flows) : FilterNode
{
    public override bool Holds(IFlowFacts flow, bool all) => flows.Contains(flow.Number);
}
