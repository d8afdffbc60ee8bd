using TrafficAudit.Evidence.Sealing;

namespace TrafficAudit.Evidence.Erasing;

/// <summary>What the newest seal, or the one that is being made, says was erased.</summary>
internal sealed class DeclaredErasures
{
    private readonly string? _key;
    private readonly List<SealedErasure> _erasures;
    private readonly List<(string Id, SequenceRanges Sequences)> _records;

    private DeclaredErasures(string? key, IEnumerable<SealedErasure>? erasures)
    {
        _key = key;
        _erasures = [.. erasures ?? []];
        _records = [.. _erasures.SelectMany(e => e.Segments.Select(s => (e.Id, SequenceRanges.Parse(s.Sequences)!)))];
    }

    /// <summary>Nothing was erased.</summary>
    public static DeclaredErasures None { get; } = new(null, null);

    public static DeclaredErasures Of(Seal? newest) => newest is null ? None : Of(newest.Key, newest.Erasures);

    public static DeclaredErasures Of(string key, IEnumerable<SealedErasure>? erasures) => new(key, erasures);

    /// <summary>The erasure of a record; null when it was not erased.</summary>
    public string? IdOf(long sequence) => _records.Find(r => r.Sequences.Contains(sequence)).Id;

    /// <summary>
    /// Whether the segment was rewritten after that seal, so that its digest of it no longer holds: only the owner of the key that has sealed may say so.
    /// </summary>
    public bool Releases(Seal seal, int segment) => seal.Key == _key && _erasures.Exists(e => e.Seal > seal.Number && e.Segments.Any(s => s.Number == segment));
}
