namespace TrafficAudit.Index.Filtering;

/// <summary>One part has to hold.</summary>
internal sealed class AnyOf(FilterNode[] parts) : FilterNode
{
    /// <summary>Lets no flow through.</summary>
    public static AnyOf None { get; } = new([]);

    public override bool LooksIntoPaths => Array.Exists(parts, p => p.LooksIntoPaths);

    public override IEnumerable<ContentQuestion> Questions => parts.SelectMany(p => p.Questions);

    public override bool NamesFindings => Array.Exists(parts, p => p.NamesFindings);

    public static FilterNode Of(IReadOnlyList<FilterNode> parts) => parts.Count == 1 ? parts[0] : new AnyOf([.. parts]);

    public override bool Holds(IFlowFacts flow, bool all)
    {
        foreach (var part in parts)
        {
            if (part.Holds(flow, all))
            {
                return true;
            }
        }

        return false;
    }

    public override FilterNode Negate() => new AllOf(Array.ConvertAll(parts, p => p.Negate()));

    public override FilterNode Replace(Func<ContentQuestion, bool, FilterNode> replacement) =>
        new AnyOf(Array.ConvertAll(parts, p => p.Replace(replacement)));

    public override FilterNode Narrow(IFlowFacts flow, bool all) =>
        Of([.. parts.Where(p => p.Holds(flow, all)).Select(p => p.Narrow(flow, all))]);

    /// <summary>What those alternatives say that mean the finding; where none does, all that they ask for is missing.</summary>
    public override FindingMeaning MeaningOf(in FindingFacts finding)
    {
        var (meant, named, isMeant) = (default(FindingMeaning), FindingAspects.None, false);
        foreach (var part in parts)
        {
            var meaning = part.MeaningOf(finding);
            named |= meaning.Named;
            if (meaning.IsMeant)
            {
                (meant, isMeant) = (meant.Or(meaning), true);
            }
        }

        return isMeant ? meant : new FindingMeaning(named, FindingAspects.None);
    }
}
