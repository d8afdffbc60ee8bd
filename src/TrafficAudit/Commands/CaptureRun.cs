using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using TrafficAudit.Access;
using TrafficAudit.Capture;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Capture.Handshakes;
using TrafficAudit.Capture.Recording;
using TrafficAudit.Classification.Personas;
using TrafficAudit.CommandLine;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Exporting;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Logging;
using TrafficAudit.Model;
using TrafficAudit.Pipeline;
using TrafficAudit.Provenance;
using TrafficAudit.Results;
using TrafficAudit.Review;
using TrafficAudit.Running;
using TrafficAudit.Sealing;
using TrafficAudit.Setup;
using TrafficAudit.Terminal;

namespace TrafficAudit.Commands;

/// <summary>One run of <c>capture</c>: everything is opened in order, and closed in the reverse order whatever happens.</summary>
internal static class CaptureRun
{
    public static async Task<int> RunAsync(CaptureSettings settings, TimeProvider time, CancellationToken cancellation)
    {
        // 1 What can be wrong with the input is found before anything is started.
        TlsKeyLog.WriteTo(settings.Interception.TlsKeys);
        var persona = settings.Persona is null ? null : PersonaFile.Read(settings.Persona);
        using var sources = DataSources.Load(settings.GeoData, settings.Captures);
        using var authority = CertificateAuthority.LoadOrCreate(settings.Home, time);
        using var listener = new ReviewListener(settings.Review, settings.Home, authority, settings.Session.Operator, settings.ReviewSession, time);
        using var key = InstallationKey.LoadOrCreate(settings.Home);
        using var loggers = ProgramLog.Create(settings.LogFile, settings.IsVerbose);
        var folder = CaseFinder.ExistingOrNew(settings.Captures, settings.Case, settings.AppIds, time, settings.Encrypt, settings.PassphraseFile);

        // 2 The case: evidence, analysis, index.
        var recorder = new Recorder(settings.Session.Operator, settings.Options, ClockReading.Take());
        await using var lines = new LiveLines(Console.Error);
        var (watched, desk) = ((CaseReviewSource?)null, (DeviceDesk?)null);
        await using var recording = await RecordingCase.OpenAsync(
            folder, sources, persona,
            flow =>
            {
                lines.Show(flow);
                desk?.Count(flow.Summary);
                watched?.Add(flow.Summary.Number);
            },
            time, loggers, cancellation, recorder: recorder);
        await using var sealing = new ContinuousSealing(folder, recording.Evidence, () => Sealer(null), time, loggers.CreateLogger<ContinuousSealing>());
        await recording.Evidence.RecordAsync(JournalKinds.RecordingStarted, RecordingBeginning.Of(recorder, settings, authority, sources, time), cancellation);

        using var pairing = new Pairing(settings.Home, time, RandomNumberGenerator.Create(), loggers.CreateLogger<Pairing>());
        var checks = new SetupChecks();
        var labels = new SessionLabels();
        var journal = new SessionJournal(recording.Evidence, pairing, settings, persona?.Name, labels, time);
        var reached = settings.Listen;
        desk = new DeviceDesk(pairing, checks, journal.Sessions, () => ProxyAddresses.Of(reached)[0]);

        // 3 The review UI, then the proxy, which must never lead to it.
        var renderer = RecordedCase.RendererOf(folder, recording.Index, sources, recording.Correlation, recording.Books);
        using var decisions = RecordedCase.DeskOf(recording.Index, renderer, recording.Books.Decisions, settings.Captures, recording.Evidence.RecordAsync, () => watched?.RaiseChanged());
        using var notes = RecordedCase.NotesOf(folder, recording.Index, recording.Books, recording.Evidence.RecordAsync, () => watched?.RaiseChanged());
        using var desks = DesksOf(settings, recording, sources, authority, stop => recording.Evidence.SealAsync(Sealer(null), stop), () => watched?.RaiseChanged(), time);
        watched = new CaseReviewSource(folder.Info.Name, recording.Index, new CaseFlows(folder, recording.Index, sources), renderer, sources.Databases, labels, time)
        {
            PhaseSetter = journal.SetPhaseAsync,
            Sealer = async (tsa, stop) => SealText.Of(await recording.Evidence.SealAsync(Sealer(tsa), stop)),
            Devices = desk,
            Exports = Exports(settings, recording, time),
            Load = () => new RecordingLoad(recording.Waiting, DiskFree(folder.Path)),
            RevealNotes = (entry, stop) => recording.Evidence.RecordAsync(JournalKinds.Revealed, entry, stop),
            Decisions = decisions,
            Setup = desks.Sources with { Sessions = new SessionDesk(journal, pairing, desks.Sources.Personas, () => watched?.RaiseChanged()) },
            Notes = notes,
        };
        await using var names = LabelReading.Start(labels, folder, watched.RaiseChanged, loggers);
        await using var review = await ReviewHost.StartAsync(listener.Options, watched, loggers, cancellation);
        await using var devices = new DeviceWatch(
            pairing, checks, journal.Sessions, recording.Evidence, lines, watched.RaiseChanged, loggers.CreateLogger<DeviceWatch>());
        await using var rules = RuleWatch.Start(DataSources.RulesOf(settings.Captures), sources, recording, lines, time);
        await using var geoData = GeoDataWatch.Start(settings.GeoData, sources, recording, lines, time);
        await using var proxy = await StartProxyAsync(settings, recording, lines, journal, checks, authority, pairing, review, time, loggers, cancellation);
        reached = proxy.Endpoint;

        // 4 Recording, until somebody ends it.
        using var announcement = RunningCase.Announce(settings.Home, folder, review.Address, review.Token, listener.KeyDigest(review));
        using var screen = new CaptureScreen(Console.Error, settings, folder, proxy.Endpoint, ReviewLines.Of(review, listener), authority, pairing);
        screen.Show();
        await UntilCancelledAsync(cancellation);

        await Console.Error.WriteLineAsync("Stopping: what is under way is being recorded …");
        await proxy.DisposeAsync();
        await devices.DisposeAsync();
        await rules.DisposeAsync();
        await geoData.DisposeAsync();
        await journal.StopAsync();
        await sealing.DisposeAsync();
        await recording.CompleteAsync();
        await lines.DisposeAsync();
        await SayCoverageAsync(recording, [.. journal.Sessions.All.Select(s => s.Id)]);
        await SealAsync(recording, Sealer(settings.TimestampAuthority));
        return ExitCode.Done;

        CaseSealer Sealer(Uri? tsa) => new(folder, key, ProgramVersion.Software, time) { Authority = tsa is null ? null : new TimestampAuthority(tsa) };
    }

    // A disk that is gone has no room; whoever looks at the page is to see that, not an error of the page.
    private static long DiskFree(string path)
    {
        try
        {
            return new DriveInfo(path).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static SetupDesks DesksOf(
        CaptureSettings settings, RecordingCase recording, DataSources sources, CertificateAuthority authority, Func<CancellationToken, Task> seal, Action changed, TimeProvider time) => new(
        recording.Folder, recording.Index, sources, authority, new InstallationPlaces(settings.Home, settings.Captures, settings.GeoData), () => recording.Personas,
        new SetupWays(recording.Evidence.RecordAsync, seal, recording.Use, changed),
        new GrowthRate(recording.Folder.Segments.Sum(s => new FileInfo(recording.Folder.SegmentPath(s)).Length), time));

    private static ExportDesk Exports(CaptureSettings settings, RecordingCase recording, TimeProvider time) => new(
        recording.Folder,
        new CaseExporter(recording.Folder, recording.Index, recording.Books, () => InstallationKey.LoadOrCreate(settings.Home), time),
        (entry, stop) => recording.Evidence.RecordAsync(JournalKinds.Exported, entry, stop));

    private static async Task SealAsync(RecordingCase recording, CaseSealer sealer)
    {
        await Console.Error.WriteLineAsync("Sealing the case …");
        await recording.CloseAsync(sealer, outcome => CorrelationRun.AfterSealAsync(recording, outcome, CancellationToken.None), CancellationToken.None);
    }

    private static async Task SayCoverageAsync(RecordingCase recording, IReadOnlyList<string> sessions)
    {
        if (sessions.Count > 0)
        {
            var ofThisRun = FlowFilter.Parse($"session:{string.Join(',', sessions)}");
            await Console.Error.WriteLineAsync(CoverageText.Of(recording.Index.Coverage(ofThisRun)));
        }
    }

    private static async Task<ProxyServer> StartProxyAsync(
        CaptureSettings settings, RecordingCase recording, LiveLines lines, SessionJournal journal, SetupChecks checks, CertificateAuthority authority,
        Pairing pairing, ReviewHost review, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellation)
    {
        var policy = new DestinationPolicy(settings.AllowPrivate, []);
        policy.AddOwn(new System.Net.IPEndPoint(settings.Review.Address, review.Address.Port));
        try
        {
            return await ProxyServer.StartAsync(
                new ProxyOptions
                {
                    Listen = settings.Listen,
                    SpoolFolder = recording.Folder.SpoolFolder,
                    Forwarding = settings.Forwarding,
                    Bypass = settings.Interception.Bypass,
                    OnRefusal = settings.Interception.OnRefusal,
                    LabPosition = settings.Session.LabPosition,
                    Checks = checks,
                    Exempted = exemption => ExemptedAsync(recording, lines, exemption),
                },
                recording.Evidence,
                journal.Sessions,
                authority,
                new Door(settings.Door, pairing),
                new SetupPages(authority, pairing, settings.Door, checks, time) { Phases = journal },
                policy,
                time,
                loggers,
                cancellation);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new InputException($"The proxy can't listen on {settings.Listen}: {e.Message} Choose another address with --listen.", e);
        }
    }

    /// <summary>What is not read from now on is said before it happens.</summary>
    private static async Task ExemptedAsync(RecordingCase recording, LiveLines lines, Exemption exemption)
    {
        var content = JsonSerializer.SerializeToNode(exemption, ModelJson.Default.Exemption)!;
        await recording.Evidence.RecordAsync(JournalKinds.Exemption, content, CancellationToken.None);
        lines.Say($"! {exemption.Client} refuses the proxy's certificate for {exemption.Host}: relayed without decryption until {exemption.Until.UtcDateTime:HH:mm:ss}Z");
    }

    private static async Task UntilCancelledAsync(CancellationToken cancellation)
    {
        var ended = new TaskCompletionSource();
        await using var registration = cancellation.Register(ended.SetResult);
        await ended.Task;
    }
}
