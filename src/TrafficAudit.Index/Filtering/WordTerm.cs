namespace TrafficAudit.Index.Filtering;

/// <summary>A word stands in the host or in the path.</summary>
internal sealed class WordTerm(TextPattern word) : FilterNode
{
    public override bool LooksIntoPaths => true;

    public override bool Holds(IFlowFacts flow, bool all) => word.Matches(flow.Host) || word.Matches(flow.Path);
}
