using System.CommandLine;
using TrafficAudit.CommandLine;
using TrafficAudit.Logging;
using TrafficAudit.Results;
using TrafficAudit.Running;

namespace TrafficAudit.Commands;

/// <summary><c>flows</c>, <c>show</c>, <c>findings</c>, <c>transfers</c>, <c>coverage</c>: what is in a case, on standard output.</summary>
internal static class ResultCommands
{
    public static Command Flows() => Create(
        "flows", "Lists the flows of a case.", CommonOptions.Format("table", "ndjson"), CommonOptions.Filter(), all: null, flow: null);

    public static Command Findings() => Create(
        "findings",
        "Lists the personal data found in a case.",
        CommonOptions.Format("table", "json", "csv"),
        CommonOptions.Filter(),
        new Option<bool>("--all") { Description = "List findings by pattern alone, too; they are shown but not counted." },
        flow: null);

    public static Command Transfers() => Create(
        "transfers", "Lists which item went to which recipient in which country.", CommonOptions.Format("table", "json", "csv"), CommonOptions.Filter(), all: null, flow: null);

    public static Command Coverage() => Create(
        "coverage", "Says how much of a case's traffic could be read, and why the rest could not.", CommonOptions.Format("table", "json", "csv"), CommonOptions.Filter(), all: null, flow: null);

    public static Command Show() => Create(
        "show",
        "Shows one flow in full.",
        format: null,
        filter: null,
        all: null,
        new Option<long>("--flow") { Description = "The flow's number.", HelpName = "N", Required = true });

    private static Command Create(
        string name, string description, Option<string>? format, Option<string?>? filter, Option<bool>? all, Option<long>? flow)
    {
        var caseName = CommonOptions.Case();
        var reveal = CommonOptions.Reveal();
        var command = new Command(name, description) { caseName, reveal };
        foreach (var option in new Option?[] { format, filter, all, flow })
        {
            if (option is not null)
            {
                command.Add(option);
            }
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            var request = new ResultRequest(
                name,
                format is null ? "table" : parsed.GetValue(format)!,
                filter is null ? null : parsed.GetValue(filter),
                parsed.GetValue(reveal),
                all is not null && parsed.GetValue(all),
                flow is null ? null : parsed.GetValue(flow),
                Console.IsOutputRedirected ? null : Console.WindowWidth);
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
