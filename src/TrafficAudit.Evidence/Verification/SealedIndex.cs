using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Evidence.Storage;
using TrafficAudit.Evidence.Walking;

namespace TrafficAudit.Evidence.Verification;

/// <summary>What a sealed index (CDXJ) says of a segment's records. It is only asked when something is wrong.</summary>
internal sealed class SealedIndex : IRecordNames
{
    /// <summary>Twice what a full segment needs; a longer one, whoever sealed it, must not fill the memory.</summary>
    private const long Longest = 256 * 1024 * 1024;

    private readonly long _first;
    private readonly List<Entry> _entries;
    private readonly Dictionary<long, int> _byOffset;

    private SealedIndex(long first, List<Entry> entries)
    {
        _first = first;
        _entries = entries;
        _byOffset = new Dictionary<long, int>(entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            _byOffset.TryAdd(entries[i].Offset, i);
        }
    }

    /// <summary>Reads an index whose digest was verified; null when it is too long, or its lines are not what they should be.</summary>
    public static SealedIndex? Read(CaseFile file, SealedSegment segment)
    {
        if (new FileInfo(file.Path).Length > Longest)
        {
            return null;
        }

        var entries = new List<Entry>();
        using var lines = new StreamReader(file.OpenStream());
        while (lines.ReadLine() is { } text)
        {
            if (CdxjLine.Parse(text) is not { } line || !long.TryParse(line.Offset, out var offset))
            {
                return null;
            }

            entries.Add(new Entry(offset, line.RecordDigest, RecordName.Of(line.Id, line.Type, line.Flow)));
        }

        return new SealedIndex(segment.FirstSequence, entries);
    }

    public string? NameOf(long sequence) => EntryOf(sequence)?.Name;

    public string? NameAt(long offset) => _byOffset.TryGetValue(offset, out var i) ? _entries[i].Name : null;

    /// <summary>The digest that the record with this number was sealed with; null when it was not sealed.</summary>
    public string? DigestOf(long sequence) => EntryOf(sequence)?.Digest;

    private Entry? EntryOf(long sequence) => sequence >= _first && sequence - _first < _entries.Count ? _entries[(int)(sequence - _first)] : null;

    private sealed record Entry(long Offset, string Digest, string Name);
}
