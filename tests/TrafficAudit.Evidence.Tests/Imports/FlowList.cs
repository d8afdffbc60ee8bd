using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Tests.Imports;

/// <summary>Keeps every flow, or only counts them.</summary>
internal sealed class FlowList(bool keep = true) : IFlowSink
{
    private long _last;

    public List<FlowRecord> Flows { get; } = [];

    public long Count { get; private set; }

    public Action<long>? OnRecord { get; init; }

    public long TakeNumber() => ++_last;

    public ValueTask RecordAsync(FlowRecord flow, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Count++;
        if (keep)
        {
            Flows.Add(flow);
        }
        else
        {
            flow.Dispose();
        }

        OnRecord?.Invoke(Count);
        return ValueTask.CompletedTask;
    }

    public ValueTask OpenAsync(FlowRecord opening, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask AppendAsync(long number, IReadOnlyList<WebSocketMessage> messages, CancellationToken cancellation) => ValueTask.CompletedTask;
}
