using System.Globalization;
using System.Text.Json;
using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Recording;

/// <summary>
/// The flows that were opened and not completed, found by reading segments: each from its start, the newest first. A segment begins with what was open
/// then, so that older ones are only read when the newest ended before it could say that.
/// </summary>
internal sealed class UnfinishedFlows
{
    private readonly HashSet<long> _completed = [];
    private readonly SortedDictionary<long, OpenFlow> _newer = [];
    private readonly SortedDictionary<long, OpenFlow> _open = [];

    public IReadOnlyList<OpenFlow> All => [.. _newer.Values];

    /// <summary>The opening that the record holds; to be asked before its block is gone. Null when it holds none.</summary>
    public static StoredOpening? OpeningOf(WarcRecord record)
    {
        if (record[WarcHeaders.Part] != WarcHeaders.OpeningPart || record[WarcHeaders.Erased] is not null)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(record.ReadBlock(), EvidenceJson.Default.StoredOpening);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException or InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>Takes a metadata or journal record that is whole.</summary>
    public void Add(WarcRecord record, int segment, StoredOpening? opening)
    {
        if (record.Flow is not { } number)
        {
            return;
        }

        switch (record[WarcHeaders.Part])
        {
            case WarcHeaders.OpeningPart when opening?.Flow.Number == number:
                _open[number] = OpenFlow.Of(opening, DateOf(record) ?? opening.Flow.Started);
                break;
            case WarcHeaders.MessagesPart when _open.TryGetValue(number, out var open) && BatchTotals.Parse(record[WarcHeaders.Messages]) is { } totals:
                open.Add(new StoredBatch(segment, record.Offset, totals), DateOf(record) ?? open.LastSeen);
                break;
            case null:
                _completed.Add(number);
                _open.Remove(number);
                break;
        }
    }

    /// <summary>A segment was read to its end.</summary>
    public void GoToOlder()
    {
        foreach (var (number, open) in _open)
        {
            if (!_completed.Contains(number))
            {
                _newer.TryAdd(number, open);
            }
        }

        _open.Clear();
    }

    private static DateTimeOffset? DateOf(WarcRecord record) =>
        DateTimeOffset.TryParse(record[WarcHeaders.Date], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
            ? date
            : null;
}
