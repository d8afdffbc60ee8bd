namespace TrafficAudit.Index.Filtering;

/// <summary>Which findings of one flow a filter means.</summary>
internal sealed class FindingChoice(FilterNode node)
{
    public static FindingChoice Every { get; } = new(AllOf.None);

    public bool Includes(in FindingFacts finding) => node.MeaningOf(finding).IsMeant;
}
