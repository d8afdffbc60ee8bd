using System.CommandLine;
using System.Net;
using TrafficAudit.Access;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.CommandLine;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Exporting;
using TrafficAudit.Logging;
using TrafficAudit.Pipeline;
using TrafficAudit.Provenance;
using TrafficAudit.Review;
using TrafficAudit.Running;
using TrafficAudit.Sealing;
using TrafficAudit.Setup;
using TrafficAudit.Terminal;

namespace TrafficAudit.Commands;

/// <summary><c>review</c>: the UI alone, over what is recorded.</summary>
internal static class ReviewCommand
{
    public static Command Create()
    {
        var caseName = CommonOptions.Case(required: false);
        caseName.Description = "The case to show. Default: the one that was created last.";
        var listen = CaptureCommand.Address("--review", "Where the review UI listens.", new IPEndPoint(IPAddress.Loopback, 8090));
        var idle = SessionIdleOption.Create();
        var command = new Command("review", "Shows a case in the browser.") { caseName, listen, idle };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = Find(parsed.GetValue(CommonOptions.Captures)!, parsed.GetValue(caseName));
            if (await RunningCase.FindAsync(parsed.GetValue(CommonOptions.Home)!, folder, cancellation) is { } running)
            {
                throw new InputException($"The case {folder.Info.Name} is open in process {running.ProcessId}, which shows it already at {running.Address}");
            }

            var home = parsed.GetValue(CommonOptions.Home)!;
            using var authority = CertificateAuthority.LoadOrCreate(home, TimeProvider.System);
            using var listener = new ReviewListener(
                CaptureCommand.EndpointOf(parsed.GetValue(listen)!, "--review"), home, authority, null, TimeSpan.FromHours(parsed.GetValue(idle)), TimeProvider.System);
            using var loggers = ProgramLog.Create(null, isVerbose: false);
            folder = CasePassphrase.Unlock(folder, parsed.GetValue(CommonOptions.PassphraseFile));
            await using var recorded = await RecordedCase.OpenAsync(folder, CommonOptions.SourcesOf(parsed), loggers, cancellation);
            var exporter = new CaseExporter(
                folder, recorded.Index, recorded.Books, () => InstallationKey.LoadOrCreate(home), TimeProvider.System);
            using var journal = new JournalDesk(folder, Recorder.Of(parsed));
            var labels = new SessionLabels();
            CaseReviewSource? source = null;
            using var decisions = RecordedCase.DeskOf(
                recorded.Index, recorded.Renderer, recorded.Books.Decisions, parsed.GetValue(CommonOptions.Captures)!, journal.RecordAsync, () => source?.RaiseChanged());
            using var notes = RecordedCase.NotesOf(folder, recorded.Index, recorded.Books, journal.RecordAsync, () => source?.RaiseChanged());
            using var desks = new SetupDesks(
                folder, recorded.Index, recorded.Sources, authority, new InstallationPlaces(home, parsed.GetValue(CommonOptions.Captures)!, parsed.GetValue(CommonOptions.GeoData)!),
                () => CasePersonas.Read(folder), new SetupWays(journal.RecordAsync, SealAsync, _ => { }, () => source?.RaiseChanged()));
            source = new CaseReviewSource(
                folder.Info.Name, recorded.Index, new CaseFlows(folder, recorded.Index, recorded.Sources), recorded.Renderer, recorded.Sources.Databases, labels,
                TimeProvider.System)
            {
                Exports = new ExportDesk(folder, exporter, (entry, stop) => journal.RecordAsync(JournalKinds.Exported, entry, stop)),
                RevealNotes = (entry, stop) => journal.RecordAsync(JournalKinds.Revealed, entry, stop),
                Decisions = decisions,
                Setup = desks.Sources,
                Notes = notes,
            };
            await using var names = LabelReading.Start(labels, folder, source.RaiseChanged, loggers);
            await using var review = await ReviewHost.StartAsync(listener.Options, source, loggers, cancellation);
            using var announcement = RunningCase.Announce(home, folder, review.Address, review.Token, listener.KeyDigest(review));
            await Console.Error.WriteLineAsync($"Case {folder.Info.Name}\n{ReviewLines.Of(review, listener)}\nCtrl+C ends it.");
            await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return ExitCode.Done;

            async Task SealAsync(CancellationToken stop)
            {
                using var key = InstallationKey.LoadOrCreate(home);
                await journal.SealAsync(new CaseSealer(folder, key, ProgramVersion.Software, TimeProvider.System), stop);
            }
        });
        return command;
    }

    private static CaseFolder Find(string captures, string? name) => name is not null
        ? CaseFinder.Existing(captures, name)
        : CaseFolder.List(captures).MaxBy(c => c.Info.Created) ?? throw new InputException($"There is no case in {captures}; 'trafficaudit capture' records one");
}
