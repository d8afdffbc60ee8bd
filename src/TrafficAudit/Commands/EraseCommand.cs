using System.CommandLine;
using Microsoft.Extensions.Logging;
using TrafficAudit.CommandLine;
using TrafficAudit.Erasing;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Erasing;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Logging;
using TrafficAudit.Pipeline;
using TrafficAudit.Provenance;
using TrafficAudit.Running;
using TrafficAudit.Sealing;
using TrafficAudit.Terminal;

namespace TrafficAudit.Commands;

/// <summary><c>erase</c>: takes the content of flows out of a case for ever, so that the case still verifies and says what was erased.</summary>
internal sealed class EraseCommand
{
    private const int LongestReason = 500;
    private const int LongestName = 200;
    private const int MostDays = 36_500;

    private readonly Option<string> _case = CommonOptions.Case();
    private readonly Option<string?> _filter = CommonOptions.Filter();
    private readonly Option<int?> _retention = new("--retention") { Description = "Only flows that started longer ago than this many days.", HelpName = "DAYS" };
    private readonly Option<string?> _reason = new("--reason") { Description = "Why, for the journal, the seal and what stays of each flow; no personal values.", HelpName = "TEXT" };
    private readonly Option<string?> _operator = new("--operator") { Description = "Who erases, for the journal (default: the user of this computer).", HelpName = "NAME" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Say what would be erased, also with --yes." };
    private readonly Option<bool> _yes = new("--yes") { Description = "Erase; without it the command says what it would erase." };
    private readonly Option<string?> _tsa = CommonOptions.TimestampAuthority();

    public static Command Create()
    {
        var options = new EraseCommand();
        var command = new Command("erase", "Takes the content of flows out of a case for ever; the case still verifies and says what was erased.")
        {
            options._case, options._filter, options._retention, options._reason, options._operator, options._dryRun, options._yes, options._tsa,
        };
        command.SetAction(options.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = CasePassphrase.Unlock(
            CaseFinder.Existing(parsed.GetValue(CommonOptions.Captures)!, parsed.GetValue(_case)!), parsed.GetValue(CommonOptions.PassphraseFile));
        var retention = parsed.GetValue(_retention);
        if (retention is < 0 or > MostDays)
        {
            throw new InputException($"--retention {retention}: write a number of days from 0 to {MostDays}");
        }

        // While another process records, its line says which; nothing is chosen of what still grows.
        CaseLock.Take(folder).Dispose();
        using var loggers = ProgramLog.Create(null, isVerbose: false);
        var isChosen = !string.IsNullOrWhiteSpace(parsed.GetValue(_filter)) || retention is not null;
        if (PendingErasure.Read(folder) is { } pending)
        {
            return !isChosen
                ? await FinishAsync(folder, pending, loggers, parsed, cancellation)
                : throw new InputException($"An erasure in this case was begun and not finished; 'trafficaudit erase --case {folder.Info.Name}' finishes it, then erase more");
        }

        if (!isChosen)
        {
            throw new InputException("Say what to erase: --filter EXPR, --retention DAYS, or both; --filter 'host:*' is everything");
        }

        var filter = CaseFilter.Parse(folder, parsed.GetValue(_filter), CaseDecisions.Load(folder, loggers.CreateLogger<CaseFolder>()), index: null);
        return parsed.GetValue(_yes) && !parsed.GetValue(_dryRun)
            ? await EraseAsync(folder, filter, retention, loggers, parsed, cancellation)
            : await ReportAsync(folder, filter, retention, loggers, parsed, cancellation);
    }

    private static async Task<int> ReportAsync(
        CaseFolder folder, FlowFilter filter, int? retention, ILoggerFactory loggers, ParseResult parsed, CancellationToken cancellation)
    {
        await Console.Out.WriteLineAsync(ErasureText.Of(await ChooseAsync(folder, filter, retention, loggers, parsed, cancellation)));
        await Console.Out.WriteLineAsync("Nothing was erased; --yes erases, without a way back");
        return ExitCode.Done;
    }

    private async Task<int> EraseAsync(
        CaseFolder folder, FlowFilter filter, int? retention, ILoggerFactory loggers, ParseResult parsed, CancellationToken cancellation)
    {
        var reason = Text(parsed, _reason, LongestReason)
            ?? (retention is { } days ? $"retention of {days} days is over" : throw new InputException("--reason is missing: the case must say why something was erased"));
        var by = Text(parsed, _operator, LongestName) ?? Environment.UserName;
        using var key = InstallationKey.LoadOrCreate(parsed.GetValue(CommonOptions.Home)!);
        var eraser = new CaseEraser(folder, TimeProvider.System);
        await eraser.RecoverAsync(OptionsOf(parsed), loggers.CreateLogger<EvidenceWriter>(), cancellation);
        var choice = await ChooseAsync(folder, filter, retention, loggers, parsed, cancellation);
        await Console.Out.WriteLineAsync(ErasureText.Of(choice));
        if (choice.Flows.Count == 0)
        {
            await Console.Out.WriteLineAsync("Nothing was erased");
            return ExitCode.Done;
        }

        // The order and the seal are not encrypted.
        var mayBeTold = !folder.IsEncrypted && ErasureChoice.MayBeTold(filter, CasePersonas.Read(folder));
        var order = new ErasureOrder
        {
            Flows = choice.Flows,
            Operator = by,
            Reason = reason,
            Filter = mayBeTold && filter.ToString().Length > 0 ? filter.ToString() : null,
            FilterWithheld = !mayBeTold,
            RetentionDays = retention,
        };
        var pending = await Task.Run(() => eraser.Begin(order, key, cancellation), cancellation);
        return await FinishAsync(folder, pending, loggers, parsed, cancellation);
    }

    private async Task<int> FinishAsync(CaseFolder folder, PendingErasure pending, ILoggerFactory loggers, ParseResult parsed, CancellationToken cancellation)
    {
        using var key = InstallationKey.LoadOrCreate(parsed.GetValue(CommonOptions.Home)!);
        SealOutcome outcome;
        using (var bar = ProgressLine.Start(Console.Error, "Erasing", pending.Segments.Sum(s => s.Bytes)))
        {
            var eraser = new CaseEraser(folder, TimeProvider.System) { Progress = new ImmediateProgress<long>(bytes => bar.Report(bytes, "")) };
            var authority = CommonOptions.AuthorityOf(parsed.GetValue(_tsa));
            var sealer = new CaseSealer(folder, key, ProgramVersion.Software, TimeProvider.System)
            {
                Authority = authority is null ? null : new TimestampAuthority(authority),
            };
            outcome = await eraser.FinishAsync(sealer, OptionsOf(parsed), loggers.CreateLogger<EvidenceWriter>(), cancellation);
        }

        await Console.Out.WriteLineAsync($"{ErasureText.Of(pending)}\n{ErasureText.NotErased(folder)}\n{SealText.Of(outcome)}");
        return outcome.Faults.Count > 0 || outcome.TimestampFault is not null ? ExitCode.FaultsFound : ExitCode.Done;
    }

    private static async Task<ErasureChoice> ChooseAsync(
        CaseFolder folder, FlowFilter filter, int? retention, ILoggerFactory loggers, ParseResult parsed, CancellationToken cancellation)
    {
        await using var recorded = await RecordedCase.OpenAsync(folder, CommonOptions.SourcesOf(parsed), loggers, cancellation);
        using var progress = SearchLine.Start(Console.Error);
        var answered = await recorded.Renderer.Search.AnswerAsync(filter, progress, cancellation);
        return ErasureChoice.Of(recorded.Index, answered, retention is { } days ? TimeProvider.System.GetUtcNow().AddDays(-days) : null);
    }

    private static EvidenceOptions OptionsOf(ParseResult parsed) => new() { Software = ProgramVersion.Software, Provenance = Recorder.Of(parsed).Lines };

    /// <exception cref="InputException">It can't be used.</exception>
    private static string? Text(ParseResult parsed, Option<string?> option, int longest)
    {
        var text = parsed.GetValue(option)?.Trim();
        return text is null || (text.Length > 0 && text.Length <= longest && !text.Any(char.IsControl))
            ? text
            : throw new InputException($"{option.Name} takes 1 to {longest} characters, none of them a control character");
    }
}
