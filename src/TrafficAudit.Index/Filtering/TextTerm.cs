namespace TrafficAudit.Index.Filtering;

/// <summary>A text of the flow is one of several.</summary>
internal sealed class TextTerm(Func<IFlowFacts, string?> text, TextPatterns patterns) : FilterNode
{
    public override bool Holds(IFlowFacts flow, bool all) => patterns.Matches(text(flow));
}
