using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Logging;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Recording;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence;

/// <summary>
/// The one writer of a case. Flows and journal entries wait in one bounded queue; a single loop writes what waits, brings it to the disk,
/// and only then hands each flow on. When the queue is full its senders wait; nothing is ever dropped.
/// </summary>
public sealed partial class EvidenceWriter : IFlowSink, IAsyncDisposable
{
    private const int NumberBlock = 100_000;
    private const int BatchFlows = 512;
    private const int BytesPerPermit = 4096;

    private readonly Channel<Waiting> _queue;
    private readonly ConcurrencyLimiter _memory;
    private readonly int _permits;
    private readonly CaseFolder _folder;
    private readonly CaseLock _lock;
    private readonly EvidenceOptions _options;
    private readonly Func<StoredFlow, CancellationToken, ValueTask> _committed;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _loop;
    private long _lastNumber;
    private volatile string? _fault;

    // Touched by the writing loop alone.
    private SegmentWriter _segment;
    private long _blockEnd;

    private EvidenceWriter(
        CaseFolder folder, CaseLock caseLock, EvidenceOptions options, Func<StoredFlow, CancellationToken, ValueTask> committed, TimeProvider time, ILogger logger,
        SegmentWriter segment, long lastNumber)
    {
        _folder = folder;
        _lock = caseLock;
        _options = options;
        _committed = committed;
        _time = time;
        _logger = logger;
        _segment = segment;
        _lastNumber = lastNumber;
        _queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(options.WaitingFlows) { SingleReader = true });
        _permits = options.WaitingBytes / BytesPerPermit;
        _memory = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = _permits, QueueLimit = int.MaxValue });
        _loop = Task.Run(WriteAsync);
    }

    /// <summary>Locks the case, mends a torn end, and starts writing.</summary>
    /// <param name="folder">The case.</param>
    /// <param name="options">How to write.</param>
    /// <param name="committed">Called for each flow in order once it is on disk; owns the flow from then on. While it waits, writing waits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Gets faults of the disk.</param>
    /// <param name="cancellation">Ends the opening.</param>
    /// <exception cref="CaseException">Another process writes the case, or its folder can't be written.</exception>
    public static async Task<EvidenceWriter> OpenAsync(
        CaseFolder folder, EvidenceOptions options, Func<StoredFlow, CancellationToken, ValueTask> committed, TimeProvider time, ILogger logger,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(options);
        var caseLock = CaseLock.Take(folder);
        try
        {
            var state = await Task.Run(() => Recovery.Run(folder), cancellation);
            PrepareSpool(folder);
            var segment = state.Segment == 0
                ? SegmentWriter.Create(folder, 1, state.Chain, options.Software, time.GetUtcNow())
                : SegmentWriter.Continue(folder, state.Segment, state.Length, state.Flows, state.Chain);
            var writer = new EvidenceWriter(folder, caseLock, options, committed, time, logger, segment, state.LastNumber);
            await writer.JournalOpeningAsync(state);
            return writer;
        }
        catch (Exception e)
        {
            caseLock.Dispose();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw new CaseException($"The case folder {folder.Path} can't be written ({e.Message}); check the disk and the folder's rights", e);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public long TakeNumber() => Interlocked.Increment(ref _lastNumber);

    /// <inheritdoc/>
    public async ValueTask RecordAsync(FlowRecord flow, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ThrowIfFaulted();
        var memory = InMemory(flow.Request) + InMemory(flow.Response);
        var permits = (int)Math.Min(_permits, 1 + (memory / BytesPerPermit));
        var lease = await _memory.AcquireAsync(permits, cancellation);
        try
        {
            await _queue.Writer.WriteAsync(new Waiting(flow, null, lease, null), cancellation);
        }
        catch (Exception e)
        {
            lease.Dispose();
            ThrowIfFaulted();
            if (e is ChannelClosedException)
            {
                throw new IOException("The recording has ended", e);
            }

            throw;
        }
    }

    /// <summary>Writes a journal entry; completes when it is on disk.</summary>
    /// <exception cref="IOException">The evidence can't be written.</exception>
    public async Task RecordAsync(JournalEntry entry, CancellationToken cancellation)
    {
        ThrowIfFaulted();
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync(new Waiting(null, entry, null, written), cancellation);
        await written.Task.WaitAsync(cancellation);
    }

    /// <summary>Writes a journal entry of <paramref name="kind"/> with the time of now.</summary>
    public Task RecordAsync(string kind, JsonNode content, CancellationToken cancellation) =>
        RecordAsync(new JournalEntry(kind, _time.GetUtcNow(), JsonSerializer.SerializeToElement(content)), cancellation);

    /// <summary>Completes when everything that was handed over before is on disk and handed on.</summary>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        ThrowIfFaulted();
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync(new Waiting(null, null, null, written), cancellation);
        await written.Task.WaitAsync(cancellation);
    }

    /// <summary>Writes what waits, closes the segment and gives the case back.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        _segment.Dispose();
        _memory.Dispose();
        _lock.Dispose();
    }

    private static long InMemory(Message? message) => message?.Body is MemoryBody body ? message.Head.Length + body.Length : message?.Head.Length ?? 0;

    /// <summary>What lies there belongs to exchanges of a process that is gone.</summary>
    private static void PrepareSpool(CaseFolder folder)
    {
        if (Directory.Exists(folder.SpoolFolder))
        {
            Directory.Delete(folder.SpoolFolder, recursive: true);
        }

        CaseFolder.CreatePrivate(folder.SpoolFolder);
    }

    private async Task WriteAsync()
    {
        var batch = new List<Waiting>(BatchFlows);
        var stored = new List<StoredFlow>(BatchFlows);
        while (await _queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            stored.Clear();
            while (batch.Count < BatchFlows && _queue.Reader.TryRead(out var waiting))
            {
                batch.Add(waiting);
            }

            if (_fault is null)
            {
                Write(batch, stored);
            }

            await HandOnAsync(batch, stored);
        }
    }

    /// <summary>Writes a batch and brings it to the disk, or takes all of it back.</summary>
    private void Write(List<Waiting> batch, List<StoredFlow> stored)
    {
        try
        {
            foreach (var waiting in batch)
            {
                if (waiting.Entry is { } entry)
                {
                    _segment.Append(FlowDrafts.Of(entry));
                }
                else if (waiting.Flow is { } flow)
                {
                    stored.Add(Write(flow));
                }
            }

            _segment.Commit();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            stored.Clear();
            Fail(e);
        }
    }

    private StoredFlow Write(FlowRecord flow)
    {
        if (_segment.Flows >= _options.SegmentFlows || _segment.Position >= _options.SegmentBytes)
        {
            StartNextSegment();
        }

        if (Volatile.Read(ref _lastNumber) + (NumberBlock / 2) > _blockEnd)
        {
            JournalNumbers();
        }

        var start = _segment.Position;
        foreach (var draft in FlowDrafts.Of(flow))
        {
            _segment.Append(draft);
        }

        _segment.CountFlow();
        return new StoredFlow(flow, new FlowPosition(_segment.Number, start), _segment.Position);
    }

    /// <summary>A new segment says first which numbers are taken, so that recovery need not read older ones.</summary>
    private void StartNextSegment()
    {
        _segment.Commit();
        var next = SegmentWriter.Create(_folder, _segment.Number + 1, _segment.Chain.Copy(), _options.Software, _time.GetUtcNow());
        _segment.Dispose();
        _segment = next;
        JournalNumbers();
    }

    /// <summary>Numbers are journalled long before they are used up, so that a number that was shown is never given again.</summary>
    private void JournalNumbers()
    {
        _blockEnd = Volatile.Read(ref _lastNumber) + NumberBlock;
        var content = JsonSerializer.SerializeToElement(new JsonObject { ["to"] = _blockEnd });
        _segment.Append(FlowDrafts.Of(new JournalEntry(JournalKinds.NumberBlock, _time.GetUtcNow(), content)));
    }

    private void Fail(Exception error)
    {
        var reason = $"The evidence of case {_folder.Info.Name} can't be written ({error.Message}); free space on the disk and start again";
        _fault = reason;
        LogFault(_folder.Info.Name, error.Message);
        try
        {
            _segment.TakeBack();
        }
        catch (IOException e)
        {
            // The next start cuts the torn end off.
            LogFault(_folder.Info.Name, e.Message);
        }
    }

    private async Task HandOnAsync(List<Waiting> batch, List<StoredFlow> stored)
    {
        foreach (var flow in stored)
        {
            await _committed(flow, CancellationToken.None);
        }

        foreach (var waiting in batch)
        {
            waiting.Memory?.Dispose();
            if (_fault is { } fault)
            {
                waiting.Flow?.Dispose();
                waiting.Written?.SetException(new IOException(fault));
            }
            else
            {
                waiting.Written?.SetResult();
            }
        }
    }

    private async Task JournalOpeningAsync(RecoveredState state)
    {
        if (state.Segment == 0)
        {
            await RecordAsync(JournalKinds.CaseCreated, JsonSerializer.SerializeToNode(_folder.Info, CaseJson.Default.CaseInfo)!, CancellationToken.None);
        }

        foreach (var (file, bytes) in state.CutOff)
        {
            await RecordAsync(JournalKinds.Recovered, new JsonObject { ["file"] = file, ["bytes"] = bytes }, CancellationToken.None);
        }
    }

    private void ThrowIfFaulted()
    {
        if (_fault is { } fault)
        {
            throw new IOException(fault);
        }
    }

    [LoggerMessage(2001, LogLevel.Critical, "The evidence of case {Case} can't be written any more: {Reason}")]
    private partial void LogFault(string @case, string reason);

    /// <summary>What waits in the queue: a flow, an entry, or only somebody who wants to know.</summary>
    private sealed record Waiting(FlowRecord? Flow, JournalEntry? Entry, RateLimitLease? Memory, TaskCompletionSource? Written);
}
