using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TrafficAudit.Evidence.Imports;

/// <summary>The single values of imported files: times, durations, addresses, version names.</summary>
internal static class ImportedValue
{
    // The year 5138.
    private const decimal MaxUnixTime = 100_000_000_000;

    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];
    private static readonly TimeSpan MaxDuration = TimeSpan.FromDays(366);

    /// <summary>
    /// A moment with its offset (ISO 8601 as HAR 1.2 demands), in UTC, exact to 100 ns. A time without an offset is no moment:
    /// guessing one could put a flow hours away from where it was.
    /// </summary>
    public static DateTimeOffset? Time(string? text)
    {
        text = CutToTicks(text?.Trim() ?? "");
        return DateTimeOffset.TryParseExact(
            text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
    }

    /// <summary>Milliseconds as a duration; null where the file does not know it (HAR: -1) or claims what can't be.</summary>
    public static TimeSpan? Duration(double? milliseconds) =>
        milliseconds is >= 0 and var value && value <= MaxDuration.TotalMilliseconds ? TimeSpan.FromMilliseconds(value) : null;

    /// <summary>
    /// Seconds since 1970 as a moment, exact to 100 ns: read as a decimal, since the nearest <see cref="double"/> may lie 120 ns away. Null for no
    /// number, or none of a moment after 1970.
    /// </summary>
    public static DateTimeOffset? UnixTime(string? seconds) =>
        decimal.TryParse(seconds, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0 && value < MaxUnixTime
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(value * TimeSpan.TicksPerSecond))
            : null;

    /// <summary>An IP address in its usual text form; null for anything else. Names are never looked up.</summary>
    public static string? Address(string? text)
    {
        text = text?.Trim();
        if (string.IsNullOrEmpty(text) || !IPEndPoint.TryParse(text, out var endPoint))
        {
            return null;
        }

        var address = endPoint.Address;
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());
        var usual = address.ToString();

        // IPAddress also reads "1" and "0x7f.1", which no writer means as an address.
        var isLoose = endPoint.AddressFamily == AddressFamily.InterNetwork
            && text != usual && !text.StartsWith($"{usual}:", StringComparison.Ordinal);
        return isLoose || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? null : usual;
    }

    /// <summary><c>HTTP/1.0</c>, <c>HTTP/1.1</c>, <c>HTTP/2</c>, <c>HTTP/3</c>; null for a name that says none of them.</summary>
    public static string? HttpVersion(string? text)
    {
        var name = text?.Trim().ToLowerInvariant() ?? "";
        return name switch
        {
            "http/1.0" or "http/1" or "1.0" => "HTTP/1.0",
            "http/1.1" or "1.1" => "HTTP/1.1",
            "h2" or "h2c" or "http/2" or "http/2.0" or "2" or "2.0" => "HTTP/2",
            "h3" or "http/3" or "http/3.0" or "3" or "3.0" or "quic" => "HTTP/3",
            _ when name.StartsWith("h3-", StringComparison.Ordinal) || name.Contains("+quic/", StringComparison.Ordinal) => "HTTP/3",
            _ => null,
        };
    }

    // Writers in Go give nanoseconds; a tick is 100 of them.
    private static string CutToTicks(string text)
    {
        var dot = text.IndexOf('.');
        var end = dot + 1;
        while (dot >= 0 && end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - dot > 8 ? text.Remove(dot + 8, end - dot - 8) : text;
    }
}
