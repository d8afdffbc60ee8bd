using System.CommandLine;
using System.Net;
using TrafficAudit.CommandLine;
using TrafficAudit.Examination;
using TrafficAudit.Model;
using TrafficAudit.Results;

namespace TrafficAudit.Commands;

/// <summary><c>doctor</c>: whether this computer is ready to record; changes nothing.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var listen = CaptureCommand.Address("--listen", "Where the proxy is to listen.", new IPEndPoint(IPAddress.Any, 8080));
        var review = CaptureCommand.Address("--review", "Where the review UI is to listen.", new IPEndPoint(IPAddress.Loopback, 8090));
        var format = CommonOptions.Format("text", "json");
        var command = new Command("doctor", "Says whether this computer is ready to record: ports, databases, certificate authority, disk, clock.") { listen, review, format };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var sources = CommonOptions.SourcesOf(parsed);
            var checks = Examiner.Examine(
                CaptureCommand.EndpointOf(parsed.GetValue(listen)!, "--listen"),
                CaptureCommand.EndpointOf(parsed.GetValue(review)!, "--review"),
                sources,
                parsed.GetValue(CommonOptions.Home)!,
                parsed.GetValue(CommonOptions.Captures)!,
                TimeProvider.System).ToList();
            if (parsed.GetValue(format) == "json")
            {
                await using var output = Console.OpenStandardOutput();
                await JsonArrayOutput.WriteArrayAsync(output, checks.ToAsyncEnumerable(), CheckJson.Default.Check, cancellation);
            }
            else
            {
                foreach (var check in checks)
                {
                    await Console.Out.WriteLineAsync(PlainText.Of($"{Token.Of(check.Result),-8}  {check.Part,-10}  {check.Text}"));
                }
            }

            return checks.Exists(check => check.Result == CheckResult.Fault) ? ExitCode.FaultsFound : ExitCode.Done;
        });
        return command;
    }
}
