using System.CommandLine;
using TrafficAudit.CommandLine;
using TrafficAudit.Results;

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
            await ResultCommands.WriteAsync(request, parsed, parsed.GetValue(caseName)!, cancellation);
            return ExitCode.Done;
        });
        return command;
    }
}
