using System.Security.Cryptography;

namespace TrafficAudit.Review;

/// <summary>
/// The numbers of the flows that were added or have changed, in the order in which they did: the last of them, in a ring that any number of readers read at
/// their own speed. A slow one finds that it missed some, and how many; it never holds anything up. Any thread may use it.
/// </summary>
public sealed class FlowFeed
{
    private const int RunDigits = 12;

    /// <summary>Half a minute of full load; half a mebibyte.</summary>
    private const int Kept = 65_536;

    private readonly Lock _lock = new();
    private readonly long[] _ring;
    private long _count;
    private TaskCompletionSource? _waiting;

    /// <summary>A feed that keeps as many numbers as half a minute of full load brings.</summary>
    public FlowFeed()
        : this(Kept)
    {
    }

    /// <summary>A feed that keeps so many numbers.</summary>
    internal FlowFeed(int kept) => _ring = new long[kept];

    /// <summary>Tells the places of this feed from those of others, which a client may remember.</summary>
    public string Run { get; } = RandomNumberGenerator.GetHexString(RunDigits, lowercase: true);

    /// <summary>How many numbers came so far: the place at the end.</summary>
    public long Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    /// <summary>A flow was added, or has changed.</summary>
    public void Add(long flow)
    {
        TaskCompletionSource? waiting;
        lock (_lock)
        {
            _ring[_count++ % _ring.Length] = flow;
            waiting = _waiting;
            _waiting = null;
        }

        waiting?.SetResult();
    }

    /// <summary>What came behind a place.</summary>
    /// <param name="place">How many numbers the reader has had, from 0 to <see cref="Count"/>.</param>
    /// <param name="most">How many numbers to give at most.</param>
    /// <returns>How many are no longer kept, and the ones that follow on those.</returns>
    public (long Missed, IReadOnlyList<long> Flows) Read(long place, int most)
    {
        lock (_lock)
        {
            var begin = Math.Max(place, _count - _ring.Length);
            var flows = new long[Math.Min(most, _count - begin)];
            for (var i = 0; i < flows.Length; i++)
            {
                flows[i] = _ring[(begin + i) % _ring.Length];
            }

            return (begin - place, flows);
        }
    }

    /// <summary>Completes when there is something behind a place.</summary>
    public Task WaitBeyondAsync(long place)
    {
        lock (_lock)
        {
            return _count > place ? Task.CompletedTask : (_waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
