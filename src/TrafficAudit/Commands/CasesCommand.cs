using System.CommandLine;
using TrafficAudit.CommandLine;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Results;

namespace TrafficAudit.Commands;

/// <summary><c>cases</c>: the cases there are.</summary>
internal static class CasesCommand
{
    public static Command Create()
    {
        var command = new Command("cases", "Lists the cases.");
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var output = Console.OpenStandardOutput();
            var rows = CaseFolder.List(parsed.GetValue(CommonOptions.Captures)!, e => Console.Error.WriteLine($"trafficaudit: {e.Message}")).Select(Cells).ToAsyncEnumerable();
            await TableOutput.WriteAsync(
                output, Console.IsOutputRedirected ? null : Console.WindowWidth, ["Case", "Created", "Segments", "Size", "Folder"], rows, int.MaxValue, "", cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    private static string[] Cells(CaseFolder folder)
    {
        var bytes = folder.Segments.Sum(s => new FileInfo(folder.SegmentPath(s)).Length);
        return
        [
            folder.Info.Name, $"{folder.Info.Created.UtcDateTime:yyyy-MM-dd HH:mm:ss}", $"{folder.Segments.Count}", $"{bytes}", folder.Path,
        ];
    }
}
