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
    private readonly string? _persona;
    private readonly SessionLabels _labels;

    public SessionJournal(EvidenceWriter evidence, Pairing pairing, CaptureSettings settings, string? persona, SessionLabels labels, TimeProvider time)
    {
        _persona = persona;
        _evidence = evidence;
        _pairing = pairing;
        _settings = settings;
        _labels = labels;
        Sessions = new RecordingSessions(StartedAsync, time);
    }

    public RecordingSessions Sessions { get; }

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
        foreach (var session in sessions)
        {
            await session.BeginAsync();
            await RecordPhaseAsync(session, phase, person.Name, cancellation);
        }

        if (sessions.IsEmpty)
        {
            // The first session starts in it.
            await RecordPhaseAsync(null, phase, person.Name, cancellation);
        }
    }

    /// <inheritdoc/>
    public string? PhaseOf(Device device) => Sessions.All.FirstOrDefault(s => s.Device == device.Id)?.Phase;

    /// <inheritdoc/>
    public Task SetPhaseAsync(Device device, string phase, CancellationToken cancellation) =>
        SetPhaseAsync(device.Id, phase, $"tester on {device.Name}", cancellation);

    /// <summary>Notes the end of every session that has begun.</summary>
    public async Task StopAsync()
    {
        foreach (var session in Sessions.All)
        {
            await session.BeginAsync();
            await _evidence.RecordAsync(JournalKinds.SessionStopped, Ending(session), CancellationToken.None);
        }
    }

    private JsonObject Ending(RecordingSession session) => new()
    {
        ["session"] = session.Id,
        ["device"] = session.Device,
        ["operator"] = _settings.Session.Operator,
        ["clock"] = ClockReading.Take().ToJson(),
    };

    private async Task SetPhaseAsync(string device, string phase, string by, CancellationToken cancellation)
    {
        var session = Sessions.Of(device);
        await session.BeginAsync();
        Sessions.SetPhase(session, phase);
        await RecordPhaseAsync(session, phase, by, cancellation);
    }

    private Task RecordPhaseAsync(RecordingSession? session, string phase, string by, CancellationToken cancellation) => _evidence.RecordAsync(
        JournalKinds.Phase,
        new JsonObject { ["session"] = session?.Id, ["device"] = session?.Device, ["name"] = phase, ["by"] = by },
        cancellation);

    private Task StartedAsync(RecordingSession session)
    {
        var beginning = Beginning(session);
        _labels.Add(JournalKinds.SessionStarted, JsonSerializer.SerializeToElement(beginning), session.Began);
        return _evidence.RecordAsync(JournalKinds.SessionStarted, beginning, CancellationToken.None);
    }

    private JsonObject Beginning(RecordingSession session) => new()
    {
        ["session"] = session.Id,
        ["began"] = session.Began,
        ["phase"] = session.Phase,
        ["device"] = session.Device,
        ["device_name"] = _pairing.Devices.FirstOrDefault(d => d.Id == session.Device)?.Name,
        ["label"] = _settings.Device,
        ["apps"] = new JsonArray([.. _settings.AppIds.Select(a => JsonValue.Create(a))]),
        ["app_version"] = _settings.Session.AppVersion,
        ["app_package"] = _settings.Session.AppPackage?.ToJson(),
        ["operator"] = _settings.Session.Operator,
        ["second_person"] = _settings.Session.SecondPerson,
        ["persona"] = _persona,
        ["scenario"] = _settings.Session.Scenario,
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
