using System.Globalization;

namespace TrafficAudit.Index.Filtering;

/// <summary>The numbers that terms take.</summary>
internal static class FilterNumbers
{
    private const int LongestNumber = 18;
    private const decimal Largest = 1_000_000_000_000_000_000;

    // The longer first: each of them ends with the last.
    private static readonly (string Name, long Bytes)[] Units =
        [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("kB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("B", 1)];

    /// <summary>A status code.</summary>
    public static long? Status(string text) => text.Length == 3 ? Digits(text) : null;

    /// <summary>A flow's number, as it is cited (<c>#123</c>) or bare.</summary>
    public static long? Flow(string text) => Digits(text.StartsWith('#') ? text[1..] : text);

    /// <summary>Bytes, or a number of a unit: decimal (kB, MB, GB) or binary (KiB, MiB, GiB).</summary>
    public static long? Size(string text)
    {
        var unit = Array.Find(Units, u => text.EndsWith(u.Name, StringComparison.OrdinalIgnoreCase));
        var number = text[..^(unit.Name?.Length ?? 0)];
        return number.Length <= LongestNumber
            && decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value * Math.Max(unit.Bytes, 1) is <= Largest and var bytes
            ? (long)bytes
            : null;
    }

    private static long? Digits(string text) => text.Length is > 0 and <= LongestNumber && text.All(char.IsAsciiDigit) ? long.Parse(text) : null;
}
