using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Recording;

/// <summary>A flow that was opened and not recorded yet: what its opening says, and where its messages lie so far.</summary>
internal sealed class OpenFlow
{
    private readonly List<StoredBatch> _batches;

    private OpenFlow(StoredOpening stored, string uri, DateTimeOffset lastSeen)
    {
        Opening = stored;
        Uri = uri;
        LastSeen = lastSeen;
        _batches = [.. stored.Batches];
    }

    /// <summary>As it was opened.</summary>
    public StoredOpening Opening { get; }

    /// <summary>As it is now.</summary>
    public StoredOpening Stored => Opening with { Batches = _batches };

    public string Uri { get; }

    /// <summary>When the last of it came that is recorded.</summary>
    public DateTimeOffset LastSeen { get; private set; }

    public IReadOnlyList<StoredBatch> Batches => _batches;

    /// <summary>The flow that is opened; bodies are left out.</summary>
    public static OpenFlow Of(FlowRecord flow) =>
        new(
            new StoredOpening { Flow = flow.Metadata, RequestHead = flow.Request?.Head.ToArray(), ResponseHead = flow.Response?.Head.ToArray() },
            FlowDrafts.TargetUri(flow),
            flow.Metadata.Started);

    /// <summary>A flow whose opening was found.</summary>
    public static OpenFlow Of(StoredOpening stored, DateTimeOffset written) => new(stored, "", written);

    public void Add(StoredBatch batch, DateTimeOffset last)
    {
        _batches.Add(batch);
        LastSeen = last;
    }

    /// <summary>The flow as it is recorded when nobody is left to say how it ended.</summary>
    public FlowRecord Interrupted()
    {
        var m = Opening.Flow;
        var isWebSocket = m.Kind == FlowKind.WebSocket;
        long Sum(Func<BatchTotals, long> part) => _batches.Sum(b => part(b.Totals));
        var metadata = m with
        {
            Duration = LastSeen > m.Started ? LastSeen - m.Started : m.Duration,
            Messages = isWebSocket ? new MessageCounts(Sum(t => t.Sent), Sum(t => t.Received)) : null,
            BytesSent = Sum(t => t.BytesSent),
            BytesReceived = Sum(t => t.BytesReceived),
            Failure = FlowFailure.Interrupted,
            FailureDetail = "The program ended while the flow was under way; what had been recorded of it until then is here",
        };
        return new FlowRecord(metadata, Message(Opening.RequestHead), Message(Opening.ResponseHead));
    }

    private static Message? Message(byte[]? head) => head is null ? null : new Message(head, Body.Empty);
}
