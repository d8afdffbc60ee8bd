namespace TrafficAudit.Evidence.Recording;

/// <summary>
/// Gives flow numbers. A block of them is journalled before its first one is given and the next when half of it is used, so that a
/// number that was shown is never given again, whatever happens to its flow.
/// </summary>
internal sealed class FlowNumbers(long last)
{
    /// <summary>How many numbers are journalled ahead.</summary>
    public const int Block = 100_000;

    private long _last = last;
    private long _journalled;

    /// <summary>The writing loop alone asks and journals.</summary>
    public bool NeedsBlock => Last + (Block / 2) > _journalled;

    public long Last => Volatile.Read(ref _last);

    public long Take() => Interlocked.Increment(ref _last);

    /// <summary>The end of the next block, to be journalled at once.</summary>
    public long NextBlock() => _journalled = Last + Block;
}
