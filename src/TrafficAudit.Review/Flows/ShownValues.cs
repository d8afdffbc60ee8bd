using TrafficAudit.Model;

namespace TrafficAudit.Review.Flows;

/// <summary>How values stand on the page: masked, all of them, unless a person had them revealed. What is no finding can be personal too.</summary>
/// <param name="IsRevealed">Whether they stand there as they are.</param>
internal sealed record ShownValues(bool IsRevealed)
{
    /// <summary>More of one value is not read on a page; the text and hex views have all of it.</summary>
    private const int LongestValue = 4_000;

    /// <summary>A value as it is shown.</summary>
    public string Of(string value) =>
        !IsRevealed ? MaskedValue.Of(value)
        : value.Length <= LongestValue ? value
        : $"{value[..LongestValue]}… (+{value.Length - LongestValue})";
}
