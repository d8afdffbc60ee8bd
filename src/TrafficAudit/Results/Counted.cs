using System.Globalization;

namespace TrafficAudit.Results;

/// <summary>A number of things, as it is said of one and of many.</summary>
internal static class Counted
{
    /// <param name="count">How many.</param>
    /// <param name="one">What one is called.</param>
    /// <param name="many">What many are called; null for <paramref name="one"/> with an s.</param>
    public static string Of(long count, string one, string? many = null) =>
        count == 1 ? $"1 {one}" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {many ?? one + "s"}");
}
