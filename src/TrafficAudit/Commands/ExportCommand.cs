using System.CommandLine;
using TrafficAudit.CommandLine;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Exporting;
using TrafficAudit.Logging;
using TrafficAudit.Pipeline;
using TrafficAudit.Provenance;
using TrafficAudit.Running;
using TrafficAudit.Sealing;
using TrafficAudit.Terminal;

namespace TrafficAudit.Commands;

/// <summary><c>export</c>: flows of a case as a file for other programs and people.</summary>
internal static class ExportCommand
{
    private const string StandardOutput = "-";

    public static Command Create()
    {
        var caseName = CommonOptions.Case();
        var format = new Option<string>("--format") { Description = "Form of the file.", Required = true };
        format.AcceptOnlyFromAmong(ExportRequest.Formats);
        var file = new Option<string>("--out") { Description = "The file to write, which must not be there yet; - for standard output.", HelpName = "FILE", Required = true };
        var filter = CommonOptions.Filter();
        var redact = new Option<bool>("--redact") { Description = "Replace personal values by placeholders; leave out whole what that can't be done to with certainty." };
        var reveal = CommonOptions.Reveal();
        var command = new Command("export", "Exports flows of a case.") { caseName, format, file, filter, redact, reveal };
        command.SetAction(async (parsed, cancellation) =>
        {
            var output = parsed.GetValue(file)!;
            var request = new ExportRequest(
                parsed.GetValue(format)!, parsed.GetValue(filter) ?? "", parsed.GetValue(redact), parsed.GetValue(reveal),
                output == StandardOutput ? output : Path.GetFileName(output));
            Check(request, output);
            var folder = CaseFinder.Existing(parsed.GetValue(CommonOptions.Captures)!, parsed.GetValue(caseName)!);
            if (folder.IsEncrypted && output == StandardOutput)
            {
                throw new InputException($"An export to standard output lies in a file in between, and the case {folder.Info.Name} is encrypted: name a file with --out");
            }

            if (folder.IsLocked && await RunningCase.FindAsync(parsed.GetValue(CommonOptions.Home)!, folder, cancellation) is null)
            {
                folder = CasePassphrase.Unlock(folder, parsed.GetValue(CommonOptions.PassphraseFile));
            }

            CaseFilter.Check(folder, request.Filter);
            return output == StandardOutput
                ? await ToStandardOutputAsync(folder, request, parsed, cancellation)
                : await ToFileAsync(folder, request, output, parsed, cancellation);
        });
        return command;
    }

    /// <exception cref="InputException">It can't be done like that.</exception>
    private static void Check(ExportRequest request, string output)
    {
        if (request is { Redact: true, Reveal: true })
        {
            throw new InputException("--redact and --reveal contradict each other; give one of them");
        }

        if (output == StandardOutput)
        {
            return;
        }

        if (Path.Exists(output))
        {
            throw new InputException($"{output} is there already; choose another name, or delete it first");
        }

        if (request.File.Length == 0 || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(output))))
        {
            throw new InputException($"--out {output} is no name of a file in a folder that is there");
        }

        if (request.File.StartsWith("evidence-", StringComparison.Ordinal))
        {
            throw new InputException($"--out {output} is the name of a segment of evidence, which an export is not; choose another one");
        }
    }

    private static async Task<int> ToFileAsync(CaseFolder folder, ExportRequest request, string output, ParseResult parsed, CancellationToken cancellation)
    {
        var draft = $"{Path.GetFullPath(output)}.{Environment.ProcessId}.part";
        try
        {
            var outcome = await WriteAsync(folder, request, draft, parsed, cancellation);
            File.Move(draft, output, overwrite: false);
            return await EndAsync(folder, request, outcome, parsed);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static async Task<int> ToStandardOutputAsync(CaseFolder folder, ExportRequest request, ParseResult parsed, CancellationToken cancellation)
    {
        var draft = Path.Combine(Path.GetTempPath(), $"trafficaudit-export-{Guid.NewGuid():N}");
        try
        {
            var outcome = await WriteAsync(folder, request, draft, parsed, cancellation);
            await using var file = File.OpenRead(draft);
            await using var console = Console.OpenStandardOutput();
            await file.CopyToAsync(console, cancellation);
            return await EndAsync(folder, request, outcome, parsed);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>Writes the file; null when the process that has the case open wrote it, and noted it in the journal.</summary>
    private static async Task<ExportOutcome?> WriteAsync(CaseFolder folder, ExportRequest request, string path, ParseResult parsed, CancellationToken cancellation)
    {
        var home = parsed.GetValue(CommonOptions.Home)!;
        if (await RunningCase.FindAsync(home, folder, cancellation) is { } running)
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            await running.WriteExportAsync(request, file, cancellation);
            return null;
        }

        using var loggers = ProgramLog.Create(null, isVerbose: false);
        await using var recorded = await RecordedCase.OpenAsync(folder, CommonOptions.SourcesOf(parsed), loggers, cancellation);
        var exporter = new CaseExporter(folder, recorded.Index, recorded.Books, () => InstallationKey.LoadOrCreate(home), TimeProvider.System);
        using var bar = ProgressLine.Start(Console.Error, "Exporting", recorded.Index.Counters.Flows);
        return await exporter.WriteAsync(request, path, new ImmediateProgress<long>(flows => bar.Report(flows, $"{flows} flows")), cancellation);
    }

    /// <summary>The file is there: that is noted and said.</summary>
    private static async Task<int> EndAsync(CaseFolder folder, ExportRequest request, ExportOutcome? outcome, ParseResult parsed)
    {
        if (outcome is null)
        {
            await Console.Error.WriteLineAsync($"{request.File}: exported and noted in the journal by the process that has the case open");
            return ExitCode.Done;
        }

        try
        {
            await using var evidence = await CaseJournal.OpenAsync(folder, Recorder.Of(parsed), CancellationToken.None);
            await evidence.RecordAsync(JournalKinds.Exported, outcome.ToJson(request), CancellationToken.None);
        }
        catch (Exception e) when (e is CaseException or IOException)
        {
            await Console.Error.WriteLineAsync($"trafficaudit: the export is not noted in the journal: {e.Message}");
        }

        await Console.Error.WriteLineAsync(Sentence(request, outcome));
        return outcome.Damaged == 0 ? ExitCode.Done : ExitCode.FaultsFound;
    }

    private static string Sentence(ExportRequest request, ExportOutcome o)
    {
        var leftOut = request.Redact ? $"; redacted, {o.LeftOut} flows and {o.PartsLeftOut} parts of others are left out whole" : "";
        var damaged = o.Damaged == 0 ? "" : $"; {o.Damaged} flows can't be read from the evidence, 'trafficaudit verify' says more";
        return $"{request.File}: {o.Flows} flows, {o.Bytes} bytes, sha256 {o.Sha256}{leftOut}{damaged}";
    }
}
