using System.CommandLine;
using TrafficAudit.CommandLine;
using TrafficAudit.Logging;
using TrafficAudit.Results;
using TrafficAudit.Running;

namespace TrafficAudit.Commands;

/// <summary><c>correlate</c>: what identifies a device, by comparing devices and sessions.</summary>
internal static class CorrelateCommand
{
    public static Command Create()
    {
        var caseName = CommonOptions.Case();
        var format = CommonOptions.Format("table", "json");
        var command = new Command("correlate", "Compares what the devices of a case sent over all its sessions, and lists what stays on one and differs between them.")
        {
            caseName, format,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var request = new ResultRequest("correlate", parsed.GetValue(format)!) { Width = Console.IsOutputRedirected ? null : Console.WindowWidth };
            var folder = CaseFinder.Existing(parsed.GetValue(CommonOptions.Captures)!, parsed.GetValue(caseName)!);
            await using var output = Console.OpenStandardOutput();
            if (await RunningCase.FindAsync(parsed.GetValue(CommonOptions.Home)!, folder, cancellation) is { } running)
            {
                await running.WriteResultsAsync(request, output, cancellation);
            }
            else
            {
                using var loggers = ProgramLog.Create(null, isVerbose: false);
                folder = CasePassphrase.Unlock(folder, parsed.GetValue(CommonOptions.PassphraseFile));
                await using var recorded = await RecordedCase.OpenAsync(folder, CommonOptions.SourcesOf(parsed), loggers, cancellation);
                await recorded.Renderer.WriteAsync(request, output, cancellation);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
