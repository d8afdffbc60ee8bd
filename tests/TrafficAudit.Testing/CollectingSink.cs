using System.Threading.Channels;
using TrafficAudit.Model;

namespace TrafficAudit.Testing;

/// <summary>A sink that hands each recorded flow to the test that waits for it.</summary>
public sealed class CollectingSink : IFlowSink
{
    private readonly Channel<FlowRecord> _flows = Channel.CreateUnbounded<FlowRecord>();
    private long _number;

    /// <summary>When set, recording fails as it does when the disk is full.</summary>
    public IOException? Fault { get; set; }

    /// <summary>How long each recording takes, as on a slow disk.</summary>
    public TimeSpan Delay { get; set; }

    /// <inheritdoc/>
    public long TakeNumber() => Interlocked.Increment(ref _number);

    /// <inheritdoc/>
    public async ValueTask RecordAsync(FlowRecord flow, CancellationToken cancellation)
    {
        if (Fault is not null)
        {
            throw Fault;
        }

        if (Delay > TimeSpan.Zero)
        {
            await Task.Delay(Delay, cancellation);
        }

        await _flows.Writer.WriteAsync(flow, cancellation);
    }

    /// <summary>The next flow; waits for it at most a minute.</summary>
    public async Task<FlowRecord> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        return await _flows.Reader.ReadAsync(patience.Token);
    }
}
