namespace TrafficAudit.Setup;

/// <summary>How fast the evidence of a recording grows, on the average since it began.</summary>
/// <param name="bytes">The evidence when it began.</param>
/// <param name="time">The clock.</param>
internal sealed class GrowthRate(long bytes, TimeProvider time)
{
    /// <summary>Nothing can be said of a shorter time.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);

    /// <summary>What lasts longer has no end that anybody plans for.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    private readonly long _began = time.GetTimestamp();

    /// <summary>How long the room lasts at this rate; null when nothing has come, or too little time has gone.</summary>
    /// <param name="now">The evidence now, in bytes.</param>
    /// <param name="free">The room, in bytes.</param>
    public TimeSpan? Lasts(long now, long free)
    {
        var elapsed = time.GetElapsedTime(_began);
        if (now <= bytes || elapsed < Shortest)
        {
            return null;
        }

        var seconds = free / ((now - bytes) / elapsed.TotalSeconds);
        return seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Longest;
    }
}
