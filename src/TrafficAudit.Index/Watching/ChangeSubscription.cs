using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace TrafficAudit.Index.Watching;

/// <summary>One watcher's changes, in a queue that never holds up whoever makes them: a full one drops the change and counts it.</summary>
internal sealed class ChangeSubscription(int capacity, Action<ChangeSubscription> ended) : IDisposable
{
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

    /// <summary>Changes as they happen, until the feed is closed.</summary>
    public async IAsyncEnumerable<IndexChange> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var change in _queue.Reader.ReadAllAsync(cancellation))
        {
            foreach (var told in WithMissed(change))
            {
                yield return told;
            }
        }
    }

    /// <summary>The changes that wait at this moment.</summary>
    public IEnumerable<IndexChange> Take()
    {
        while (_queue.Reader.TryRead(out var change))
        {
            foreach (var told in WithMissed(change))
            {
                yield return told;
            }
        }
    }

    public void Dispose() => ended(this);

    private IEnumerable<IndexChange> WithMissed(IndexChange change)
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
