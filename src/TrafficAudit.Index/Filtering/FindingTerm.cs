namespace TrafficAudit.Index.Filtering;

/// <summary>A finding of the flow has one of several items, detectors, states, confidences, or judgements.</summary>
internal sealed class FindingTerm(FindingAspects aspect, FindingTest test) : FilterNode
{
    public override bool NamesFindings => true;

    /// <summary>A finding whose aspect of it is a text that matches.</summary>
    public static FindingTerm Of(FindingAspects aspect, TextPatterns patterns) =>
        new(aspect, (in finding) => patterns.Matches(finding.Text(aspect)));

    public override bool Holds(IFlowFacts flow, bool all) => flow.HasFinding(this, all);

    public override FilterNode Narrow(IFlowFacts flow, bool all) => this;

    public override FindingMeaning MeaningOf(in FindingFacts finding) => new(aspect, Matches(finding) ? aspect : FindingAspects.None);

    public bool Matches(in FindingFacts finding) => test(finding);
}

/// <summary>Whether a finding is one that is meant.</summary>
internal delegate bool FindingTest(in FindingFacts finding);
