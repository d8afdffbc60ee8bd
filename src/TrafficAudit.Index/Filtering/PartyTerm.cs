namespace TrafficAudit.Index.Filtering;

/// <summary>The host belongs to the company itself, or to somebody else. A flow without a host belongs to neither.</summary>
internal sealed class PartyTerm(FirstParties company, TextPatterns parties) : FilterNode
{
    public const string First = "first";
    public const string Third = "third";

    private readonly bool _first = parties.Matches(First);
    private readonly bool _third = parties.Matches(Third);

    public override bool Holds(IFlowFacts flow, bool all) => flow.Host.Length > 0 && (company.Own(flow.Host) ? _first : _third);
}
