using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Pages;

/// <summary>Where everything of a timeline is drawn, in the units of the picture.</summary>
internal sealed class TimelineLayout
{
    /// <summary>How wide the picture is.</summary>
    public const int Width = 1240;

    /// <summary>Where time begins; names stand to the left.</summary>
    public const int Gutter = 180;

    /// <summary>How high a lane is.</summary>
    public const int LaneHeight = 16;

    /// <summary>How many countries have a lane of their own; the others share one.</summary>
    public const int MostCountries = 6;

    /// <summary>How high the phases are.</summary>
    public const int BandHeight = 26;

    /// <summary>Where the first lane begins.</summary>
    public const int LanesTop = BandHeight + 10;

    private const int GroupGap = 6;
    private const int AxisHeight = 36;

    private readonly Timeline _timeline;

    /// <param name="timeline">What is drawn.</param>
    public TimelineLayout(Timeline timeline)
    {
        _timeline = timeline;
        Countries = [.. timeline.Marks.GroupBy(m => m.Country).OrderByDescending(c => c.Sum(m => m.Flows)).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Key)];
        Lanes = LanesOf(timeline);
        Marks = [.. Lanes.SelectMany(l => l.Marks.OrderBy(m => m.Slice).Select(m => (l, m)))];
        Bottom = Lanes.IsEmpty ? LanesTop : Lanes[^1].Y + LaneHeight;
        Ticks = TicksOf(timeline);
    }

    /// <summary>The countries, those with the most first; null among them stands for unknown ones.</summary>
    public ImmutableArray<string?> Countries { get; }

    /// <summary>The rows of marks, from top to bottom.</summary>
    public ImmutableArray<TimelineLane> Lanes { get; }

    /// <summary>Every mark with its lane.</summary>
    public ImmutableArray<(TimelineLane Lane, TimelineLaneMark Mark)> Marks { get; }

    /// <summary>The labels of the axis.</summary>
    public ImmutableArray<DateTimeOffset> Ticks { get; }

    /// <summary>Where the lanes end.</summary>
    public int Bottom { get; }

    /// <summary>How high the picture is.</summary>
    public int Height => Bottom + AxisHeight;

    /// <summary>How wide a slice is.</summary>
    public double SliceWidth => (Width - Gutter - 10.0) / _timeline.Slices;

    /// <summary>Where a moment is.</summary>
    public double X(DateTimeOffset time) => Gutter + (SliceWidth * ((time - _timeline.From) / _timeline.Slice));

    private ImmutableArray<TimelineLane> LanesOf(Timeline timeline)
    {
        var lanes = ImmutableArray.CreateBuilder<TimelineLane>();
        var y = LanesTop;
        foreach (var group in timeline.Marks.GroupBy(m => m.Group, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var isFirst = true;
            foreach (var lane in group.GroupBy(m => Math.Min(Countries.IndexOf(m.Country), MostCountries)).OrderBy(l => l.Key))
            {
                lanes.Add(new TimelineLane(group.Key, isFirst, lane.Key, y, [.. lane.GroupBy(m => m.Slice).Select(TimelineLaneMark.Of)]));
                (isFirst, y) = (false, y + LaneHeight);
            }

            y += GroupGap;
        }

        return lanes.ToImmutable();
    }

    private static ImmutableArray<DateTimeOffset> TicksOf(Timeline timeline)
    {
        var step = Math.Max(1, (timeline.Slices + 9) / 10);
        return [.. Enumerable.Range(0, (timeline.Slices / step) + 1).Select(i => timeline.StartOf(i * step))];
    }
}

/// <summary>A row of the timeline: a group of items and a country.</summary>
/// <param name="Group">The group.</param>
/// <param name="IsFirst">Whether it is the group's first row.</param>
/// <param name="Country">The country's place in <see cref="TimelineLayout.Countries"/>; <see cref="TimelineLayout.MostCountries"/> for the others together.</param>
/// <param name="Y">Where it begins.</param>
/// <param name="Marks">What is in it.</param>
internal sealed record TimelineLane(string Group, bool IsFirst, int Country, int Y, ImmutableArray<TimelineLaneMark> Marks);

/// <summary>What stands in one place of a row.</summary>
/// <param name="Slice">Which slice of time.</param>
/// <param name="Countries">The countries, sorted.</param>
/// <param name="Items">The items, sorted.</param>
/// <param name="Flows">In how many flows.</param>
internal sealed record TimelineLaneMark(int Slice, ImmutableArray<string?> Countries, ImmutableArray<string> Items, long Flows)
{
    /// <summary>Of one slice, what went to several countries: a flow goes to one of them, so that the flows add up.</summary>
    public static TimelineLaneMark Of(IGrouping<int, TimelineMark> marks) => new(
        marks.Key,
        [.. marks.Select(m => m.Country).Distinct(StringComparer.Ordinal)],
        [.. marks.SelectMany(m => m.Items).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        marks.Sum(m => m.Flows));
}
