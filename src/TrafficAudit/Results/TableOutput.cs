using System.Text;
using Spectre.Console;

namespace TrafficAudit.Results;

/// <summary>
/// Writes results as a table for people. Into a pipe or file the table is as wide as it needs to be; on a terminal it fits the window.
/// </summary>
internal static class TableOutput
{
    private const int WidthInFile = 240;

    public static async Task WriteAsync(
        Stream output, int? terminalWidth, IReadOnlyList<string> columns, IAsyncEnumerable<string[]> rows, int mostRows, string footer, CancellationToken cancellation,
        string heading = "")
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            var isNumber = column is "Flow" or "Flows" or "Status" or "Size" or "Read" or "Unread" or "Failed" or "Exchanges";
            table.AddColumn(new TableColumn(new Text(column)) { Alignment = isNumber ? Justify.Right : Justify.Left, NoWrap = isNumber || column is "Time" or "Why" || column.StartsWith("Bytes", StringComparison.Ordinal) });
        }

        var count = 0;
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            if (count++ < mostRows)
            {
                table.AddRow(row.Select(cell => new Text(PlainText.Of(cell))));
            }
        }

        await using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = terminalWidth ?? WidthInFile;
        if (count == 0)
        {
            await writer.WriteLineAsync("Nothing to show.");
            return;
        }

        if (heading.Length > 0)
        {
            console.WriteLine(PlainText.Of(heading));
        }

        console.Write(table);
        if (count > mostRows)
        {
            await writer.WriteLineAsync($"… and {count - mostRows} more; another --format lists all of them, --filter narrows them down.");
        }

        if (footer.Length > 0)
        {
            await writer.WriteLineAsync(footer);
        }
    }
}
