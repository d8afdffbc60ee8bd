using System.Runtime.CompilerServices;
using TrafficAudit.Index;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Review;
using TrafficAudit.Searching;

namespace TrafficAudit.Running;

/// <summary>Tells a watcher which flows come that a filter lets through, one that looks into content included.</summary>
internal sealed class FlowEvents(ICaseIndex index, ContentSearch search, SessionLabels labels)
{
    /// <summary>Watches, until cancelled or until the index is closed.</summary>
    /// <param name="filter">Which flows.</param>
    /// <param name="after">First those that are there already with a higher number; null for none of them.</param>
    /// <param name="cancellation">Ends the watch.</param>
    public async IAsyncEnumerable<FlowEvent> WatchAsync(FlowFilter filter, long? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var change in index.WatchAsync(cancellation))
        {
            if (change.Flow is { } number)
            {
                if (await FindAsync(number, filter, cancellation) is { } flow)
                {
                    yield return flow;
                }
            }
            else if (change.Missed > 0)
            {
                yield return new FlowEvent(null, change.Missed);
            }
            else if (after is { } last)
            {
                // The watch has begun: what comes meanwhile is told twice rather than not at all.
                after = null;
                foreach (var known in index.Ascending(filter.Possible, last))
                {
                    if (await FindAsync(known.Number, filter, cancellation) is { } flow)
                    {
                        yield return flow;
                    }
                }
            }
        }
    }

    private async Task<FlowEvent?> FindAsync(long number, FlowFilter filter, CancellationToken cancellation) =>
        await search.FindAsync(number, filter, cancellation) is not null && index.Listed([number]) is [var flow]
            ? new FlowEvent(new Review.FlowRow(flow.Flow, flow.Items, [], labels.Of(flow.Flow.Session)), 0)
            : null;
}
