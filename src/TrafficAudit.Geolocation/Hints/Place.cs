using TrafficAudit.Geolocation.Jurisdictions;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Hints;

/// <summary>Where a code says that a machine stands.</summary>
/// <param name="Country">ISO 3166-1 alpha-2, in capitals; <c>XK</c> for Kosovo.</param>
/// <param name="Name">The city, or the name that a provider gives its region; for people. The country's code where the code names no more.</param>
/// <param name="Code">The code that named it, as the tables write it (<c>ICN</c>, <c>ap-northeast-2</c>); null where the country alone was named.</param>
/// <param name="Position">Where an airport is whose code it is: within some 50 km of the machine, as a rule. Null where the tables give none.</param>
public sealed record Place(string Country, string Name, string? Code, GeoPosition? Position = null)
{
    /// <summary>Whether a code, in capitals, is a country's. XK is no code of ISO 3166-1, but the one that databases and airport lists use.</summary>
    internal static bool IsCountry(string code) => IsoCountries.Has(code) || code == "XK";

    /// <summary>Reads <c>KR Seoul</c>; null where it does not begin with a country's code and go on with a name.</summary>
    internal static Place? Parse(string text, string code) =>
        text.Split(' ', 2, StringSplitOptions.TrimEntries) is [var country, { Length: > 0 } name] && IsCountry(country) ? new Place(country, name, code) : null;
}
