using System.Text;

namespace TrafficAudit.Results;

/// <summary>
/// Comma-separated values (RFC 4180), UTF-8. A cell that a spreadsheet would run as a formula is led by an apostrophe: captured text is
/// not to be trusted.
/// </summary>
internal static class CsvOutput
{
    /// <summary>Spreadsheets for East Asian writing take the full-width forms, too.</summary>
    private static readonly System.Buffers.SearchValues<char> FormulaStarts = System.Buffers.SearchValues.Create("=+-@\t\r\n＝＋－＠");

    public static async Task WriteAsync(Stream output, IReadOnlyList<string> columns, IAsyncEnumerable<string[]> rows, CancellationToken cancellation)
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync(string.Join(',', columns));
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            await writer.WriteLineAsync(string.Join(',', row.Select(Cell)));
        }
    }

    public static string Cell(string value)
    {
        var text = value.AsSpan().IndexOfAny(FormulaStarts) == 0 ? "'" + value : value;
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
