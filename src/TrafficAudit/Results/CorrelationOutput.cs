using System.Collections.Immutable;
using System.Globalization;
using TrafficAudit.Classification.Correlation;
using TrafficAudit.Model;
using TrafficAudit.Pipeline;

namespace TrafficAudit.Results;

/// <summary>Writes what <c>correlate</c> prints: a sentence and up to three tables for people, the report for programs.</summary>
internal static class CorrelationOutput
{
    private const int MaximumTableRows = 200;

    private static readonly string[] IdentifierColumns = ["Item", "Confidence", "Host", "Where", "Values", "Flows", "Together with", "Not certain, since"];
    private static readonly string[] NearMissColumns = ["Host", "Where", "Values", "Flows", "Together with", "Lacking"];
    private static readonly string[] ConstantColumns = ["Host", "Where", "Values", "Flows"];

    public static async Task WriteAsync(Stream output, ResultRequest request, CorrelationReport report, CancellationToken cancellation)
    {
        if (request.Format == "json")
        {
            await JsonArrayOutput.WriteObjectAsync(output, report, CorrelationJson.Default.CorrelationReport, cancellation);
            return;
        }

        await using (var writer = new StreamWriter(output, leaveOpen: true))
        {
            await writer.WriteLineAsync(CorrelationText.Of(report) + ".");
        }

        await WriteAsync("Identifiers that nobody declared", IdentifierColumns, report.Identifiers, IdentifierCells);
        await WriteAsync("Near misses: shown, not counted", NearMissColumns, report.NearMisses, NearMissCells);
        await WriteAsync("The same on all devices: the app brings these along, they are never findings", ConstantColumns, report.AppConstants, PlaceCells);

        Task WriteAsync(string heading, string[] columns, ImmutableArray<CorrelationRow> rows, Func<CorrelationRow, string[]> cells) =>
            rows.IsEmpty
                ? Task.CompletedTask
                : TableOutput.WriteAsync(output, request.Width, columns, rows.Select(cells).ToAsyncEnumerable(), MaximumTableRows, "", cancellation, "\n" + heading);
    }

    private static string[] IdentifierCells(CorrelationRow row) =>
        [row.Item ?? "", row.Confidence is { } confidence ? Token.Of(confidence) : "", .. PlaceCells(row), Links(row), Lacking(row)];

    private static string[] NearMissCells(CorrelationRow row) => [.. PlaceCells(row), Links(row), Lacking(row)];

    private static string[] PlaceCells(CorrelationRow row) =>
    [
        row.Host, $"{row.Place.Endpoint} {Token.Of(row.Place.Message)} {Token.Of(row.Place.Part)} {row.Place.Path}".TrimEnd(),
        string.Join("; ", row.Values.Select(Value)), row.Flows.ToString(CultureInfo.InvariantCulture),
    ];

    /// <summary><c>Test phone A 9f…3e (32) in 2 sessions over a re-install</c>.</summary>
    private static string Value(CorrelationValueRow value)
    {
        var sessions = value.Sessions.Select(s => s.Session).Distinct(StringComparer.Ordinal).Count();
        return $"{value.DeviceName} {value.Value} in {sessions} {(sessions == 1 ? "session" : "sessions")}{(value.OutlivedReinstall ? " over a re-install" : "")}";
    }

    private static string Links(CorrelationRow row) => string.Join(", ", row.Links.Select(l => $"{l.Item} ({l.Flows}, #{l.FirstFlow})"));

    private static string Lacking(CorrelationRow row) => string.Join("; ", row.Lacking.Select(CorrelationAdvice.Of));
}
