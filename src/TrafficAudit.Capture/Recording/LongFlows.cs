using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;

namespace TrafficAudit.Capture.Recording;

/// <summary>
/// Flows that last: once one is older than <see cref="After"/>, that it is under way is recorded. Were the program killed then, the
/// evidence would still have the flow.
/// </summary>
internal sealed class LongFlows(TimeProvider time) : BackgroundService
{
    /// <summary>How long a flow may last before it is recorded that it does.</summary>
    public static readonly TimeSpan After = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<Opening, bool> _underWay = new();

    /// <summary>A flow has begun; whoever began it ends what this gives.</summary>
    /// <param name="started">When.</param>
    /// <param name="record">Records what is known of it so far.</param>
    public Opening Begin(DateTimeOffset started, Func<ValueTask<bool>> record)
    {
        var opening = new Opening(record, started, Forget);
        _underWay.TryAdd(opening, false);
        return opening;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RecordAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // The recording ends; what is under way is recorded as interrupted.
            return;
        }
    }

    private async Task RecordAsync()
    {
        var before = time.GetUtcNow() - After;
        var recorded = new List<Task>();
        foreach (var (opening, _) in _underWay)
        {
            if (opening.Started <= before)
            {
                Forget(opening);
                recorded.Add(opening.RecordAsync().AsTask());
            }
        }

        await Task.WhenAll(recorded);
    }

    private void Forget(Opening opening) => _underWay.TryRemove(opening, out _);
}
