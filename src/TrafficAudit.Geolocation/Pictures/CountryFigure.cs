using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>What went to one country.</summary>
/// <param name="Country">ISO 3166-1 alpha-2; null for what is in no known country.</param>
/// <param name="Items">The kinds of personal data, sorted.</param>
/// <param name="Transfers">How many transfers.</param>
/// <param name="Recipients">How many recipients.</param>
/// <param name="Grades">How many transfers are of each grade; the surest first.</param>
internal sealed record CountryFigure(
    string? Country, ImmutableArray<string> Items, int Transfers, int Recipients, ImmutableArray<(CountryGrade Grade, int Transfers)> Grades)
{
    /// <summary>The least sure grade: the line's.</summary>
    public CountryGrade Weakest => Grades[^1].Grade;

    /// <summary>The figures, most items first; what is in no known country last.</summary>
    public static ImmutableArray<CountryFigure> Of(IEnumerable<Transfer> transfers) =>
    [
        .. transfers.GroupBy(transfer => string.IsNullOrEmpty(transfer.Country) ? null : transfer.Country, StringComparer.Ordinal)
            .Select(group => new CountryFigure(
                group.Key,
                [.. group.Select(transfer => transfer.Item).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                group.Count(),
                group.Select(transfer => transfer.Recipient).Distinct(StringComparer.Ordinal).Count(),
                [
                    .. group.GroupBy(transfer => GradeStroke.Of(transfer.CountryGrade))
                        .OrderBy(grade => GradeStroke.All.IndexOf(grade.Key))
                        .Select(grade => (grade.Key.Grade, grade.Count())),
                ]))
            .OrderBy(figure => figure.Country is null)
            .ThenByDescending(figure => figure.Items.Length)
            .ThenBy(figure => figure.Country, StringComparer.Ordinal),
    ];

    /// <summary>The figure in words, without the country.</summary>
    public string Words() => $"{Plural.Of(Items.Length, "item")} in {Plural.Of(Transfers, "transfer")} to {Plural.Of(Recipients, "recipient")}";
}
