using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using TrafficAudit.Capture;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Capture.Handshakes;
using TrafficAudit.Capture.Recording;
using TrafficAudit.Classification.Personas;
using TrafficAudit.CommandLine;
using TrafficAudit.Evidence;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Logging;
using TrafficAudit.Model;
using TrafficAudit.Pipeline;
using TrafficAudit.Results;
using TrafficAudit.Review;
using TrafficAudit.Running;
using TrafficAudit.Terminal;

namespace TrafficAudit.Commands;

/// <summary>One run of <c>capture</c>: everything is opened in order, and closed in the reverse order whatever happens.</summary>
internal static class CaptureRun
{
    public static async Task<int> RunAsync(CaptureSettings settings, TimeProvider time, CancellationToken cancellation)
    {
        // 1 What can be wrong with the input is found before anything is started.
        if (settings.Interception.TlsKeys is { } keys)
        {
            TlsKeyLog.WriteTo(keys);
        }

        var persona = settings.Persona is null ? null : PersonaFile.Read(settings.Persona);
        using var sources = DataSources.Load(settings.GeoData);
        using var authority = CertificateAuthority.LoadOrCreate(settings.Home, time);
        using var loggers = ProgramLog.Create(settings.LogFile, settings.IsVerbose);
        var folder = CaseFinder.ExistingOrNew(settings.Captures, settings.Case, settings.AppIds, time);

        // 2 The case: evidence, analysis, index.
        await using var lines = new LiveLines(Console.Error);
        CaseReviewSource? watched = null;
        await using var recording = await RecordingCase.OpenAsync(
            folder,
            sources,
            persona,
            flow =>
            {
                lines.Show(flow);
                watched?.RaiseChanged();
            },
            time,
            loggers,
            cancellation);
        var session = new RecordingSession($"s{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}");

        // 3 The review UI, then the proxy, which must never lead to it.
        watched = new CaseReviewSource(
            folder.Info.Name,
            recording.Index,
            RecordedCase.RendererOf(folder, recording.Index, sources),
            sources.Databases,
            time,
            (phase, stop) => SetPhaseAsync(recording, session, phase, stop));
        await using var review = await ReviewHost.StartAsync(new ReviewOptions { Listen = settings.Review }, watched, loggers, cancellation);
        using var pairing = new Pairing(settings.Home, time, RandomNumberGenerator.Create(), loggers.CreateLogger<Pairing>());
        await using var proxy = await StartProxyAsync(settings, recording, lines, session, authority, pairing, review, time, loggers, cancellation);

        // 4 Recording, until somebody ends it.
        using var announcement = RunningCase.Announce(settings.Home, folder, review.Address, review.Token);
        await JournalStartAsync(recording, session, settings, cancellation);
        using var screen = new CaptureScreen(Console.Error, settings, folder, proxy.Endpoint, review.TokenLink, authority, pairing);
        screen.Show();
        await UntilCancelledAsync(cancellation);

        await Console.Error.WriteLineAsync("Stopping: what is under way is being recorded …");
        await proxy.DisposeAsync();
        await recording.Evidence.RecordAsync(JournalKinds.SessionStopped, new JsonObject { ["session"] = session.Id }, CancellationToken.None);
        await recording.CompleteAsync();
        await lines.DisposeAsync();
        await Console.Error.WriteLineAsync(CoverageText.Of(recording.Index.Coverage(FlowFilter.Parse($"session:{session.Id}"))));
        return ExitCode.Done;
    }

    private static async Task<ProxyServer> StartProxyAsync(
        CaptureSettings settings, RecordingCase recording, LiveLines lines, RecordingSession session, CertificateAuthority authority, Pairing pairing, ReviewHost review,
        TimeProvider time, ILoggerFactory loggers, CancellationToken cancellation)
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
                    Exempted = exemption => ExemptedAsync(recording, lines, exemption),
                },
                recording.Evidence,
                session,
                authority,
                new Door(settings.Door, pairing),
                new SetupPages(authority, pairing, settings.Door, time),
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

    private static Task JournalStartAsync(RecordingCase recording, RecordingSession session, CaptureSettings settings, CancellationToken cancellation) =>
        recording.Evidence.RecordAsync(
            JournalKinds.SessionStarted,
            new JsonObject
            {
                ["session"] = session.Id,
                ["apps"] = new JsonArray([.. settings.AppIds.Select(a => JsonValue.Create(a))]),
                ["device"] = settings.Device,
                ["program"] = ProgramVersion.Software,
                ["on_refusal"] = settings.Interception.OnRefusal == OnRefusal.Fail ? "fail" : "relay",
                ["bypass"] = new JsonArray([.. settings.Interception.Bypass.Patterns.Select(p => JsonValue.Create(p))]),
                ["upstream_proxy"] = settings.Interception.UpstreamProxy?.ToString(),
                ["tls_keys_written"] = settings.Interception.TlsKeys is not null,
            },
            cancellation);

    private static async Task SetPhaseAsync(RecordingCase recording, RecordingSession session, string phase, CancellationToken cancellation)
    {
        var content = new JsonObject { ["session"] = session.Id, ["name"] = phase };
        await recording.Evidence.RecordAsync(JournalKinds.Phase, content, cancellation);
        session.Phase = phase;
    }

    private static async Task UntilCancelledAsync(CancellationToken cancellation)
    {
        var ended = new TaskCompletionSource();
        await using var registration = cancellation.Register(ended.SetResult);
        await ended.Task;
    }
}
