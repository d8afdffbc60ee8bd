using System.Runtime.InteropServices;

namespace TrafficAudit.Index.Filtering;

/// <summary>A stretch of time, its end not within, in ticks; one of the clock is on every day and may go past midnight.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TimeRange(long From, long To, bool IsClock)
{
    private const string Allowed =
        "allowed are a date (2026-11-26), a date and time in UTC (2026-11-26T14:00), a time of any day (14:00), and a range of two alike (14:00..14:20, the end not within) with both ends or one";

    public bool Contains(DateTime time)
    {
        var ticks = IsClock ? time.TimeOfDay.Ticks : time.Ticks;
        return From <= To ? ticks >= From && ticks < To : ticks >= From || ticks < To;
    }

    /// <summary>Reads <c>14:00..14:20</c>, <c>2026-11-26T14:00..</c>, <c>2026-11-26</c>, <c>..</c>.</summary>
    /// <exception cref="FlowFilterException">It is none of these.</exception>
    public static TimeRange Parse(FilterValue value)
    {
        if (value.Text is "*" or "..")
        {
            return new TimeRange(0, long.MaxValue, IsClock: false);
        }

        if (FilterRange.Split(value.Text) is not var (first, last))
        {
            return TimePoint.Read(value.Text) is { } point ? new TimeRange(point.Ticks, point.Ticks + point.Length, point.IsClock) : throw Fault(Allowed);
        }

        var from = TimePoint.Read(first);
        var to = TimePoint.Read(last);
        if ((from is null && first.Length > 0) || (to is null && last.Length > 0) || (from?.IsClock ?? to!.Value.IsClock) != (to?.IsClock ?? from!.Value.IsClock))
        {
            throw Fault(Allowed);
        }

        var isClock = (from ?? to)!.Value.IsClock;
        var range = new TimeRange(from?.Ticks ?? 0, to?.Ticks ?? (isClock ? TimeSpan.TicksPerDay : long.MaxValue), isClock);
        return range.From == range.To || (range.From > range.To && !isClock)
            ? throw Fault("there is no time between the two ends; the earlier comes first, and the end is not within")
            : range;

        FlowFilterException Fault(string reason) => new(value.Position, reason);
    }
}
