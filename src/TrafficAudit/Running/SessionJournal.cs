using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Capture.Handshakes;
using TrafficAudit.Capture.Recording;
using TrafficAudit.Commands;
using TrafficAudit.Evidence;
using TrafficAudit.Pipeline;
using TrafficAudit.Provenance;
using TrafficAudit.Review;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Running;

/// <summary>The sessions of a run, and what the journal says of them.</summary>
internal sealed class SessionJournal : IPhaseDesk
{
    private readonly EvidenceWriter _evidence;
    private readonly Pairing _pairing;
    private readonly CaptureSettings _settings;
    private readonly SessionLabels _labels;
    private readonly TimeProvider _time;

    // Ids. As many as people have ended.
    private readonly ConcurrentDictionary<string, bool> _ended = new(StringComparer.Ordinal);

    public SessionJournal(EvidenceWriter evidence, Pairing pairing, CaptureSettings settings, string? persona, SessionLabels labels, TimeProvider time)
    {
        _evidence = evidence;
        _pairing = pairing;
        _settings = settings;
        _labels = labels;
        _time = time;
        Sessions = new RecordingSessions(
            StartedAsync, time, new SessionDescription([.. settings.AppIds], settings.Session.AppVersion, persona, settings.Session.Scenario));
    }

    public RecordingSessions Sessions { get; }

    /// <summary>Begins another session of a device, and notes the end of the one before.</summary>
    /// <param name="device">The device's id; null for the clients that are not paired.</param>
    /// <param name="description">What it is of; null for the time between sessions, which is noted when its first flow comes.</param>
    /// <param name="phase">The phase that it begins in; null for none.</param>
    /// <param name="by">Who wants it.</param>
    /// <exception cref="IOException">The evidence can't be written.</exception>
    public async Task BeginAsync(string? device, SessionDescription? description, string? phase, string by)
    {
        if (Sessions.Begin(device, description, phase) is { } change)
        {
            await ChangeAsync(change, by);
        }
        else if (description is not null)
        {
            await Sessions.Of(device).BeginAsync();
        }
    }

    /// <summary>The same of all devices that have a session, and of those that come later.</summary>
    /// <exception cref="IOException">The evidence can't be written.</exception>
    public async Task BeginAllAsync(SessionDescription? description, string? phase, string by)
    {
        foreach (var change in Sessions.BeginAll(description, phase))
        {
            await ChangeAsync(change, by);
        }
    }

    /// <summary>Sets the phase of all sessions, or of one device's, which begins with that if it has not yet.</summary>
    /// <exception cref="RejectedRequestException">There is no such device.</exception>
    public async Task SetPhaseAsync(Person person, string phase, string? device, CancellationToken cancellation)
    {
        if (device is not null)
        {
            var chosen = DeviceChoice.Of(_pairing.Devices, device, d => d.Id, d => d.Name);
            await SetPhaseAsync(chosen.Id, phase, person.Name, cancellation);
            return;
        }

        var sessions = Sessions.SetPhaseOfAll(phase);
        foreach (var session in sessions.Where(IsToBeNoted))
        {
            await session.BeginAsync();
            await RecordPhaseAsync(session, phase, person.Name);
        }

        if (sessions.IsEmpty)
        {
            // The first session starts in it.
            await RecordPhaseAsync(null, phase, person.Name);
        }
    }

    /// <inheritdoc/>
    public string? PhaseOf(Device device) => Sessions.Current.FirstOrDefault(s => s.Device == device.Id)?.Phase;

    /// <inheritdoc/>
    public Task SetPhaseAsync(Device device, string phase, CancellationToken cancellation) =>
        SetPhaseAsync(device.Id, phase, $"tester on {device.Name}", cancellation);

    /// <summary>Notes the end of every session that has begun.</summary>
    public async Task StopAsync()
    {
        foreach (var session in Sessions.All.Where(IsToBeNoted))
        {
            await EndAsync(session, null);
        }
    }

    /// <summary>Between sessions there is none unless something was sent.</summary>
    private static bool IsToBeNoted(RecordingSession session) => session.Description is not null || session.HasBegun;

    private async Task ChangeAsync(SessionChange change, string by)
    {
        if (IsToBeNoted(change.Ended))
        {
            await EndAsync(change.Ended, by);
        }

        if (change.Begun.Description is not null)
        {
            await change.Begun.BeginAsync();
        }
    }

    private async Task EndAsync(RecordingSession session, string? by)
    {
        if (_ended.TryAdd(session.Id, true))
        {
            await session.BeginAsync();
            var ending = Ending(session, by);
            _labels.Add(JournalKinds.SessionStopped, JsonSerializer.SerializeToElement(ending), _time.GetUtcNow());
            await _evidence.RecordAsync(JournalKinds.SessionStopped, ending, CancellationToken.None);
        }
    }

    private JsonObject Ending(RecordingSession session, string? by) => new()
    {
        ["session"] = session.Id,
        ["device"] = session.Device,
        ["by"] = by,
        ["operator"] = _settings.Session.Operator,
        ["clock"] = ClockReading.Take().ToJson(),
    };

    private async Task SetPhaseAsync(string device, string phase, string by, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await Sessions.Of(device).BeginAsync();

        // Another one may have begun in the meantime; then the phase is its.
        var session = Sessions.SetPhase(device, phase);
        await session.BeginAsync();
        await RecordPhaseAsync(session, phase, by);
    }

    // Set phases count already: whoever leaves now does not keep them out of the journal.
    private Task RecordPhaseAsync(RecordingSession? session, string phase, string by) => _evidence.RecordAsync(
        JournalKinds.Phase,
        new JsonObject { ["session"] = session?.Id, ["device"] = session?.Device, ["name"] = phase, ["by"] = by },
        CancellationToken.None);

    private Task StartedAsync(RecordingSession session)
    {
        var beginning = Beginning(session);
        _labels.Add(JournalKinds.SessionStarted, JsonSerializer.SerializeToElement(beginning), session.Began);
        return _evidence.RecordAsync(JournalKinds.SessionStarted, beginning, CancellationToken.None);
    }

    /// <summary>The package that the program was started with is of that app and version only.</summary>
    private bool IsOfThePackage(SessionDescription? of) =>
        of is not null && of.AppVersion == _settings.Session.AppVersion && of.Apps.SequenceEqual(_settings.AppIds, StringComparer.Ordinal);

    private JsonObject Beginning(RecordingSession session) => new()
    {
        ["session"] = session.Id,
        ["began"] = session.Began,
        ["phase"] = session.Phase,
        ["device"] = session.Device,
        ["device_name"] = _pairing.Devices.FirstOrDefault(d => d.Id == session.Device)?.Name,
        ["label"] = _settings.Device,
        ["apps"] = new JsonArray([.. (session.Description?.Apps ?? []).Select(a => JsonValue.Create(a))]),
        ["app_version"] = session.Description?.AppVersion,
        ["app_package"] = IsOfThePackage(session.Description) ? _settings.Session.AppPackage?.ToJson() : null,
        ["by"] = session.Description?.By,
        ["operator"] = _settings.Session.Operator,
        ["second_person"] = _settings.Session.SecondPerson,
        ["persona"] = session.Description?.Persona,
        ["scenario"] = session.Description?.Scenario,
        ["egress_ip"] = _settings.Session.EgressIp?.ToString(),
        ["lab_position"] = _settings.Session.LabPosition?.ToString(),
        ["clock"] = ClockReading.Take().ToJson(),
        ["program"] = ProgramVersion.Software,
        ["on_refusal"] = _settings.Interception.OnRefusal == OnRefusal.Fail ? "fail" : "relay",
        ["bypass"] = new JsonArray([.. _settings.Interception.Bypass.Patterns.Select(p => JsonValue.Create(p))]),
        ["upstream_proxy"] = _settings.Interception.UpstreamProxy?.ToString(),
        ["tls_keys_written"] = _settings.Interception.TlsKeys is not null,
    };
}
