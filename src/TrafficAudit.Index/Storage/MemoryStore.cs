using System.IO.Compression;

namespace TrafficAudit.Index.Storage;

/// <summary>Whole flows in memory, each compressed by itself; nothing of them touches a disk.</summary>
internal sealed class MemoryStore : IDocumentStore
{
    private readonly Dictionary<int, Dictionary<long, byte[]>> _segments = [];

    public IReadOnlyList<SegmentEntry> Load() => [];

    public void Write(SegmentEntry entry, IReadOnlyCollection<FlowDocument> documents, IReadOnlyCollection<long> replaced, long evidenceLength)
    {
        if (entry.IsLost)
        {
            return;
        }

        if (!_segments.TryGetValue(entry.Segment, out var kept))
        {
            _segments[entry.Segment] = kept = [];
        }

        foreach (var document in documents)
        {
            kept[document.Number] = Deflate(document);
        }

        entry.File = new FileState(kept.Count, UInt128.Zero, evidenceLength, entry.AnalysisVersion);
    }

    public void Flush()
    {
        // Nothing is brought anywhere.
    }

    public FlowDocument?[] Read(SegmentEntry entry, IReadOnlyList<long> numbers) =>
        entry.IsLost || !_segments.TryGetValue(entry.Segment, out var kept)
            ? new FlowDocument?[numbers.Count]
            : [.. numbers.Select(n => kept.TryGetValue(n, out var bytes) ? Inflate(n, bytes) : null)];

    public void CloseReading()
    {
        // Nothing is open.
    }

    public void Delete(int segment) => _segments.Remove(segment);

    public void Close(IEnumerable<SegmentEntry> entries) => _segments.Clear();

    private static byte[] Deflate(FlowDocument document)
    {
        using var memory = new MemoryStream();
        using (var deflate = new DeflateStream(memory, CompressionLevel.Fastest))
        {
            deflate.Write(document.Bytes);
        }

        return memory.ToArray();
    }

    private static FlowDocument Inflate(long number, byte[] bytes)
    {
        using var deflate = new DeflateStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        deflate.CopyTo(memory);
        return FlowDocument.Read(number, memory.ToArray());
    }
}
