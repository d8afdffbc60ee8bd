using System.Threading.RateLimiting;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Recording;

/// <summary>
/// What waits in the writer's queue: something to write (one of flow, opening, messages and entry), or only somebody who wants to know and is told the
/// fault, or null.
/// </summary>
internal sealed record Waiting
{
    /// <summary>What a message takes beside its payload.</summary>
    private const int MessageBytes = 160;

    public FlowRecord? Flow { get; init; }

    public FlowRecord? Opening { get; init; }

    public MessageBatch? Messages { get; init; }

    public JournalEntry? Entry { get; init; }

    /// <summary>What it takes of the memory that may wait; given back when it is written.</summary>
    public RateLimitLease? Memory { get; init; }

    public TaskCompletionSource<string?>? Written { get; init; }

    /// <summary>Bytes that it holds in memory.</summary>
    public long Size => SizeOf(Flow) + SizeOf(Opening) + SizeOf(Messages);

    private static long SizeOf(FlowRecord? flow) => flow is null ? 0 : SizeOf(flow.Request) + SizeOf(flow.Response);

    private static long SizeOf(Message? message) => message is null ? 0 : message.Head.Length + (message.Body is MemoryBody body ? body.Length : 0);

    private static long SizeOf(MessageBatch? batch)
    {
        long size = 0;
        foreach (var message in batch?.Messages ?? [])
        {
            size += message.Payload.Length + MessageBytes;
        }

        return size;
    }
}

/// <summary>Messages of one WebSocket.</summary>
internal sealed record MessageBatch(long Number, IReadOnlyList<WebSocketMessage> Messages);
