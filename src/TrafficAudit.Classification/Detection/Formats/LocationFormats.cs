using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.Rules;

namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>Positions (WGS 84, degrees) and addresses of the network. Under a key that names them only: prices, ratings and versions look the same.</summary>
internal static class LocationFormats
{
    /// <summary>0.0001° is about 10 m: so exact is where somebody is, less is where a town is.</summary>
    private const int PreciseDecimals = 4;

    /// <summary>Objects of more members are tables; looking through them for each would take its square.</summary>
    private const int MostSiblings = 64;

    /// <summary>Latitude and longitude, in either order, in one value.</summary>
    public static FormatMatch? Pair(ReadOnlySpan<char> value)
    {
        var cut = value.IndexOfAny(',', ';');
        return cut > 0 && Degrees(value[..cut].Trim()) is { } first && Degrees(value[(cut + 1)..].Trim()) is { } second ? Of(first, second) : null;
    }

    /// <summary>One of the two, beside the other one under a key of its own.</summary>
    public static FormatMatch? Half(Field field, ReadOnlySpan<char> value)
    {
        if (field is not { Parent.Children: { Count: <= MostSiblings } siblings, NearestKey: { } ownKey } || Degrees(value) is not { } own)
        {
            return null;
        }

        foreach (var sibling in siblings)
        {
            if (sibling != field && sibling is { Key: { } key, Text: { Length: <= 32 } text }
                && IsLatitude(key) != IsLatitude(ownKey) && KeyLexicon.BuiltIn.Read(key).Meaning?.Items.Contains("gps_location") is true && Degrees(text) is { } other)
            {
                return Of(own, other);
            }
        }

        return null;
    }

    /// <summary>An IP address that tells of a client: none of the loopback's, none that stands for nothing.</summary>
    public static FormatMatch? Address(ReadOnlySpan<char> value)
    {
        // Without this 1 is an address, too (0.0.0.1).
        var isWritten = value.Count('.') == 3 || value.Count(':') >= 2;
        if (!isWritten || !IPAddress.TryParse(value, out var address) || IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
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
        text.Length <= 32 && double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees)
        && Math.Abs(degrees) <= 180
            ? (degrees, text.IndexOf('.') is var point and >= 0 ? text.Length - point - 1 : 0)
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
