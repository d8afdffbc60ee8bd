using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Erasing;
using TrafficAudit.Evidence.Warc;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Recording;

/// <summary>The messages of a WebSocket where they lie: batch after batch, perhaps over several segments, one in memory at a time.</summary>
internal sealed class SegmentConversation(CaseFolder folder, long number, IReadOnlyList<StoredBatch> batches) : Conversation
{
    public override long Count { get; } = batches.Sum(b => (long)b.Totals.Sent + b.Totals.Received);

    /// <inheritdoc/>
    public override IEnumerable<WebSocketMessage> Read()
    {
        var rewritten = RewrittenSegments.In(folder);
        var next = 0;
        while (next < batches.Count)
        {
            var segment = batches[next].Segment;
            using var reader = new SegmentReader(folder.SegmentPath(segment));
            if (rewritten.Contains(segment))
            {
                // Its records do not lie where they lay; in their order they do.
                foreach (var message in ReadAll(reader))
                {
                    yield return message;
                }

                next = NextSegment(next);
                continue;
            }

            for (; next < batches.Count && batches[next].Segment == segment; next++)
            {
                foreach (var message in ReadBatch(reader, batches[next].Offset))
                {
                    yield return message;
                }
            }
        }
    }

    /// <summary>What can be read of all batches in a segment.</summary>
    private IEnumerable<WebSocketMessage> ReadAll(SegmentReader reader) => reader.Read(0, _ => { }).Where(IsBatch).SelectMany(ReadBatch);

    private int NextSegment(int batch)
    {
        var next = batch;
        while (next < batches.Count && batches[next].Segment == batches[batch].Segment)
        {
            next++;
        }

        return next;
    }

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
