using System.Collections.Concurrent;
using System.Threading.Channels;
using TrafficAudit.Model;

namespace TrafficAudit.Testing;

/// <summary>A sink that hands each recorded flow to the test that waits for it.</summary>
public sealed class CollectingSink : IFlowSink
{
    private readonly ConcurrentDictionary<long, Opened> _opened = new();
    private readonly Channel<Opened> _openings = Channel.CreateUnbounded<Opened>();
    private readonly Channel<long> _appended = Channel.CreateUnbounded<long>();
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

        var messages = _opened.TryRemove(flow.Metadata.Number, out var opened) && flow.Metadata.Messages is not null
            ? new MemoryConversation([.. opened.Messages])
            : flow.Messages;
        await _flows.Writer.WriteAsync(flow with { Messages = messages }, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask OpenAsync(FlowRecord opening, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(opening);
        if (Fault is not null)
        {
            throw Fault;
        }

        var opened = new Opened(opening);
        _opened[opening.Metadata.Number] = opened;
        await _openings.Writer.WriteAsync(opened, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask AppendAsync(long number, IReadOnlyList<WebSocketMessage> messages, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (Fault is not null)
        {
            throw Fault;
        }

        if (Delay > TimeSpan.Zero)
        {
            await Task.Delay(Delay, cancellation);
        }

        foreach (var message in messages)
        {
            _opened[number].Messages.Enqueue(message);
        }

        await _appended.Writer.WriteAsync(number, cancellation);
    }

    /// <summary>Completes when the flow has this many messages; waits at most a minute.</summary>
    public async Task AppendedAsync(Opened opened, int messages)
    {
        ArgumentNullException.ThrowIfNull(opened);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (opened.Messages.Count < messages)
        {
            await _appended.Reader.ReadAsync(patience.Token);
        }
    }

    /// <summary>The next flow that was opened; waits for it at most a minute.</summary>
    public async Task<Opened> NextOpeningAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        return await _openings.Reader.ReadAsync(patience.Token);
    }

    /// <summary>The next flow; waits for it at most a minute.</summary>
    public async Task<FlowRecord> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        return await _flows.Reader.ReadAsync(patience.Token);
    }
}

/// <summary>A flow that is under way.</summary>
/// <param name="Flow">As it was opened.</param>
public sealed record Opened(FlowRecord Flow)
{
    /// <summary>Its messages so far.</summary>
    public ConcurrentQueue<WebSocketMessage> Messages { get; } = new();
}
