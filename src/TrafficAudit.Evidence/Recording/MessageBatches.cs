using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Recording;

/// <summary>Cuts a conversation that comes whole into batches, one in memory at a time.</summary>
internal static class MessageBatches
{
    /// <summary>Bytes of payload that end a batch.</summary>
    public const int BatchBytes = 256 * 1024;

    /// <summary>The batches in their order, none empty; each may be used until the next is asked for.</summary>
    public static IEnumerable<IReadOnlyList<WebSocketMessage>> Of(Conversation? conversation)
    {
        var batch = new List<WebSocketMessage>();
        long bytes = 0;
        foreach (var message in conversation?.Read() ?? [])
        {
            batch.Add(message);
            bytes += message.Payload.Length;
            if (bytes >= BatchBytes)
            {
                yield return batch;
                batch.Clear();
                bytes = 0;
            }
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
