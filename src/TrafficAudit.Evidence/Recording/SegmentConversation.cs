using TrafficAudit.Evidence.Storage;
using TrafficAudit.Evidence.Warc;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Recording;

/// <summary>The messages of a WebSocket where they lie: batch after batch, perhaps over several segments, one in memory at a time.</summary>
/// <param name="segmentOf">Where segments lie; the messages of one that is not there (null) are passed over.</param>
/// <param name="number">The flow's number.</param>
/// <param name="batches">Where the messages lie.</param>
internal sealed class SegmentConversation(Func<int, CaseFile?> segmentOf, long number, IReadOnlyList<StoredBatch> batches) : Conversation
{
    public override long Count { get; } = batches.Sum(b => (long)b.Totals.Sent + b.Totals.Received);

    /// <inheritdoc/>
    public override IEnumerable<WebSocketMessage> Read()
    {
        for (var next = 0; next < batches.Count;)
        {
            var segment = batches[next].Segment;
            var here = batches.Skip(next).TakeWhile(b => b.Segment == segment).ToList();
            next += here.Count;
            if (segmentOf(segment) is not { } file)
            {
                continue;
            }

            using var reader = new SegmentReader(file);
            foreach (var message in LieWhereTheyLay(reader, here) ? here.SelectMany(b => ReadBatch(reader, b.Offset)) : ReadAll(reader))
            {
                yield return message;
            }
        }
    }

    /// <summary>
    /// Whether a batch of this flow begins at each offset. An erasure in the segment has moved what lies behind it, perhaps by just the length of a batch; since a
    /// segment has no more batches of a flow than are told, all are in their places when each place has one.
    /// </summary>
    private bool LieWhereTheyLay(SegmentReader reader, IEnumerable<StoredBatch> here) => here.All(b =>
    {
        using var records = reader.Read(b.Offset).GetEnumerator();
        return records.MoveNext() && IsBatch(records.Current);
    });

    /// <summary>What can be read of all batches in a segment.</summary>
    private IEnumerable<WebSocketMessage> ReadAll(SegmentReader reader) => reader.Read(0, _ => { }).Where(IsBatch).SelectMany(ReadBatch);

    private bool IsBatch(WarcRecord record) =>
        record.Flow == number && record[WarcHeaders.Part] == WarcHeaders.MessagesPart && record[WarcHeaders.Erased] is null;

    private List<WebSocketMessage> ReadBatch(SegmentReader reader, long offset)
    {
        using var records = reader.Read(offset).GetEnumerator();
        return records.MoveNext() && IsBatch(records.Current) ? ReadBatch(records.Current) : [];
    }

    /// <summary>What can be read of a batch.</summary>
    private static List<WebSocketMessage> ReadBatch(WarcRecord record)
    {
        var messages = new List<WebSocketMessage>();
        try
        {
            messages.AddRange(MessageLines.Read(record.ReadBlock()));
        }
        catch (InvalidDataException)
        {
            // Whoever reads the segment is told of the damage; the messages before it are good.
        }

        return messages;
    }
}
