using MaxMind.Db;

namespace TrafficAudit.Geolocation.Databases;

/// <summary>What one database says about one address.</summary>
internal readonly record struct DatabaseAnswer(
    string? Country, long? Asn = null, string? Organization = null, bool Anycast = false, NetworkUses Uses = NetworkUses.None)
{
    // User-assigned or reserved codes that databases use for "somewhere": no country.
    private static readonly string[] NoCountries = ["AP", "EU", "XX", "ZZ"];

    /// <summary>The code if it is one of a country, in capitals; otherwise null.</summary>
    public static string? ToCountry(string? code)
    {
        var upper = code?.ToUpperInvariant();
        return upper is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] && !NoCountries.Contains(upper, StringComparer.Ordinal) ? upper : null;
    }
}

/// <summary>The record of the flat files: <c>{country_code}</c>, or the two fields of an autonomous system, or all three.</summary>
internal sealed class FlatRecord
{
    [MapKey("country_code")]
    public string? CountryCode { get; init; }

    [MapKey("autonomous_system_number")]
    public long? Asn { get; init; }

    [MapKey("autonomous_system_organization")]
    public string? Organization { get; init; }
}
