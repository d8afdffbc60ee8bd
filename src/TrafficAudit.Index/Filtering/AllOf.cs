namespace TrafficAudit.Index.Filtering;

/// <summary>Every part has to hold.</summary>
internal sealed class AllOf(FilterNode[] parts) : FilterNode
{
    /// <summary>Lets every flow through and says nothing.</summary>
    public static AllOf None { get; } = new([]);

    public override bool LooksIntoPaths => Array.Exists(parts, p => p.LooksIntoPaths);

    public override IEnumerable<ContentQuestion> Questions => parts.SelectMany(p => p.Questions);

    public override bool NamesFindings => Array.Exists(parts, p => p.NamesFindings);

    public static FilterNode Of(IReadOnlyList<FilterNode> parts) => parts.Count == 1 ? parts[0] : new AllOf([.. parts]);

    public override bool Holds(IFlowFacts flow, bool all)
    {
        foreach (var part in parts)
        {
            if (!part.Holds(flow, all))
            {
                return false;
            }
        }

        return true;
    }

    public override FilterNode Negate() => new AnyOf(Array.ConvertAll(parts, p => p.Negate()));

    public override FilterNode Replace(Func<ContentQuestion, bool, FilterNode> replacement) =>
        new AllOf(Array.ConvertAll(parts, p => p.Replace(replacement)));

    public override FilterNode Narrow(IFlowFacts flow, bool all) => new AllOf(Array.ConvertAll(parts, p => p.Narrow(flow, all)));

    public override FindingMeaning MeaningOf(in FindingFacts finding)
    {
        var meaning = default(FindingMeaning);
        foreach (var part in parts)
        {
            meaning = meaning.Or(part.MeaningOf(finding));
        }

        return meaning;
    }
}
