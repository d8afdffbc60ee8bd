using System.Globalization;
using TrafficAudit.Model;

namespace TrafficAudit.Results;

/// <summary>Writes what <c>coverage</c> prints: a sentence and a table for people, the numbers for programs.</summary>
internal static class CoverageOutput
{
    private const int MaximumTableRows = 1000;
    private const string NoHost = "(none named)";
    private const string AllHosts = "(all)";

    /// <summary>From this width on a host and its reasons fit beside each other.</summary>
    private const int Wide = 140;

    private static readonly string[] WideColumns = ["Host", "Read", "Unread", "Failed", "Exchanges", "Bytes read", "Bytes unread", "Why"];
    private static readonly string[] NarrowColumns = ["Host", "Read", "Unread", "Failed", "Bytes read"];

    private static readonly string[] CsvColumns =
    [
        "Host", "Connections read", "Connections unread", "Connections failed", "Read %", "Exchanges read", "Exchanges partly read", "Exchanges failed",
        "Exchanges imported", "Bytes read sent", "Bytes read received", "Bytes unread sent", "Bytes unread received", "Unread", "Failed", "Partly read",
    ];

    public static Task WriteAsync(Stream output, ResultRequest request, Coverage coverage, CancellationToken cancellation) => request.Format switch
    {
        "json" => JsonArrayOutput.WriteObjectAsync(output, CoverageRow.Of(coverage), ResultJson.Default.CoverageRow, cancellation),
        "csv" => CsvOutput.WriteAsync(
            output,
            CsvColumns,
            coverage.Hosts.Select(h => CsvCells(h.Host, h.Counts)).Prepend(CsvCells(AllHosts, coverage.Total)).ToAsyncEnumerable(),
            cancellation),
        _ when request.Width is { } width and < Wide => TableOutput.WriteAsync(
            output, width, NarrowColumns, coverage.Hosts.SelectMany(NarrowRows).ToAsyncEnumerable(), MaximumTableRows, "", cancellation, CoverageText.Of(coverage)),
        _ => TableOutput.WriteAsync(
            output, request.Width, WideColumns, coverage.Hosts.Select(WideCells).ToAsyncEnumerable(), MaximumTableRows, "", cancellation, CoverageText.Of(coverage)),
    };

    private static string[] WideCells(HostCoverage host) =>
    [
        .. ConnectionCells(host), Number(host.Counts.ExchangesRead + host.Counts.ExchangesFailed),
        Bytes(host.Counts.BytesReadSent, host.Counts.BytesReadReceived), Bytes(host.Counts.BytesUnreadSent, host.Counts.BytesUnreadReceived),
        string.Join(", ", Reasons(host.Counts)),
    ];

    /// <summary>The host's row, and below it one for each reason.</summary>
    private static IEnumerable<string[]> NarrowRows(HostCoverage host)
    {
        var c = host.Counts;
        var read = c.BytesReadSent + c.BytesReadReceived;
        var whole = read + c.BytesUnreadSent + c.BytesUnreadReceived;
        return Reasons(c).Select(r => (string[])[$"  {r}", "", "", "", ""]).Prepend([.. ConnectionCells(host), whole == 0 ? "" : ByteSize.OfWhole(read, whole)]);
    }

    private static string[] ConnectionCells(HostCoverage host) =>
    [
        host.Host.Length == 0 ? NoHost : host.Host, Number(host.Counts.ConnectionsRead), Number(host.Counts.ConnectionsUnread),
        Number(host.Counts.ConnectionsFailed),
    ];

    private static IEnumerable<string> Reasons(CoverageCounts c) => c.Unread.Concat(c.Failed).Concat(c.PartlyRead).Select(r => $"{Number(r.Count)} {r.Token}");

    private static string[] CsvCells(string host, CoverageCounts c) =>
    [
        host, .. new long?[]
        {
            c.ConnectionsRead, c.ConnectionsUnread, c.ConnectionsFailed, c.ReadPercent, c.ExchangesRead, c.ExchangesPartlyRead, c.ExchangesFailed,
            c.ExchangesImported, c.BytesReadSent, c.BytesReadReceived, c.BytesUnreadSent, c.BytesUnreadReceived,
        }.Select(n => n?.ToString(CultureInfo.InvariantCulture) ?? ""),
        Reasons(c.Unread), Reasons(c.Failed), Reasons(c.PartlyRead),
    ];

    private static string Reasons(IEnumerable<CoverageReason> reasons) =>
        string.Join(' ', reasons.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Token}={r.Count}")));

    private static string Bytes(long sent, long received) => sent + received == 0 ? "" : $"{ByteSize.Of(sent)}↑ {ByteSize.Of(received)}↓";

    private static string Number(long count) => count == 0 ? "" : count.ToString("N0", CultureInfo.InvariantCulture);
}
