using System.Globalization;
using System.Runtime.InteropServices;

namespace TrafficAudit.Index.Filtering;

/// <summary>A date, a date with a time (ISO 8601; UTC unless it says its offset), or a time of day, in ticks.</summary>
/// <param name="Ticks">Where it begins.</param>
/// <param name="Length">How long it is: a day, a minute, a second, or one tick, as precisely as it was written.</param>
/// <param name="IsClock">Whether it is a time of any day (UTC).</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TimePoint(long Ticks, long Length, bool IsClock)
{
    private static readonly (string Format, long Length)[] Clocks =
        [("HH:mm", TimeSpan.TicksPerMinute), ("HH:mm:ss", TimeSpan.TicksPerSecond), ("HH:mm:ss.FFFFFFF", 1)];

    /// <summary>Reads one; null when the text is none.</summary>
    public static TimePoint? Read(string text)
    {
        if (IsTime(text, "yyyy-MM-dd", out var day))
        {
            return new TimePoint(day.Ticks, TimeSpan.TicksPerDay, IsClock: false);
        }

        foreach (var (format, length) in Clocks)
        {
            if (IsTime(text, format, out var clock))
            {
                return new TimePoint(clock.TimeOfDay.Ticks, length, IsClock: true);
            }

            if (IsTime(text, $"yyyy-MM-dd'T'{format}K", out var instant))
            {
                return new TimePoint(instant.Ticks, length, IsClock: false);
            }
        }

        return null;
    }

    private static bool IsTime(string text, string format, out DateTime time) => DateTime.TryParseExact(
        text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
}
