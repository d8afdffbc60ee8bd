using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TrafficAudit.Classification.Rules;

namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>Positions (WGS 84, degrees) and addresses of the network. Under a key that names them only: prices, ratings and versions look the same.</summary>
internal static class LocationFormats
{
    /// <summary>0.0001° is about 10 m: so exact is where somebody is, less is where a town is.</summary>
    private const int PreciseDecimals = 4;

    private const int ShortestPreciseHash = 7;

    private static readonly SearchValues<char> HashLetters = SearchValues.Create("0123456789bcdefghjkmnpqrstuvwxyz");

    /// <summary>Latitude and longitude, in either order, in one value; also as WKT (<c>POINT(126.97 37.56)</c>).</summary>
    public static FormatMatch? Pair(ReadOnlySpan<char> value)
    {
        if (value.StartsWith("POINT", StringComparison.OrdinalIgnoreCase))
        {
            value = value[5..].Trim(" ()");
        }

        var cut = value.IndexOfAny(",; ");
        return cut > 0 && Degrees(value[..cut].Trim()) is { } first && Degrees(value[(cut + 1)..].Trim()) is { } second ? Of(first, second) : null;
    }

    /// <summary>A geohash: base32 letters, each of which divides the place further; seven are about 150 m.</summary>
    public static FormatMatch? Geohash(ReadOnlySpan<char> value) =>
        value.Length is < 4 or > 12 || value.ContainsAnyExcept(HashLetters) ? null
            : value.Length >= ShortestPreciseHash ? new FormatMatch("gps_location", "a geohash")
            : new FormatMatch("coarse_location", "a geohash of few letters");

    /// <summary>AliExpress's codes of province, city and district: 18 digits each, of which the first is a 9.</summary>
    public static FormatMatch? RegionCodes(ReadOnlySpan<char> value)
    {
        foreach (var part in value.Split('-'))
        {
            if (value[part] is not ['9', ..] || value[part].Length != 18 || !DigitText.IsNumber(value[part]))
            {
                return null;
            }
        }

        return new FormatMatch("postal_address", "codes of province, city and district, as AliExpress writes them");
    }

    /// <summary>One of the two, beside the other one under a key of its own.</summary>
    public static FormatMatch? Half(in KeyContext key, ReadOnlySpan<char> value)
    {
        if (Degrees(value) is not { } own)
        {
            return null;
        }

        var isLatitude = IsLatitude(key.Key);
        foreach (var sibling in key.Siblings)
        {
            if (sibling is { Key: { } other, Text: { Length: <= 32 } text }
                && IsLatitude(other) != isLatitude && KeyLexicon.BuiltIn.Read(other).Meaning?.Items.Contains("gps_location") is true && Degrees(text) is { } degrees)
            {
                return Of(own, degrees);
            }
        }

        return null;
    }

    /// <summary>An IP address that tells of a client: none of the loopback's, none that stands for nothing.</summary>
    public static FormatMatch? Address(ReadOnlySpan<char> value)
    {
        // X-Forwarded-For lists the client first.
        value = value.IndexOf(',') is > 0 and var comma ? value[..comma].TrimEnd() : value;

        // Without this 1 is an address, too (0.0.0.1).
        var isWritten = value.Count('.') == 3 || value.Count(':') >= 2;
        if (!isWritten || value.EndsWith(".0.0") || !IPAddress.TryParse(value, out var address)
            || IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            return null;
        }

        return IsLocal(address) ? new FormatMatch("ip_local", "a private IP address") : new FormatMatch("ip_public", "a public IP address");
    }

    /// <summary>Of two keys that name positions, the one for latitudes.</summary>
    private static bool IsLatitude(string key) =>
        key.Contains("lat", StringComparison.OrdinalIgnoreCase) || key.Contains('위', StringComparison.Ordinal) || key.Contains('纬', StringComparison.Ordinal);

    private static FormatMatch? Of((double Degrees, int Decimals) first, (double Degrees, int Decimals) second)
    {
        // Nowhere: what a device says that knows no position.
        var isNull = (first.Degrees, second.Degrees) is (0, 0) or (-180, -180) or (-1, -1);
        return isNull || Math.Min(Math.Abs(first.Degrees), Math.Abs(second.Degrees)) > 90 || first.Decimals + second.Decimals == 0 ? null
            : Math.Min(first.Decimals, second.Decimals) >= PreciseDecimals ? new FormatMatch("gps_location", "latitude and longitude")
            : new FormatMatch("coarse_location", "latitude and longitude with few digits");
    }

    private static (double Degrees, int Decimals)? Degrees(ReadOnlySpan<char> text) =>
        text.Length > 32 ? null
            : Scaled(text) is { } scaled ? scaled
            : double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees)
        && Math.Abs(degrees) <= 180
            ? (degrees, text.IndexOf('.') is var point and >= 0 ? text.Length - point - 1 : 0)
            : null;

    // Whole numbers of seven digits or more are degrees times 10⁶ or 10⁷ (latE6, latitude_e7): which, does not matter for how precise they are.
    private static (double Degrees, int Decimals)? Scaled(ReadOnlySpan<char> text) =>
        text.Length is >= 7 and <= 11 && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && Math.Abs(number) is >= 1_000_000 and <= 1_800_000_000
            ? (number / 1e7, 7)
            : null;

    private static bool IsLocal(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal || address.IsIPv6SiteLocal;
        }

        Span<byte> bytes = stackalloc byte[4];
        _ = address.TryWriteBytes(bytes, out _);
        return bytes[0] == 10 || (bytes[0], bytes[1]) is (192, 168) or (169, 254) || (bytes[0] == 172 && bytes[1] is >= 16 and < 32) || (bytes[0] == 100 && bytes[1] is >= 64 and < 128);
    }
}
