using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Review;

namespace TrafficAudit.Running;

/// <summary>What the journal calls the sessions of a case: the device's name, the app under test, and when they began and ended. Any thread may ask.</summary>
internal sealed class SessionLabels
{
    private readonly ConcurrentDictionary<string, SessionLabel> _labels = new(StringComparer.Ordinal);

    /// <summary>What a session is called; null where the journal has not said it, or has not been read so far yet.</summary>
    public SessionLabel? Of(string? session) => session is null ? null : _labels.GetValueOrDefault(session);

    /// <summary>Takes over the beginning of a session or of an import, or a session's end.</summary>
    public void Add(string kind, JsonElement content, DateTimeOffset time)
    {
        var id = kind switch { JournalKinds.SessionStarted or JournalKinds.SessionStopped => "session", JournalKinds.ImportStarted => "import", _ => null };
        if (id is null || Text(content, id) is not { } session)
        {
            return;
        }

        if (kind == JournalKinds.SessionStopped)
        {
            _labels[session] = (Of(session) ?? new SessionLabel(null, null)) with { Ended = time };
            return;
        }

        _labels[session] = new SessionLabel(Text(content, "device_name") ?? Text(content, "label"), App(content))
        {
            Scenario = Text(content, "scenario"),
            Persona = Text(content, "persona"),
            Began = Text(content, "began") is { } began && DateTimeOffset.TryParse(began, CultureInfo.InvariantCulture, out var moment) ? moment : null,
        };
    }

    /// <summary>Reads the journal of what is recorded, and with it through all of the evidence.</summary>
    public void Read(CaseFolder folder, CancellationToken cancellation)
    {
        foreach (var entry in new EvidenceReader(folder).ReadJournal(JournalKinds.SessionStarted, JournalKinds.ImportStarted, JournalKinds.SessionStopped))
        {
            cancellation.ThrowIfCancellationRequested();
            Add(entry.Kind, entry.Content, entry.Time);
        }
    }

    private static string? App(JsonElement content)
    {
        var apps = content.TryGetProperty("apps", out var named) && named.ValueKind == JsonValueKind.Array
            ? string.Join(", ", named.EnumerateArray().Where(a => a.ValueKind == JsonValueKind.String).Select(a => a.GetString()))
            : "";
        var app = $"{apps} {Text(content, "app_version")}".Trim();
        return app.Length == 0 ? null : app;
    }

    private static string? Text(JsonElement content, string name) =>
        content.ValueKind == JsonValueKind.Object && content.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
