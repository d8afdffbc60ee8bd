using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrafficAudit.Index.Columns;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;

namespace TrafficAudit.Index.Queries;

/// <summary>What was found in a session over time, counted per slice: however much there is, what comes out is bounded.</summary>
internal static class TimelineTable
{
    /// <summary>More marks than this are neither drawn quickly nor told apart; slices get longer instead.</summary>
    private const int MostMarks = 1_000;

    /// <summary>How often phases may change before the last band takes in the rest.</summary>
    private const int MostBands = 200;

    /// <summary>Lengths of slices, in seconds, whose ends read well on a clock.</summary>
    private static readonly int[] Lengths = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200];

    /// <summary>Null when the session has no flows.</summary>
    public static Timeline? Of(IReadOnlyList<SegmentSnapshot> segments, string session, FlowFilter filter, Func<string, string> groupOf, int slices)
    {
        var bands = Bands(segments, session);
        if (bands.IsEmpty)
        {
            return null;
        }

        var (first, last) = (bands[0].From.UtcTicks, bands[^1].To.UtcTicks);
        var groups = new Dictionary<string, string>(StringComparer.Ordinal);
        while (true)
        {
            var slice = SliceFor(last - first, slices);
            var from = first - (first % slice);
            if (Marks(segments, session, filter, Group, from, slice, slices == 1 ? int.MaxValue : MostMarks) is { } marks)
            {
                return new Timeline(new DateTimeOffset(from, TimeSpan.Zero), TimeSpan.FromTicks(slice), (int)((last - from) / slice) + 1, bands, Ordered(marks));
            }

            slices = Math.Max(1, slices / 2);
        }

        string Group(string item)
        {
            ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, item, out _);
            return group ??= groupOf(item);
        }
    }

    private static long SliceFor(long ticks, int slices)
    {
        var least = (ticks / slices / TimeSpan.TicksPerSecond) + 1;
        var length = Array.Find(Lengths, l => l >= least);
        return TimeSpan.TicksPerSecond * (length > 0 ? length : (least + 86_399) / 86_400 * 86_400);
    }

    private static ImmutableArray<TimelineBand> Bands(IReadOnlyList<SegmentSnapshot> segments, string session)
    {
        var flows = new List<(long Time, string? Phase)>();
        using var cursor = FlowCursor.Ascending(segments, long.MinValue);
        while (cursor.MoveNext())
        {
            if (cursor.Session == session)
            {
                flows.Add((cursor.Row.Time, cursor.Phase));
            }
        }

        // A flow is in the phase in which it started, and its number is given when it is recorded: by time, phases do not mix. Most stand so already.
        flows.Sort(static (one, other) => one.Time.CompareTo(other.Time));
        var bands = ImmutableArray.CreateBuilder<TimelineBand>();
        for (var i = 0; i < flows.Count; i++)
        {
            var time = new DateTimeOffset(flows[i].Time, TimeSpan.Zero);
            if (bands.Count > 0)
            {
                bands[^1] = bands[^1] with { To = time };
            }

            if (bands.Count == 0 || (bands.Count < MostBands && bands[^1].Phase != flows[i].Phase))
            {
                bands.Add(new TimelineBand(flows[i].Phase, time, time));
            }
        }

        return bands.ToImmutable();
    }

    /// <summary>Null as soon as there are more than <paramref name="most"/>.</summary>
    private static Dictionary<(int Slice, string Group, string Country), MarkGroup>? Marks(
        IReadOnlyList<SegmentSnapshot> segments, string session, FlowFilter filter, Func<string, string> groupOf, long from, long slice, int most)
    {
        var marks = new Dictionary<(int, string, string), MarkGroup>();
        using var cursor = FlowCursor.Ascending(segments, long.MinValue);
        while (cursor.MoveNext())
        {
            ref readonly var row = ref cursor.Row;
            if (row.FindingCount == 0 || cursor.Session != session || !filter.Matches(cursor, all: false))
            {
                continue;
            }

            if (marks.Count > most)
            {
                return null;
            }

            var choice = filter.Choose(cursor, all: false);
            for (var i = row.FindingStart; i < row.FindingStart + row.FindingCount; i++)
            {
                ref readonly var finding = ref cursor.Segment.Finding(i);
                if (finding.IsCounted && choice.Includes(cursor.Facts(finding)))
                {
                    var item = cursor.Segment.Text(finding.Item);
                    ref var mark = ref CollectionsMarshal.GetValueRefOrAddDefault(
                        marks, ((int)((row.Time - from) / slice), groupOf(item), cursor.Country ?? ""), out _);
                    (mark ??= new MarkGroup()).Add(row.Number, item);
                }
            }
        }

        return marks.Count > most ? null : marks;
    }

    private static ImmutableArray<TimelineMark> Ordered(Dictionary<(int Slice, string Group, string Country), MarkGroup> marks) =>
        [.. marks.OrderBy(m => m.Key.Slice).ThenBy(m => m.Key.Group, StringComparer.Ordinal).ThenBy(m => m.Key.Country, StringComparer.Ordinal)
            .Select(m => new TimelineMark(m.Key.Slice, m.Key.Group, m.Key.Country.Length == 0 ? null : m.Key.Country, [.. m.Value.Items.Order(StringComparer.Ordinal)], m.Value.Flows))];

    private sealed class MarkGroup
    {
        private long _lastFlow = long.MinValue;

        public HashSet<string> Items { get; } = new(StringComparer.Ordinal);

        public long Flows { get; private set; }

        public void Add(long flow, string item)
        {
            Items.Add(item);
            Flows += flow == _lastFlow ? 0 : 1;
            _lastFlow = flow;
        }
    }
}
