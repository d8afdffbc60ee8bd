using System.Text;

namespace TrafficAudit.Results;

/// <summary>
/// Comma-separated values (RFC 4180), UTF-8. A cell that a spreadsheet would run as a formula is led by an apostrophe: captured text is
/// not to be trusted.
/// </summary>
internal static class CsvOutput
{
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
        var text = value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + value : value;
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
