using TrafficAudit.Index.Columns;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Index.Storage;
using TrafficAudit.Model;

namespace TrafficAudit.Index.Queries;

/// <summary>All flows as they were when it was taken: what is asked of the columns, and nothing that needs a file.</summary>
internal sealed class CaseSnapshot(IReadOnlyList<SegmentEntry> entries)
{
    private readonly SegmentSnapshot[] _segments = [.. entries.Select(e => e.Table.Snapshot)];

    public IndexCounters Counters
    {
        get
        {
            var (flows, findings, failures) = (0L, 0L, 0L);
            foreach (var segment in _segments)
            {
                flows += segment.Totals.Flows;
                findings += segment.Totals.Findings;
                failures += segment.Totals.Failures;
            }

            return new IndexCounters(flows, findings, failures);
        }
    }

    public FlowPage Page(FlowFilter filter, long? before, int limit)
    {
        var flows = new List<FlowSummary>();
        using var cursor = FlowCursor.Descending(_segments, before ?? long.MaxValue);
        while (cursor.MoveNext(filter))
        {
            if (flows.Count == limit)
            {
                return new FlowPage(flows, flows[^1].Number);
            }

            flows.Add(cursor.Summary);
        }

        return new FlowPage(flows, Next: null);
    }

    public IEnumerable<FlowSummary> Ascending(FlowFilter filter, long after)
    {
        using var cursor = FlowCursor.Ascending(_segments, after);
        while (cursor.MoveNext(filter))
        {
            yield return cursor.Summary;
        }
    }

    /// <summary>The numbers of the flows that a filter lets through, ascending.</summary>
    public IEnumerable<long> Numbers(FlowFilter filter)
    {
        using var cursor = FlowCursor.Ascending(_segments, after: 0);
        while (cursor.MoveNext(filter))
        {
            yield return cursor.Number;
        }
    }

    /// <summary>Whether there is a flow of the number that a filter lets through.</summary>
    public bool Matches(long number, FlowFilter filter) => Find(number, filter) is not null;

    /// <summary>The flow of the number, if a filter lets it through.</summary>
    public FlowSummary? Find(long number, FlowFilter filter)
    {
        using var cursor = FlowCursor.Resting(_segments);
        return cursor.MoveTo(number) && filter.Matches(cursor, all: false) ? cursor.Summary : null;
    }

    /// <summary>Flows by their numbers, in the opposite order.</summary>
    public IReadOnlyList<ListedFlow> Listed(IReadOnlyList<long> numbers)
    {
        var flows = new List<ListedFlow>(numbers.Count);
        using var cursor = FlowCursor.Resting(_segments);
        for (var i = numbers.Count - 1; i >= 0; i--)
        {
            if (cursor.MoveTo(numbers[i]))
            {
                flows.Add(new ListedFlow(cursor.Summary, cursor.Items()));
            }
        }

        return flows;
    }

    /// <summary>Flows that have findings, in order of number, whose they are, and which of their findings are meant.</summary>
    public IEnumerable<(SegmentEntry Entry, FlowSummary Flow, FindingChoice Choice)> WithFindings(FlowFilter filter, bool all)
    {
        using var cursor = FlowCursor.Ascending(_segments, after: 0);
        while (cursor.MoveNext(filter, all))
        {
            if (cursor.Row.FindingCount > 0)
            {
                yield return (entries[cursor.SegmentIndex], cursor.Summary, filter.Choose(cursor, all));
            }
        }
    }

    public IReadOnlyList<Transfer> Transfers(FlowFilter filter) => TransferTable.Of(_segments, filter);

    public IReadOnlyList<TransferSum> TransferSums(FlowFilter filter, TransferGrouping by) => Queries.TransferSums.Of(_segments, filter, by);

    public IReadOnlyList<SessionExtent> Sessions() => SessionTable.Of(_segments);

    public Timeline? Timeline(string session, FlowFilter filter, Func<string, string> groupOf, int slices) =>
        TimelineTable.Of(_segments, session, filter, groupOf, slices);

    public IReadOnlyList<OccurringValue> Occurring(FilterColumn column, string pattern, int limit) => ValueTable.Of(_segments, column, pattern, limit);

    public Coverage Coverage(FlowFilter filter) => CoverageTable.Of(_segments, filter);

    public (SegmentEntry Entry, SegmentSnapshot Segment, int Row)? Locate(long number)
    {
        for (var i = _segments.Length - 1; i >= 0; i--)
        {
            if (_segments[i].Find(number) is >= 0 and var row)
            {
                return (entries[i], _segments[i], row);
            }
        }

        return null;
    }
}
