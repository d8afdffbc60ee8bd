namespace TrafficAudit.Index.Filtering;

/// <summary>A finding of the flow has one of several items, detectors, states or confidences.</summary>
internal sealed class FindingTerm(FindingAspects aspect, TextPatterns patterns) : FilterNode
{
    public override bool NamesFindings => true;

    public override bool Holds(IFlowFacts flow, bool all) => flow.HasFinding(this, all);

    public override FilterNode Narrow(IFlowFacts flow, bool all) => this;

    public override FindingMeaning MeaningOf(in FindingFacts finding) => new(aspect, Matches(finding) ? aspect : FindingAspects.None);

    public bool Matches(in FindingFacts finding) => patterns.Matches(finding.Text(aspect));
}
