using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Erasing;
using TrafficAudit.Evidence.Recording;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence;

/// <summary>
/// The one writer of a case. Flows and journal entries wait in one bounded queue; a single loop writes what waits, brings it to the disk,
/// and only then hands each flow on. When the queue is full its senders wait; nothing is ever dropped. After a fault nothing more is
/// written: whoever waits or comes gets an <see cref="IOException"/>.
/// </summary>
public sealed partial class EvidenceWriter : IFlowSink, IAsyncDisposable
{
    private const int BatchFlows = 512;

    private readonly WaitingQueue _queue;
    private readonly string _case;
    private readonly CaseLock _lock;
    private readonly Func<StoredFlow, CancellationToken, ValueTask> _committed;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly FlowNumbers _numbers;
    private readonly SemaphoreSlim _sealing = new(1, 1);
    private readonly Task _loop;
    private bool _closed;

    // Touched by the writing loop alone.
    private readonly EvidenceAppender _appender;
    private readonly List<Waiting> _batch = new(BatchFlows);
    private readonly List<StoredFlow> _stored = new(BatchFlows);

    private EvidenceWriter(
        string @case, CaseLock caseLock, EvidenceOptions options, Func<StoredFlow, CancellationToken, ValueTask> committed, TimeProvider time,
        ILogger logger, EvidenceAppender appender)
    {
        _case = @case;
        _lock = caseLock;
        _committed = committed;
        _time = time;
        _logger = logger;
        _appender = appender;
        _numbers = appender.Numbers;
        _queue = new WaitingQueue(options);
        _loop = Task.Run(WriteAsync);
    }

    /// <summary>How many flows and journal entries wait to be written at this moment.</summary>
    public int Waiting => _queue.Count;

    /// <summary>Locks the case, mends a torn end, and starts writing.</summary>
    /// <param name="folder">The case.</param>
    /// <param name="options">How to write.</param>
    /// <param name="committed">
    /// Called for each flow in order once it is on disk; owns the flow from then on. While it waits, writing waits, so it must not wait for
    /// this writer itself. When it throws, the writer is at fault.
    /// </param>
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
        if (options.WaitingFlows < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.WaitingFlows, "At least one flow must be able to wait");
        }

        var caseLock = CaseLock.Take(folder);
        try
        {
            if (!options.FinishesErasure)
            {
                PendingErasure.ThrowIfIn(folder);
            }

            PrepareSpool(folder);
            void Lost(string reason) => LogLostBody(logger, folder.Info.Name, reason);
            var appender = await Task.Run(() => EvidenceAppender.Open(folder, options, time, Lost), cancellation);
            return new EvidenceWriter(folder.Info.Name, caseLock, options, committed, time, logger, appender);
        }
        catch (Exception e)
        {
            caseLock.Dispose();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw CaseLock.Unwritable(folder, e);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public long TakeNumber() => _numbers.Take();

    /// <summary>
    /// Hands over a finished flow and its ownership; when it throws, the flow stays with the caller. Completes when the flow is queued, and
    /// waits while the queue is full.
    /// </summary>
    /// <exception cref="IOException">The evidence can't be written any more (disk full, folder gone), or the recording has ended.</exception>
    public async ValueTask RecordAsync(FlowRecord flow, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(flow);
        await _queue.AddAsync(new Waiting { Flow = flow }, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask OpenAsync(FlowRecord opening, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(opening);
        await _queue.AddAsync(new Waiting { Opening = opening }, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask AppendAsync(long number, IReadOnlyList<WebSocketMessage> messages, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (messages.Count > 0)
        {
            await _queue.AddAsync(new Waiting { Messages = new MessageBatch(number, messages) }, cancellation);
        }
    }

    /// <summary>Writes a journal entry; completes when it is on disk and what lay before it is handed on.</summary>
    /// <exception cref="IOException">The evidence can't be written, or the recording has ended.</exception>
    public Task RecordAsync(JournalEntry entry, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Content.ValueKind == JsonValueKind.Undefined)
        {
            throw new ArgumentException("A journal entry has content", nameof(entry));
        }

        return _queue.AddAndWaitAsync(entry, cancellation);
    }

    /// <summary>Writes a journal entry of <paramref name="kind"/> with the time of now.</summary>
    /// <exception cref="IOException">The evidence can't be written, or the recording has ended.</exception>
    public Task RecordAsync(string kind, JsonNode content, CancellationToken cancellation) =>
        RecordAsync(new JournalEntry(kind, _time.GetUtcNow(), JsonSerializer.SerializeToElement(content)), cancellation);

    /// <summary>Completes when everything that was handed over before is on disk and handed on.</summary>
    /// <exception cref="IOException">The evidence can't be written, or the recording has ended.</exception>
    public Task FlushAsync(CancellationToken cancellation) => _queue.AddAndWaitAsync(null, cancellation);

    /// <summary>Seals what was handed over before; recording goes on meanwhile.</summary>
    /// <exception cref="IOException">The evidence can't be written, or the recording has ended.</exception>
    public async Task<SealOutcome> SealAsync(CaseSealer sealer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sealer);
        await _sealing.WaitAsync(cancellation);
        try
        {
            await RecordAsync(sealer.Announce(), cancellation);
            return await sealer.CompleteAsync(cancellation);
        }
        finally
        {
            _sealing.Release();
        }
    }

    /// <summary>Writes what is queued, closes the segment, seals the case, and gives it back: nothing comes after the seal.</summary>
    /// <exception cref="IOException">The evidence, or the seal, can't be written; the case is given back all the same.</exception>
    public async Task<SealOutcome> CloseAsync(CaseSealer sealer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sealer);
        await _sealing.WaitAsync(cancellation);
        try
        {
            await EndAsync(sealer.Announce());
            _queue.ThrowIfFaulted();
            return await sealer.CompleteAsync(cancellation);
        }
        finally
        {
            _sealing.Release();
            await DisposeAsync();
        }
    }

    /// <summary>
    /// Writes what is queued, closes the segment and gives the case back. Who still waits for the queue gets an <see cref="IOException"/>.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await EndAsync(null);
        _appender.Dispose();
        _queue.Dispose();
        _lock.Dispose();
    }

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
        while (await _queue.WaitAsync())
        {
            _batch.Clear();
            _stored.Clear();
            _queue.TakeInto(_batch, BatchFlows);
            if (_queue.Fault is null && TryWrite())
            {
                await HandOnAsync();
            }
            else
            {
                _batch.ForEach(w => Discard(w.Flow));
            }

            _batch.ForEach(_queue.Settle);
        }
    }

    /// <summary>Writes a batch and brings it to the disk, or takes all of it back.</summary>
    private bool TryWrite()
    {
        try
        {
            foreach (var waiting in _batch)
            {
                if (waiting.Entry is { } entry)
                {
                    _appender.Append(entry);
                }
                else if (waiting.Opening is { } opening)
                {
                    _appender.Open(opening);
                }
                else if (waiting.Messages is { } batch)
                {
                    _appender.Append(batch);
                }
                else if (waiting.Flow is { } flow)
                {
                    _stored.Add(_appender.Append(flow));
                }
            }

            _appender.Commit();
            return true;
        }
        catch (Exception e)
        {
            // Whatever it is: without evidence nothing may go on as if there were any.
            Fail($"The evidence of case {_case} can't be written ({Reason(e)}); "
                + "check the disk's free space and the folder's rights, and start again");
            TakeBack();
            return false;
        }
    }

    private void TakeBack()
    {
        try
        {
            _appender.TakeBack();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start cuts the torn end off.
            LogFault(_case, e.Message);
        }
    }

    private async Task HandOnAsync()
    {
        foreach (var flow in _stored)
        {
            if (_queue.Fault is not null)
            {
                Discard(flow.Flow);
                continue;
            }

            try
            {
                await _committed(flow, CancellationToken.None);
            }
            catch (Exception e)
            {
                Fail($"What was recorded of case {_case} can't be worked on ({Reason(e)}); it is kept, start again");
            }
        }
    }

    private async Task EndAsync(JournalEntry? last)
    {
        _queue.Complete();
        await _loop;
        Close(last);
    }

    private void Close(JournalEntry? last)
    {
        if (_queue.Fault is not null || _closed)
        {
            return;
        }

        _closed = true;
        try
        {
            _appender.Close(last);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Everything that was handed over is on disk; only numbers are not given back, and nothing is sealed.
            Fail($"The evidence of case {_case} can't be closed ({e.Message}); check the disk's free space and the folder's rights");
            TakeBack();
        }
    }

    private void Discard(FlowRecord? flow)
    {
        try
        {
            flow?.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next start empties the spool folder.
            LogFault(_case, e.Message);
        }
    }

    private void Fail(string fault)
    {
        _queue.Fail(fault);
        LogFault(_case, fault);
    }

    /// <summary>Messages of the file system name files; others could hold what was captured.</summary>
    private static string Reason(Exception e) => e is IOException or UnauthorizedAccessException ? e.Message : e.GetType().Name;

    [LoggerMessage(2001, LogLevel.Critical, "Recording of case {Case} is at fault: {Reason}")]
    private partial void LogFault(string @case, string reason);

    [LoggerMessage(2002, LogLevel.Error, "A body of case {Case} could not be kept whole: {Reason}")]
    private static partial void LogLostBody(ILogger logger, string @case, string reason);
}
