using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TrafficAudit.Classification.Personas;
using TrafficAudit.CommandLine;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Har;
using TrafficAudit.Logging;
using TrafficAudit.Pipeline;
using TrafficAudit.Provenance;
using TrafficAudit.Terminal;

namespace TrafficAudit.Commands;

/// <summary><c>import</c>: files of other tools become flows of a case.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("files") { Description = "HAR 1.2 files.", Arity = ArgumentArity.OneOrMore, HelpName = "FILE" };
        var caseName = CommonOptions.Case();
        var persona = CommonOptions.Persona();
        var phase = new Option<string?>("--phase") { Description = "The phase that the flows belong to.", HelpName = "NAME" };
        var encrypt = CommonOptions.Encrypt();
        var command = new Command("import", "Imports flows that other tools recorded.") { files, caseName, persona, phase, encrypt };
        command.SetAction(async (parsed, cancellation) =>
        {
            var time = TimeProvider.System;
            var known = parsed.GetValue(persona) is { } path ? PersonaFile.Read(path) : null;
            foreach (var file in parsed.GetValue(files)!.Where(f => !File.Exists(f)))
            {
                throw new InputException($"There is no file {file}");
            }

            using var sources = DataSources.Load(parsed.GetValue(CommonOptions.GeoData)!);
            using var loggers = ProgramLog.Create(null, isVerbose: false);
            var folder = CaseFinder.ExistingOrNew(parsed.GetValue(CommonOptions.Captures)!, parsed.GetValue(caseName)!, [], time, parsed.GetValue(encrypt), parsed.GetValue(CommonOptions.PassphraseFile));
            await using var recording = await RecordingCase.OpenAsync(folder, sources, known, _ => { }, time, loggers, cancellation, recorder: Recorder.Of(parsed));
            var code = ExitCode.Done;
            foreach (var file in parsed.GetValue(files)!)
            {
                code = Math.Max(code, await ImportAsync(recording, file, parsed.GetValue(phase), time, cancellation));
            }

            return code;
        });
        return command;
    }

    private static async Task<int> ImportAsync(RecordingCase recording, string file, string? phase, TimeProvider time, CancellationToken cancellation)
    {
        var name = Path.GetFileName(file);
        var session = $"i{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}";
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        ImportResult result;
        using (var bar = ProgressLine.Start(Console.Error, $"Importing {name}", stream.Length))
        {
            var progress = new ImmediateProgress<ImportProgress>(p => bar.Report(p.BytesRead, $"{p.Imported} flows"));
            result = await new HarImporter().ImportAsync(stream, name, recording.Evidence, new ImportOptions(session, phase), progress, cancellation);
        }

        stream.Position = 0;
        var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellation));
        await recording.Evidence.RecordAsync(
            JournalKinds.Import,
            new JsonObject
            {
                ["file"] = name, ["bytes"] = stream.Length, ["sha256"] = digest, ["session"] = session, ["imported"] = result.Imported,
                ["skipped"] = result.SkippedCount, ["fault"] = result.Fault,
            },
            cancellation);
        return await SayAsync(name, result);
    }

    private static async Task<int> SayAsync(string name, ImportResult result)
    {
        var error = Console.Error;
        await error.WriteLineAsync($"{name}: {result.Imported} flows imported, {result.SkippedCount} entries skipped");
        foreach (var remark in result.Skipped)
        {
            await error.WriteLineAsync($"  entry {remark.Entry} skipped: {remark.Text}");
        }

        if (result.SkippedCount > result.Skipped.Length)
        {
            await error.WriteLineAsync($"  … and {result.SkippedCount - result.Skipped.Length} more");
        }

        foreach (var remark in result.Notes)
        {
            await error.WriteLineAsync($"  entry {remark.Entry}: {remark.Text}");
        }

        if (result.Fault is { } fault)
        {
            await error.WriteLineAsync($"trafficaudit: {fault}");
            return ExitCode.WrongInput;
        }

        return ExitCode.Done;
    }
}
