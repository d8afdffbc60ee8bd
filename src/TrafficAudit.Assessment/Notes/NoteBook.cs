using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TrafficAudit.Assessment.Notes;

/// <summary>
/// What people keep for their own work on a case, and what says nothing of what is true: marks on flows, and filters under names. It is replayed from journal records;
/// the last one counts. Any thread may ask; one at a time may change it.
/// </summary>
public sealed class NoteBook
{
    /// <summary>How many filters a case keeps.</summary>
    public const int MostFilters = 200;

    private readonly ConcurrentDictionary<long, bool> _marked = new();
    private ImmutableSortedDictionary<string, SavedFilter> _filters = ImmutableSortedDictionary.Create<string, SavedFilter>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The filters that are kept, by name.</summary>
    public IReadOnlyCollection<SavedFilter> Filters => [.. _filters.Values];

    /// <summary>How many records could not be used.</summary>
    public int FaultCount { get; private set; }

    /// <summary>Whether somebody has marked the flow.</summary>
    public bool IsMarked(long flow) => _marked.ContainsKey(flow);

    /// <summary>The filter of a name, in whatever case; null when there is none.</summary>
    public SavedFilter? Find(string name) => _filters.GetValueOrDefault(name.Trim());

    /// <summary>Marks a flow, or takes the mark away.</summary>
    public void Mark(long flow, bool isMarked)
    {
        if (isMarked)
        {
            _marked[flow] = true;
        }
        else
        {
            _marked.TryRemove(flow, out _);
        }
    }

    /// <summary>Keeps a filter, in the place of one of the same name.</summary>
    public void Keep(SavedFilter filter) => _filters = _filters.SetItem(filter.Name, filter);

    /// <summary>Keeps a filter no longer.</summary>
    public void Drop(string name) => _filters = _filters.Remove(name);

    /// <summary>The journal's record of a mark.</summary>
    public static JsonObject MarkRecord(long flow, bool isMarked, string by) => new() { ["flow"] = flow, ["marked"] = isMarked, ["by"] = by };

    /// <summary>The journal's record of a filter; without a filter it is kept no longer.</summary>
    public static JsonObject FilterRecord(string name, string? filter, string by) => new() { ["name"] = name, ["filter"] = filter, ["by"] = by };

    /// <summary>Takes a record of a mark.</summary>
    public void ReplayMark(JsonElement record)
    {
        if (record.ValueKind == JsonValueKind.Object
            && record.TryGetProperty("flow", out var flow) && flow.ValueKind == JsonValueKind.Number && flow.TryGetInt64(out var number)
            && record.TryGetProperty("marked", out var marked) && marked.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            Mark(number, marked.GetBoolean());
        }
        else
        {
            FaultCount++;
        }
    }

    /// <summary>Takes a record of a filter.</summary>
    public void ReplayFilter(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object || SavedFilter.NameOf(Text(record, "name")) is not { } name)
        {
            FaultCount++;
        }
        else if (Text(record, "filter") is not { } filter)
        {
            Drop(name);
        }
        else if (_filters.Count < MostFilters || _filters.ContainsKey(name))
        {
            Keep(new SavedFilter(name, filter, Text(record, "by") ?? ""));
        }
    }

    private static string? Text(JsonElement record, string name) =>
        record.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
