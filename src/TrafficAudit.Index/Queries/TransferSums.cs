using System.Runtime.InteropServices;
using TrafficAudit.Index.Columns;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;

namespace TrafficAudit.Index.Queries;

/// <summary>Adds transfers up by country or recipient, from the same findings as <see cref="TransferTable"/>; a flow with several items counts once.</summary>
internal static class TransferSums
{
    public static IReadOnlyList<TransferSum> Of(IReadOnlyList<SegmentSnapshot> segments, FlowFilter filter, TransferGrouping by)
    {
        // Nobody's country stands for all of them that are unknown; no country's code is empty.
        var groups = new Dictionary<string, SumGroup>(StringComparer.Ordinal);
        var known = segments.Select(_ => new Dictionary<int, SumGroup>()).ToArray();
        using var cursor = FlowCursor.Ascending(segments, long.MinValue, judgesTransfers: true);
        while (cursor.MoveNext(filter))
        {
            ref readonly var row = ref cursor.Row;
            if (row.FindingCount == 0 || !Readings.IsDelivered(cursor.Failure, cursor.IsConnected))
            {
                continue;
            }

            var choice = filter.Choose(cursor, all: false);
            SumGroup? group = null;
            for (var i = row.FindingStart; i < row.FindingStart + row.FindingCount; i++)
            {
                ref readonly var finding = ref cursor.Segment.Finding(i);
                if (TransferTable.TakesPart(finding) && choice.Includes(cursor.Facts(finding)))
                {
                    group ??= GroupOf(cursor.Segment.Table.Endpoints[row.Endpoint], row.Endpoint, groups, known[cursor.SegmentIndex], by);
                    group.Add(row, cursor.Segment.Text(finding.Item));
                }
            }
        }

        return [.. groups.Values.Select(g => g.ToSum()).OrderByDescending(s => s.Flows).ThenBy(s => s.Name is null).ThenBy(s => s.Name, StringComparer.Ordinal)];
    }

    private static SumGroup GroupOf(
        Endpoint to, int number, Dictionary<string, SumGroup> groups, Dictionary<int, SumGroup> known, TransferGrouping by)
    {
        if (known.TryGetValue(number, out var group))
        {
            return group;
        }

        var (name, other) = by == TransferGrouping.Country ? (to.Country, to.Recipient) : (to.Recipient, to.Country);
        ref var found = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, name ?? "", out _);
        found ??= new SumGroup(name);
        found.Add(other, to.Grade);
        known.Add(number, found);
        return found;
    }

    /// <summary>One sum while it is being gathered; flows come in order of their numbers.</summary>
    private sealed class SumGroup(string? name)
    {
        private readonly SortedSet<string> _items = new(StringComparer.Ordinal);
        private readonly SortedSet<string> _others = new(StringComparer.Ordinal);
        private CountryGrade _grade = CountryGrade.Confirmed;
        private string? _lastItem;
        private long _lastFlow = long.MinValue;
        private long _flows;
        private long _bytesSent;
        private long _first = long.MaxValue;
        private long _last = long.MinValue;

        public void Add(string? other, CountryGrade grade)
        {
            _grade = TransferGroup.Weaker(_grade, grade);
            if (other is not null)
            {
                _others.Add(other);
            }
        }

        public void Add(in FlowRow row, string item)
        {
            if (!ReferenceEquals(_lastItem, item))
            {
                _items.Add(item);
                _lastItem = item;
            }

            if (row.Number == _lastFlow)
            {
                return;
            }

            _lastFlow = row.Number;
            _flows++;
            _bytesSent += row.BytesSent;
            _first = Math.Min(_first, row.Time);
            _last = Math.Max(_last, row.Time);
        }

        public TransferSum ToSum() => new(
            name, [.. _items], [.. _others], _flows, _bytesSent, new DateTimeOffset(_first, TimeSpan.Zero), new DateTimeOffset(_last, TimeSpan.Zero), _grade);
    }
}
