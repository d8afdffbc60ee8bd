using System.CommandLine;
using TrafficAudit.Capture.Forwarding;
using TrafficAudit.Classification.Personas;
using TrafficAudit.CommandLine;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Logging;
using TrafficAudit.Pipeline;
using TrafficAudit.Provenance;
using TrafficAudit.Sealing;
using TrafficAudit.Terminal;

namespace TrafficAudit.Commands;

/// <summary><c>import</c>: files of other tools become flows of a case.</summary>
internal static class ImportCommand
{
    private const int BarSteps = 1000;

    public static Command Create()
    {
        var files = new Argument<string[]>("files")
        {
            Description = $"Files of these kinds, told by their content: {FileImporter.FormatNames}.", Arity = ArgumentArity.OneOrMore, HelpName = "FILE",
        };
        var caseName = CommonOptions.Case();
        var persona = CommonOptions.Persona();
        var phase = new Option<string?>("--phase") { Description = "The phase that the flows belong to.", HelpName = "NAME" };
        var device = SessionOptions.Text("--device", "The device that the flows are from: the same name for all files of one device.", "NAME");
        var appVersion = SessionOptions.AppVersion();
        var scenario = SessionOptions.Scenario();
        var encrypt = CommonOptions.Encrypt();
        var labPosition = SessionOptions.LabPosition();
        var resolveNow = new Option<bool>("--resolve-now")
        {
            Description = "Look up, now, the addresses that a file does not say; each result is marked as resolved later, since the flow may have gone elsewhere.",
        };
        var resolve = ResolveOption.Create();
        var dns = DnsOption.Create();
        var keep = new Option<bool>("--keep-original") { Description = "Copies the files themselves into the case, too." };
        var command = new Command("import", "Imports flows that other tools recorded.")
        {
            files, caseName, persona, phase, device, appVersion, scenario, labPosition, resolveNow, resolve, dns, keep, encrypt,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var time = TimeProvider.System;
            var known = parsed.GetValue(persona) is { } path ? PersonaFile.Read(path) : null;
            foreach (var file in parsed.GetValue(files)!.Where(f => !File.Exists(f)))
            {
                throw new InputException($"There is no file {file}");
            }

            using var sources = CommonOptions.SourcesOf(parsed);
            using var loggers = ProgramLog.Create(null, isVerbose: false);
            var folder = CaseFinder.ExistingOrNew(parsed.GetValue(CommonOptions.Captures)!, parsed.GetValue(caseName)!, [], time, parsed.GetValue(encrypt), parsed.GetValue(CommonOptions.PassphraseFile));
            using var key = InstallationKey.LoadOrCreate(parsed.GetValue(CommonOptions.Home)!);
            await using var recording = await RecordingCase.OpenAsync(folder, sources, known, _ => { }, time, loggers, cancellation, recorder: Recorder.Of(parsed));
            var importer = new FileImporter(folder, recording.Evidence, time);
            var options = new ImportOptions(parsed.GetValue(phase), parsed.GetValue(keep))
            {
                Device = SessionOptions.Checked(parsed, device),
                AppVersion = SessionOptions.Checked(parsed, appVersion),
                Scenario = SessionOptions.Checked(parsed, scenario),
                Persona = known?.Name,
                LabPosition = SessionOptions.PositionOf(parsed, labPosition),
                ResolveNow = parsed.GetValue(resolveNow) ? new ResolvedLater(new NameResolver(ResolveOption.Of(parsed, resolve), time, DnsOption.Of(parsed, dns, time))).ResolveAsync : null,
            };
            var code = ExitCode.Done;
            long added = 0;
            foreach (var file in parsed.GetValue(files)!)
            {
                var result = await ImportAsync(importer, file, options, cancellation);
                code = Math.Max(code, await SayAsync(Path.GetFileName(file), result));
                added += result.Imported;
            }

            if (added > 0)
            {
                var sealer = new CaseSealer(folder, key, ProgramVersion.Software, time);
                await recording.CloseAsync(sealer, outcome => CorrelationRun.AfterSealAsync(recording, outcome, cancellation), cancellation);
            }

            return code;
        });
        return command;
    }

    private static async Task<ImportResult> ImportAsync(FileImporter importer, string file, ImportOptions options, CancellationToken cancellation)
    {
        var name = Path.GetFileName(file);
        try
        {
            using var bar = ProgressLine.Start(Console.Error, $"Importing {name}", BarSteps);
            var progress = new ImmediateProgress<ImportProgress>(p => bar.Report((long)(p.Share * BarSteps), $"{p.Imported} flows"));
            return await importer.ImportAsync(file, options, progress, cancellation);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"{name}: interrupted; import it again to have the rest");
            throw;
        }
    }

    private static async Task<int> SayAsync(string name, ImportResult result)
    {
        var error = Console.Error;
        if (result.ImportedBefore is { } before)
        {
            await error.WriteLineAsync($"{name}: imported before, at {before.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z; nothing added");
            return ExitCode.Done;
        }

        var present = result.Present > 0 ? $", {result.Present} were here from an import that was interrupted" : "";
        await error.WriteLineAsync($"{name} ({result.Format}): {result.Imported} flows imported{present}, {result.SkippedCount} entries skipped");
        foreach (var remark in result.Skipped)
        {
            await error.WriteLineAsync($"  {remark.Place} skipped: {remark.Text}");
        }

        await SayMoreAsync(result.SkippedCount - result.Skipped.Length);
        foreach (var remark in result.Notes)
        {
            await error.WriteLineAsync($"  {remark.Place}: {remark.Text}");
        }

        await SayMoreAsync(result.NoteCount - result.Notes.Length);
        if (result.Fault is { } fault)
        {
            await error.WriteLineAsync($"trafficaudit: {fault}");
            return ExitCode.WrongInput;
        }

        return ExitCode.Done;
    }

    private static async Task SayMoreAsync(long more)
    {
        if (more > 0)
        {
            await Console.Error.WriteLineAsync($"  … and {more} more");
        }
    }
}
