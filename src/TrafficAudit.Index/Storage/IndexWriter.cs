using System.Collections.Concurrent;
using System.Threading.Channels;

namespace TrafficAudit.Index.Storage;

/// <summary>
/// The one owner of the index files: a single loop takes what is to be done in order. Flows wait in memory until a batch is full or
/// has waited long enough, and are read from there until they are written.
/// </summary>
internal sealed class IndexWriter : IAsyncDisposable
{
    private readonly IDocumentStore _store;
    private readonly int _batchSize;
    private readonly TimeSpan _delay;
    private readonly ITimer _timer;
    private readonly Task _loop;

    // Any thread. The queue itself is unbounded: flows need room first and wait for it; everything else is awaited by who asks.
    private readonly Channel<Work> _queue = Channel.CreateUnbounded<Work>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<long, AddWork> _waiting = new();
    private readonly SemaphoreSlim _room;

    // The loop alone.
    private readonly Dictionary<long, AddWork> _batch = [];
    private readonly List<AddWork> _taken = [];
    private SegmentEntry? _batchEntry;
    private int _covers;
    private bool _armed;
    private long _evidenceLength;

    public IndexWriter(IDocumentStore store, int batchSize, int room, TimeSpan delay, TimeProvider clock)
    {
        _store = store;
        _batchSize = batchSize;
        _delay = delay;
        _room = new SemaphoreSlim(room, room);
        _timer = clock.CreateTimer(_ => _queue.Writer.TryWrite(new FlushWork(null)), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Waits until there is room for a flow or a cover; who got room hands one over.</summary>
    public Task WaitForRoomAsync(CancellationToken cancellation) => _room.WaitAsync(cancellation);

    /// <summary>Gives back room that was not used after all.</summary>
    public void LeaveRoom() => _room.Release();

    /// <summary>Hands over a flow. The order of calls is the order of writing.</summary>
    /// <exception cref="ObjectDisposedException">The index is closed.</exception>
    public void Add(AddWork work)
    {
        _waiting[work.Document.Number] = work;
        Enqueue(work);
    }

    /// <inheritdoc cref="Add"/>
    public void Cover(CoverWork work) => Enqueue(work);

    public Task FlushAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(new FlushWork(done));
        return done.Task;
    }

    public Task ResetAsync(IReadOnlyList<SegmentEntry> entries)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(new ResetWork(entries, done));
        return done.Task;
    }

    /// <summary>Reads documents of a segment; null for each that is not to be had.</summary>
    public async ValueTask<FlowDocument?[]> ReadAsync(SegmentEntry entry, IReadOnlyList<long> numbers)
    {
        var documents = new FlowDocument?[numbers.Count];
        var missing = new List<int>();
        for (var i = 0; i < numbers.Count; i++)
        {
            documents[i] = _waiting.TryGetValue(numbers[i], out var work) && work.Entry == entry ? work.Document : null;
            if (documents[i] is null)
            {
                missing.Add(i);
            }
        }

        if (missing.Count > 0)
        {
            var done = new TaskCompletionSource<FlowDocument?[]>(TaskCreationOptions.RunContinuationsAsynchronously);
            Enqueue(new ReadWork(entry, [.. missing.Select(i => numbers[i])], done));
            var read = await done.Task;
            for (var i = 0; i < read.Length; i++)
            {
                documents[missing[i]] = read[i];
            }
        }

        return documents;
    }

    /// <summary>Does what is left to do and ends. The files stay open for <see cref="IDocumentStore.Close"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
        await _timer.DisposeAsync();
    }

    private void Enqueue(Work work) => ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(work), this);

    private async Task RunAsync()
    {
        await foreach (var work in _queue.Reader.ReadAllAsync())
        {
            switch (work)
            {
                case AddWork add:
                    Take(add.Entry);
                    _batch[add.Document.Number] = add with { Replaces = add.Replaces || _batch.ContainsKey(add.Document.Number) };
                    _taken.Add(add);
                    break;
                case CoverWork cover:
                    Take(cover.Entry);
                    _evidenceLength = cover.EvidenceLength;
                    _covers++;
                    break;
                case ReadWork read:
                    read.Done.SetResult(_store.Read(read.Entry, read.Numbers));
                    Arm();
                    break;
                case FlushWork flush:
                    Flush(flush);
                    break;
                case ResetWork reset:
                    Reset(reset);
                    break;
                default:
                    throw new InvalidOperationException($"unknown work {work.GetType().Name}");
            }

            if (_taken.Count + _covers >= _batchSize)
            {
                Commit();
            }
        }

        Commit();
    }

    private void Flush(FlushWork flush)
    {
        Commit();
        if (flush.Done is null)
        {
            // By the timer.
            _armed = false;
            _store.CloseReading();
        }
        else
        {
            _store.Flush();
            flush.Done.SetResult();
        }
    }

    /// <summary>Makes the batch one of this segment.</summary>
    private void Take(SegmentEntry entry)
    {
        if (_batchEntry != entry)
        {
            Commit();
            _batchEntry = entry;
            _evidenceLength = entry.File?.EvidenceLength ?? 0;
            Arm();
        }
    }

    private void Arm()
    {
        if (!_armed)
        {
            _armed = true;
            _timer.Change(_delay, Timeout.InfiniteTimeSpan);
        }
    }

    private void Commit()
    {
        if (_batchEntry is { } entry)
        {
            long[] replaced = [.. _batch.Values.Where(w => w.Replaces).Select(w => w.Document.Number)];
            _store.Write(entry, [.. _batch.Values.Select(w => w.Document)], replaced, _evidenceLength);
            Drop();
        }
    }

    /// <summary>Forgets the batch: it was written, or is not wanted.</summary>
    private void Drop()
    {
        foreach (var work in _taken)
        {
            // Only this very work: a newer one for the same number may be waiting.
            _waiting.TryRemove(KeyValuePair.Create(work.Document.Number, work));
        }

        _batchEntry?.Wrote(_taken.Count + _covers);
        _room.Release(_taken.Count + _covers);
        _batch.Clear();
        _taken.Clear();
        _covers = 0;
        _batchEntry = null;
    }

    private void Reset(ResetWork reset)
    {
        if (_batchEntry is { } entry && reset.Entries.Contains(entry))
        {
            Drop();
        }

        foreach (var gone in reset.Entries)
        {
            // A query that began before may still ask for it: it must not touch the files that come after.
            gone.Lose();
            _store.Delete(gone.Segment);
        }

        reset.Done.SetResult();
    }
}
