using System.Collections.Frozen;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Outlines;

/// <summary>How far a country is from a place, in kilometres.</summary>
/// <param name="OwnKm">To its own land.</param>
/// <param name="CalledKm">To the nearest land for which somebody might give its code: its own, its dependencies', what it claims.</param>
/// <param name="OtherKm">To the nearest land that is another country's, or that another claims.</param>
internal sealed record CountryDistances(double OwnKm, double CalledKm, double OtherKm)
{
    /// <summary>The distances of every country.</summary>
    public static FrozenDictionary<string, CountryDistances> Measure(WorldOutlines outlines, GeoPosition from)
    {
        var countries = outlines.Countries.Select(code => (Code: code, Outline: outlines.Find(code)!)).ToDictionary(
            country => country.Code, country => (OwnKm: country.Outline.OwnKm(from), ContestedKm: country.Outline.ContestedKm(from)), StringComparer.Ordinal);
        var nearest = countries.Select(country => (Code: country.Key, Km: Math.Min(country.Value.OwnKm, country.Value.ContestedKm)))
            .OrderBy(country => country.Km)
            .Take(2)
            .ToList();
        return countries.ToFrozenDictionary(
            country => country.Key,
            country => new CountryDistances(
                country.Value.OwnKm,
                Dependencies.Of(country.Key).Select(code => countries.TryGetValue(code, out var territory) ? territory.OwnKm : double.PositiveInfinity)
                    .Append(country.Value.OwnKm).Append(country.Value.ContestedKm)
                    .Min(),
                nearest.Where(other => other.Code != country.Key).Select(other => other.Km).Append(double.PositiveInfinity).First()),
            StringComparer.Ordinal);
    }
}
