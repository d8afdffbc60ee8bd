using System.Text.Json;
using TrafficAudit.Classification.Correlation;
using TrafficAudit.Evidence;

namespace TrafficAudit.Pipeline;

/// <summary>What the journal says of sessions and imports, gathered while the evidence is read.</summary>
internal sealed class SessionNotes
{
    private readonly Dictionary<string, SessionFacts> _sessions = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, SessionFacts> Sessions => _sessions;

    public void Add(JournalEntry entry)
    {
        var id = entry.Kind switch { JournalKinds.SessionStarted => "session", JournalKinds.ImportStarted => "import", _ => null };
        if (id is not null && Text(entry.Content, id) is { } session)
        {
            _sessions[session] = new SessionFacts(
                Text(entry.Content, "device_name"), Text(entry.Content, "app_version"), Text(entry.Content, "persona"), Text(entry.Content, "scenario"));
        }
    }

    /// <summary>The names that devices had in sessions, by id.</summary>
    public static ILookup<string, string> DeviceNames(IEnumerable<JournalEntry> starts) => starts
        .Select(e => (Device: Text(e.Content, "device"), Name: Text(e.Content, "device_name")))
        .Where(d => d is { Device: not null, Name: not null })
        .Distinct()
        .ToLookup(d => d.Device!, d => d.Name!, StringComparer.Ordinal);

    private static string? Text(JsonElement content, string name) =>
        content.ValueKind == JsonValueKind.Object && content.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
