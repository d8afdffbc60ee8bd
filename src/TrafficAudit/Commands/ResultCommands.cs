using System.CommandLine;
using TrafficAudit.CommandLine;
using TrafficAudit.Logging;
using TrafficAudit.Model;
using TrafficAudit.Results;
using TrafficAudit.Running;
using TrafficAudit.Terminal;

namespace TrafficAudit.Commands;

/// <summary><c>flows</c>, <c>show</c>, <c>findings</c>, <c>transfers</c>, <c>coverage</c>, <c>explain</c>: what is in a case, on standard output.</summary>
internal static class ResultCommands
{
    public static Command Flows() => Create(
        "flows", "Lists the flows of a case.", new ResultOptions
        {
            Format = CommonOptions.Format("table", "ndjson"),
            Filter = CommonOptions.Filter(),
            Profile = CommonOptions.Profile(),
        });

    public static Command Findings() => Create("findings", "Lists the personal data found in a case.", new ResultOptions
    {
        Format = CommonOptions.Format("table", "json", "csv"),
        Filter = CommonOptions.Filter(),
        All = new Option<bool>("--all") { Description = "List findings by pattern alone, too; they are shown but not counted." },
    });

    public static Command Transfers() => TransfersCommand.Create();

    public static Command Decisions() => Create(
        "decisions", "Lists every decision on findings and transfers, newest first, with those that were taken back.", new ResultOptions
        {
            Format = CommonOptions.Format("table", "json"),
        });

    public static Command Coverage() => Create("coverage", "Says how much of a case's traffic could be read, and why the rest could not.", Rows());

    public static Command Show() => Create("show", "Shows one flow in full: its messages decoded, the findings in their places.", new ResultOptions { Flow = FlowNumber() });

    public static Command Explain() => Create("explain", "Says which detectors looked at a field of a flow, what they saw, and why that is a finding or none.", new ResultOptions
    {
        Flow = FlowNumber(),
        Path = new Option<string>("--path") { Description = "The field's path, as findings and the lines of 'show' have it: user.email, items[0].name.", HelpName = "P", Required = true },
        Message = OneOf("--message", "Only in this message.", Token.All<MessageKind>()),
        Part = OneOf("--part", "Only in this part of a message.", Token.All<MessagePart>()),
    });

    private static ResultOptions Rows() => new() { Format = CommonOptions.Format("table", "json", "csv"), Filter = CommonOptions.Filter() };

    private static Option<long> FlowNumber() => new("--flow") { Description = "The flow's number.", HelpName = "N", Required = true };

    private static Option<string?> OneOf(string name, string description, IReadOnlyList<string> tokens)
    {
        var option = new Option<string?>(name) { Description = description };
        option.AcceptOnlyFromAmong([.. tokens]);
        return option;
    }

    private static Command Create(string name, string description, ResultOptions options)
    {
        var caseName = CommonOptions.Case();
        var reveal = CommonOptions.Reveal();
        var command = new Command(name, description) { caseName, reveal };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await WriteAsync(options.Read(name, parsed, parsed.GetValue(reveal), Console.IsOutputRedirected ? null : Console.WindowWidth), parsed, parsed.GetValue(caseName)!, cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Writes a result on standard output: by asking the program that records the case, or from the case itself.</summary>
    public static async Task WriteAsync(ResultRequest request, ParseResult parsed, string caseName, CancellationToken cancellation)
    {
        await using var output = Console.OpenStandardOutput();
        await WriteAsync(request, parsed, caseName, output, cancellation);
    }

    /// <summary>The same to another stream.</summary>
    public static async Task WriteAsync(ResultRequest request, ParseResult parsed, string caseName, Stream output, CancellationToken cancellation)
    {
        var folder = CaseFinder.Existing(parsed.GetValue(CommonOptions.Captures)!, caseName);
        if (await RunningCase.FindAsync(parsed.GetValue(CommonOptions.Home)!, folder, cancellation) is { } running)
        {
            await running.WriteResultsAsync(request, output, cancellation);
        }
        else
        {
            using var loggers = ProgramLog.Create(null, isVerbose: false);
            folder = CasePassphrase.Unlock(folder, parsed.GetValue(CommonOptions.PassphraseFile));
            await using var recorded = await RecordedCase.OpenAsync(folder, CommonOptions.SourcesOf(parsed), loggers, cancellation);
            using var progress = SearchLine.Start(Console.Error);
            await recorded.Renderer.WriteAsync(request, output, cancellation, progress);
        }
    }
}
