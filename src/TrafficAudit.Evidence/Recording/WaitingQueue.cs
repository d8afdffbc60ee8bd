using System.Threading.Channels;
using System.Threading.RateLimiting;

namespace TrafficAudit.Evidence.Recording;

/// <summary>What waits to be written, in order: so many things and so many bytes at most; when it is full, who comes waits. Nothing is dropped.</summary>
internal sealed class WaitingQueue : IDisposable
{
    private const int BytesPerPermit = 4096;

    private readonly Channel<Waiting> _channel;
    private readonly ConcurrencyLimiter _memory;
    private readonly int _permits;
    private volatile string? _fault;

    public WaitingQueue(EvidenceOptions options)
    {
        _channel = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(options.WaitingFlows) { SingleReader = true });
        _permits = Math.Max(1, options.WaitingBytes / BytesPerPermit);
        _memory = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = _permits, QueueLimit = int.MaxValue });
    }

    /// <summary>Why nothing more is written; null while all is well.</summary>
    public string? Fault => _fault;

    /// <summary>How much waits.</summary>
    public int Count => _channel.Reader.Count;

    /// <summary>Adds something, with its memory; waits while there is no room.</summary>
    /// <exception cref="IOException">Nothing more is taken.</exception>
    public async ValueTask AddAsync(Waiting waiting, CancellationToken cancellation)
    {
        ThrowIfFaulted();
        var lease = await TakeMemoryAsync((int)Math.Min(_permits, 1 + (waiting.Size / BytesPerPermit)), cancellation);
        try
        {
            await EnqueueAsync(waiting with { Memory = lease }, cancellation);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>Adds an entry, or nothing, and completes when it and what lay before it is written.</summary>
    /// <exception cref="IOException">It was not written, or nothing more is taken.</exception>
    public async Task AddAndWaitAsync(JournalEntry? entry, CancellationToken cancellation)
    {
        ThrowIfFaulted();
        var written = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await EnqueueAsync(new Waiting { Entry = entry, Written = written }, cancellation);
        if (await written.Task.WaitAsync(cancellation) is { } fault)
        {
            throw new IOException(fault);
        }
    }

    /// <summary>Waits for something; false when nothing waits and nothing will come.</summary>
    public ValueTask<bool> WaitAsync() => _channel.Reader.WaitToReadAsync();

    /// <summary>Takes up to so many that wait.</summary>
    public void TakeInto(List<Waiting> batch, int most)
    {
        while (batch.Count < most && _channel.Reader.TryRead(out var waiting))
        {
            batch.Add(waiting);
        }
    }

    /// <summary>It is written, or was given up: its memory is free, and who waits for it is told.</summary>
    public void Settle(Waiting waiting)
    {
        waiting.Memory?.Dispose();
        waiting.Written?.SetResult(_fault);
    }

    /// <summary>Takes nothing more.</summary>
    public void Complete() => _channel.Writer.TryComplete();

    /// <summary>Takes nothing more, since nothing can be written.</summary>
    public void Fail(string fault)
    {
        _fault = fault;
        Complete();
    }

    /// <exception cref="IOException">Nothing can be written.</exception>
    public void ThrowIfFaulted()
    {
        if (_fault is { } fault)
        {
            throw new IOException(fault);
        }
    }

    /// <summary>Who waits for memory gets an <see cref="IOException"/>.</summary>
    public void Dispose() => _memory.Dispose();

    private async ValueTask<RateLimitLease> TakeMemoryAsync(int permits, CancellationToken cancellation)
    {
        try
        {
            var lease = await _memory.AcquireAsync(permits, cancellation);
            return lease.IsAcquired ? lease : throw Ended(null);
        }
        catch (ObjectDisposedException e)
        {
            throw Ended(e);
        }
    }

    private async ValueTask EnqueueAsync(Waiting waiting, CancellationToken cancellation)
    {
        try
        {
            await _channel.Writer.WriteAsync(waiting, cancellation);
        }
        catch (ChannelClosedException e)
        {
            throw Ended(e);
        }
    }

    private IOException Ended(Exception? inner) => new(_fault ?? "The recording has ended", inner);
}
