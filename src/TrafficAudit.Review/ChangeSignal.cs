using System.Runtime.CompilerServices;

namespace TrafficAudit.Review;

/// <summary>
/// Tells any number of watchers that something changed, without queues: a watcher that is busy finds one signal waiting,
/// however often it was raised. Any thread may use it.
/// </summary>
public sealed class ChangeSignal
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _waiting;
    private long _version;

    /// <summary>Something changed. Costs a counter when nobody waits.</summary>
    public void Raise()
    {
        TaskCompletionSource? waiting;
        lock (_lock)
        {
            _version++;
            waiting = _waiting;
            _waiting = null;
        }

        waiting?.SetResult();
    }

    /// <summary>Yields at once, then after every change or burst of changes, until cancelled.</summary>
    /// <exception cref="OperationCanceledException">The watch was cancelled.</exception>
    public async IAsyncEnumerable<long> WatchAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var seen = -1L;
        while (true)
        {
            Task? change = null;
            lock (_lock)
            {
                if (_version == seen)
                {
                    change = (_waiting ??= NewWait()).Task;
                }
                else
                {
                    seen = _version;
                }
            }

            if (change is null)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return seen;
            }
            else
            {
                await change.WaitAsync(cancellation);
            }
        }
    }

    private static TaskCompletionSource NewWait() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
