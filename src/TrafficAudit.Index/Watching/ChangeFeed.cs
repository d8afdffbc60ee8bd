using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace TrafficAudit.Index.Watching;

/// <summary>Tells watchers of changes without ever waiting for one.</summary>
internal sealed class ChangeFeed
{
    private ImmutableList<Watcher> _watchers = [];
    private volatile bool _closed;

    public void Publish(IndexChange change)
    {
        foreach (var watcher in Volatile.Read(ref _watchers))
        {
            watcher.Offer(change);
        }
    }

    public void Close()
    {
        _closed = true;
        foreach (var watcher in Volatile.Read(ref _watchers))
        {
            watcher.Close();
        }
    }

    /// <summary>Changes from now on; the first is always <see cref="IndexChange.Refresh"/>, said once nothing can be missed any more.</summary>
    public async IAsyncEnumerable<IndexChange> WatchAsync(int capacity, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var watcher = new Watcher(capacity);
        ImmutableInterlocked.Update(ref _watchers, list => list.Add(watcher));
        if (_closed)
        {
            watcher.Close();
        }

        try
        {
            yield return IndexChange.Refresh(0);
            await foreach (var change in watcher.ReadAsync(cancellation))
            {
                yield return change;
            }
        }
        finally
        {
            ImmutableInterlocked.Update(ref _watchers, list => list.Remove(watcher));
        }
    }

    private sealed class Watcher(int capacity)
    {
        // A full queue drops the change and counts it; the watcher is told to look at everything again.
        private readonly Channel<IndexChange> _queue =
            Channel.CreateBounded<IndexChange>(new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

        private int _missed;

        public void Offer(IndexChange change)
        {
            if (!_queue.Writer.TryWrite(change))
            {
                Interlocked.Increment(ref _missed);

                // The watcher may have emptied the queue just before the count rose; then only this wakes it. If the queue is still
                // full, it has something to read and sees the count then.
                _queue.Writer.TryWrite(IndexChange.Refresh(0));
            }
        }

        public void Close() => _queue.Writer.TryComplete();

        public async IAsyncEnumerable<IndexChange> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            await foreach (var change in _queue.Reader.ReadAllAsync(cancellation))
            {
                var missed = Interlocked.Exchange(ref _missed, 0);
                if (missed > 0)
                {
                    yield return IndexChange.Refresh(missed);
                }

                if (change.Flow is not null || missed == 0)
                {
                    yield return change;
                }
            }
        }
    }
}
