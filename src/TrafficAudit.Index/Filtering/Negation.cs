namespace TrafficAudit.Index.Filtering;

/// <summary>A term turned round. It says nothing of findings: what it forbids, the flow does not have.</summary>
internal sealed class Negation(FilterNode term) : FilterNode
{
    public override bool LooksIntoPaths => term.LooksIntoPaths;

    public override bool Holds(IFlowFacts flow, bool all) => !term.Holds(flow, all);

    public override FilterNode Negate() => term;
}
