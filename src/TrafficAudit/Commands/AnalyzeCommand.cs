using System.CommandLine;
using TrafficAudit.Classification.Personas;
using TrafficAudit.CommandLine;
using TrafficAudit.Logging;
using TrafficAudit.Pipeline;
using TrafficAudit.Provenance;
using TrafficAudit.Terminal;

namespace TrafficAudit.Commands;

/// <summary><c>analyze</c>: classifies and locates everything again, out of the evidence alone.</summary>
internal static class AnalyzeCommand
{
    public static Command Create()
    {
        var caseName = CommonOptions.Case();
        var persona = CommonOptions.Persona();
        var command = new Command("analyze", "Classifies and locates every flow of a case again.") { caseName, persona };
        command.SetAction(async (parsed, cancellation) =>
        {
            var known = parsed.GetValue(persona) is { } path ? PersonaFile.Read(path) : null;
            using var sources = CommonOptions.SourcesOf(parsed);
            using var loggers = ProgramLog.Create(null, isVerbose: false);
            var folder = CasePassphrase.Unlock(CaseFinder.Existing(parsed.GetValue(CommonOptions.Captures)!, parsed.GetValue(caseName)!), parsed.GetValue(CommonOptions.PassphraseFile));
            using var bar = ProgressLine.Start(Console.Error, "Analysing", folder.Segments.Sum(s => new FileInfo(folder.SegmentPath(s)).Length));
            await using var recording = await RecordingCase.OpenAsync(
                folder, sources, known, _ => { }, TimeProvider.System, loggers, cancellation, new ImmediateProgress<long>(d => bar.Report(d, "")), Recorder.Of(parsed));
            await CorrelationRun.RunAsync(recording, cancellation);
            var counters = recording.Index.Counters;
            await Console.Error.WriteLineAsync($"{counters.Flows} flows analysed, {counters.Findings} findings");
            return recording.DamagedRecords == 0 ? ExitCode.Done : ExitCode.FaultsFound;
        });
        return command;
    }
}
