using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>A recipient in a country.</summary>
/// <param name="Recipient">The organisation.</param>
/// <param name="Country">Null when unknown.</param>
/// <param name="Grade">The least sure of its transfers' grades.</param>
/// <param name="Cells">By item.</param>
internal sealed record MatrixColumn(string Recipient, string? Country, CountryGrade Grade, ImmutableDictionary<string, MatrixCell> Cells)
{
    /// <summary>The columns, those with most items first.</summary>
    public static ImmutableArray<MatrixColumn> Of(IEnumerable<Transfer> transfers) =>
    [
        .. transfers.GroupBy(transfer => (transfer.Recipient, Country: string.IsNullOrEmpty(transfer.Country) ? null : transfer.Country))
            .Select(column => new MatrixColumn(
                column.Key.Recipient,
                column.Key.Country,
                GradeStroke.Weakest(column.Select(transfer => transfer.CountryGrade)),
                column.GroupBy(transfer => transfer.Item, StringComparer.Ordinal).ToImmutableDictionary(cell => cell.Key, MatrixCell.Of, StringComparer.Ordinal)))
            .OrderByDescending(column => column.Cells.Count)
            .ThenBy(column => column.Recipient, StringComparer.Ordinal)
            .ThenBy(column => column.Country, StringComparer.Ordinal),
    ];

    /// <summary>The recipient and where it is, in words.</summary>
    public string Words() => $"{Recipient}, {Country ?? "unknown country"} ({Token.Of(Grade)})";
}

/// <summary>An item that went to a recipient in a country.</summary>
/// <param name="Flows">In how many flows.</param>
/// <param name="Confidence">The best confidence.</param>
internal sealed record MatrixCell(int Flows, Confidence Confidence)
{
    public static MatrixCell Of(IEnumerable<Transfer> transfers) =>
        new(transfers.SelectMany(transfer => transfer.Flows).Distinct().Count(), transfers.Min(transfer => transfer.Confidence));
}
