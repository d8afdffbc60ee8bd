using System.Text.Json;
using TrafficAudit.Evidence.Cases;

namespace TrafficAudit.Evidence.Imports;

/// <summary>Which files were imported into a case before, by their digests: what the journal says.</summary>
internal sealed class ImportHistory
{
    private readonly CaseFolder _folder;
    private readonly Dictionary<string, DateTimeOffset> _completed = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _started = new(StringComparer.Ordinal);

    private ImportHistory(CaseFolder folder) => _folder = folder;

    /// <exception cref="IOException">The case can't be read.</exception>
    public static ImportHistory Read(CaseFolder folder)
    {
        var history = new ImportHistory(folder);
        var reader = new EvidenceReader(folder);
        foreach (var entry in reader.ReadJournal(JournalKinds.ImportStarted))
        {
            if (Text(entry, "sha256") is { } digest && Text(entry, "import") is { } id)
            {
                history._started[digest] = id;
            }
        }

        foreach (var entry in reader.ReadJournal(JournalKinds.Import))
        {
            if (Text(entry, "sha256") is { } digest)
            {
                history._completed.TryAdd(digest, entry.Time);
            }
        }

        return history;
    }

    /// <summary>When a file of this digest was imported; null when it was not, or not to its end.</summary>
    public DateTimeOffset? Completed(string sha256) => _completed.TryGetValue(sha256, out var time) ? time : null;

    /// <summary>The import of a file of this digest that was interrupted; null when there is none.</summary>
    public string? Interrupted(string sha256) => _completed.ContainsKey(sha256) ? null : _started.GetValueOrDefault(sha256);

    /// <summary>Notes an import, for the files that come after it.</summary>
    public void Add(string sha256, DateTimeOffset time) => _completed[sha256] = time;

    /// <summary>The places in the file whose flows an import has recorded.</summary>
    /// <exception cref="IOException">The case can't be read.</exception>
    public HashSet<string> PlacesOf(string import)
    {
        var places = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in new EvidenceReader(_folder).ReadAll())
        {
            if (entry.Flow is { } stored)
            {
                using var flow = stored.Flow;
                if (flow.Metadata.Source is { } source && source.Import == import)
                {
                    places.Add(source.Place);
                }
            }
        }

        return places;
    }

    private static string? Text(JournalEntry entry, string name) =>
        entry.Content.ValueKind == JsonValueKind.Object && entry.Content.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
