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
        var next = 0;
        while (next < batches.Count)
        {
            var segment = batches[next].Segment;
            if (segmentOf(segment) is not { } file)
            {
                next++;
                continue;
            }

            using var reader = new SegmentReader(file);
            for (; next < batches.Count && batches[next].Segment == segment; next++)
            {
                foreach (var message in ReadBatch(reader, batches[next].Offset))
                {
                    yield return message;
                }
            }
        }
    }

    /// <summary>What can be read of a batch.</summary>
    private List<WebSocketMessage> ReadBatch(SegmentReader reader, long offset)
    {
        var messages = new List<WebSocketMessage>();
        try
        {
            using var records = reader.Read(offset).GetEnumerator();
            if (records.MoveNext() && records.Current.Flow == number && records.Current[WarcHeaders.Part] == WarcHeaders.MessagesPart)
            {
                messages.AddRange(MessageLines.Read(records.Current.ReadBlock()));
            }
        }
        catch (InvalidDataException)
        {
            // Whoever reads the segment is told of the damage; the messages before it are good.
        }

        return messages;
    }
}
