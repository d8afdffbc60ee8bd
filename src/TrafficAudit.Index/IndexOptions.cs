namespace TrafficAudit.Index;

/// <summary>Settings of <see cref="LiteDbCaseIndex"/>; the defaults are meant for use.</summary>
public sealed record IndexOptions
{
    /// <summary>How long a flow may wait until it is written. From 10 ms to 1 minute; default 1 s.</summary>
    public TimeSpan WriteDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How many flows are written at once: from 1 to 10,000, default 1,000. LiteDB 5.0.20 was measured at 1,270 flows/s one by one and 22,000
    /// from 500 on.
    /// </summary>
    public int BatchSize { get; init; } = 1000;

    /// <summary>How many changes a slow watcher may be behind before it misses some: from 1, default 1,024.</summary>
    public int WatchCapacity { get; init; } = 1024;

    /// <summary>The clock for <see cref="WriteDelay"/>.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How many flows may wait to be written before <see cref="ICaseIndex.AddAsync"/> waits too.</summary>
    internal int Room => BatchSize * 4;

    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    internal static void Check(IndexOptions options)
    {
        var fault = options switch
        {
            _ when options.WriteDelay < TimeSpan.FromMilliseconds(10) || options.WriteDelay > TimeSpan.FromMinutes(1) =>
                "WriteDelay is from 10 ms to 1 minute",
            { BatchSize: < 1 or > 10_000 } => "BatchSize is from 1 to 10,000",
            { WatchCapacity: < 1 } => "WatchCapacity is from 1",
            _ => null,
        };
        if (fault is not null)
        {
            throw new ArgumentOutOfRangeException(nameof(options), fault);
        }
    }
}
