namespace TrafficAudit.Index.Filtering;

/// <summary>The path is one of several.</summary>
internal sealed class PathTerm(TextPatterns patterns) : FilterNode
{
    public override bool LooksIntoPaths => true;

    public override bool Holds(IFlowFacts flow, bool all) => patterns.Matches(flow.Path);
}
