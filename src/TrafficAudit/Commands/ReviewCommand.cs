using System.CommandLine;
using System.Net;
using TrafficAudit.CommandLine;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Exporting;
using TrafficAudit.Logging;
using TrafficAudit.Pipeline;
using TrafficAudit.Provenance;
using TrafficAudit.Review;
using TrafficAudit.Running;
using TrafficAudit.Sealing;

namespace TrafficAudit.Commands;

/// <summary><c>review</c>: the UI alone, over what is recorded.</summary>
internal static class ReviewCommand
{
    public static Command Create()
    {
        var caseName = CommonOptions.Case(required: false);
        caseName.Description = "The case to show. Default: the one that was created last.";
        var listen = CaptureCommand.Address("--review", "Where the review UI listens.", new IPEndPoint(IPAddress.Loopback, 8090));
        var command = new Command("review", "Shows a case in the browser.") { caseName, listen };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = Find(parsed.GetValue(CommonOptions.Captures)!, parsed.GetValue(caseName));
            if (await RunningCase.FindAsync(parsed.GetValue(CommonOptions.Home)!, folder, cancellation) is { } running)
            {
                throw new InputException($"The case {folder.Info.Name} is open in process {running.ProcessId}, which shows it already at {running.Address}");
            }

            using var loggers = ProgramLog.Create(null, isVerbose: false);
            folder = CasePassphrase.Unlock(folder, parsed.GetValue(CommonOptions.PassphraseFile));
            await using var recorded = await RecordedCase.OpenAsync(folder, CommonOptions.SourcesOf(parsed), loggers, cancellation);
            var exporter = new CaseExporter(
                folder, recorded.Index, recorded.Decisions, () => InstallationKey.LoadOrCreate(parsed.GetValue(CommonOptions.Home)!), TimeProvider.System);
            using var journal = new JournalDesk(folder, Recorder.Of(parsed));
            var exports = new ExportDesk(folder, exporter, (entry, stop) => journal.RecordAsync(JournalKinds.Exported, entry, stop));
            var labels = new SessionLabels();
            CaseReviewSource? source = null;
            using var decisions = RecordedCase.DeskOf(
                recorded.Index, recorded.Renderer, recorded.Decisions, parsed.GetValue(CommonOptions.Captures)!, journal.RecordAsync, () => source?.RaiseChanged());
            source = new CaseReviewSource(
                folder.Info.Name, recorded.Index, recorded.Renderer, recorded.Sources.Databases, labels, TimeProvider.System, setPhase: null, exports: exports, decisions: decisions);
            await using var names = LabelReading.Start(labels, folder, source.RaiseChanged, loggers);
            var options = new ReviewOptions { Listen = CaptureCommand.EndpointOf(parsed.GetValue(listen)!, "--review") };
            await using var review = await ReviewHost.StartAsync(options, source, loggers, cancellation);
            using var announcement = RunningCase.Announce(parsed.GetValue(CommonOptions.Home)!, folder, review.Address, review.Token);
            await Console.Error.WriteLineAsync($"Case {folder.Info.Name}\nReview      {review.TokenLink}\nCtrl+C ends it.");
            await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return ExitCode.Done;
        });
        return command;
    }

    private static CaseFolder Find(string captures, string? name) => name is not null
        ? CaseFinder.Existing(captures, name)
        : CaseFolder.List(captures).MaxBy(c => c.Info.Created) ?? throw new InputException($"There is no case in {captures}; 'trafficaudit capture' records one");
}
