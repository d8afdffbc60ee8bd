using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace TrafficAudit.Index.Watching;

/// <summary>Tells watchers of changes without ever waiting for one.</summary>
internal sealed class ChangeFeed
{
    private ImmutableList<ChangeSubscription> _subscriptions = [];
    private volatile bool _closed;

    public void Publish(IndexChange change)
    {
        foreach (var subscription in Volatile.Read(ref _subscriptions))
        {
            subscription.Offer(change);
        }
    }

    public void Close()
    {
        _closed = true;
        foreach (var subscription in Volatile.Read(ref _subscriptions))
        {
            subscription.Close();
        }
    }

    /// <summary>Gets every change from now on.</summary>
    public ChangeSubscription Subscribe(int capacity)
    {
        var subscription = new ChangeSubscription(capacity, ended => ImmutableInterlocked.Update(ref _subscriptions, list => list.Remove(ended)));
        ImmutableInterlocked.Update(ref _subscriptions, list => list.Add(subscription));
        if (_closed)
        {
            subscription.Close();
        }

        return subscription;
    }

    /// <summary>Changes from now on; the first is always <see cref="IndexChange.Refresh"/>, said once nothing can be missed any more.</summary>
    public async IAsyncEnumerable<IndexChange> WatchAsync(int capacity, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var subscription = Subscribe(capacity);
        yield return IndexChange.Refresh(0);
        await foreach (var change in subscription.ReadAsync(cancellation))
        {
            yield return change;
        }
    }
}
