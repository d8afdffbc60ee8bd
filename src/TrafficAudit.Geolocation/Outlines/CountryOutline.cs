using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Outlines;

/// <summary>What is known of where a country is.</summary>
/// <param name="Polygons">Its land.</param>
/// <param name="Islands">Its land that is too small for the polygons' scale.</param>
/// <param name="Contested">What it claims or holds, and another country does too.</param>
internal sealed record CountryOutline(ImmutableArray<OutlinePolygon> Polygons, ImmutableArray<OutlinePlace> Islands, ImmutableArray<OutlinePlace> Contested)
{
    /// <summary>Kilometres to its own land; infinite where none is known.</summary>
    public double OwnKm(GeoPosition from) => Polygons.Select(polygon => polygon.AngleFrom(from) * GeoPosition.EarthRadiusKm)
        .Concat(Islands.Select(island => island.DistanceKm(from)))
        .DefaultIfEmpty(double.PositiveInfinity)
        .Min();

    /// <summary>Kilometres to what it claims of others' land; infinite where that is nothing.</summary>
    public double ContestedKm(GeoPosition from) => Contested.Select(place => place.DistanceKm(from)).DefaultIfEmpty(double.PositiveInfinity).Min();
}
