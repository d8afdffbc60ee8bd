using TrafficAudit.Geolocation.Outlines;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>Where a country's mark stands.</summary>
internal static class MapAnchor
{
    private const int Rows = 16;

    /// <summary>A place well inside of a country's largest piece of land.</summary>
    public static GeoPosition Of(CountryOutline country) => country.Polygons.IsEmpty
        ? country.Islands.MaxBy(island => island.RadiusKm)!.Centre
        : Inside(country.Polygons.MaxBy(polygon => Area(polygon.Rings[0]))!);

    /// <summary>In proportion to the land's area.</summary>
    private static double Area(OutlineRing ring)
    {
        var sum = 0.0;
        for (var i = 1; i < ring.Places.Length; i++)
        {
            var (a, b) = (ring.Places[i - 1], ring.Places[i]);
            sum += (b.Longitude - a.Longitude) * (Math.Sin(double.DegreesToRadians(a.Latitude)) + Math.Sin(double.DegreesToRadians(b.Latitude)));
        }

        return Math.Abs(sum);
    }

    /// <summary>Of the middles of the widest stretches of land along some parallels, the one furthest from any border.</summary>
    private static GeoPosition Inside(OutlinePolygon polygon)
    {
        var ring = polygon.Rings[0];
        if (ring.AroundPole is { } pole)
        {
            // The pole itself is a map's edge; Queen Maud Land is well inside of Antarctica.
            return new(pole * 0.88, 0);
        }

        return Enumerable.Range(1, Rows - 1)
            .Select(row => Widest(polygon, double.Lerp(ring.South, ring.North, (double)row / Rows)))
            .OfType<GeoPosition>()
            .DefaultIfEmpty(ring.Places[0])
            .MaxBy(place => polygon.Rings.Min(border => border.AngleFrom(UnitVector.Of(place))))!;
    }

    private static GeoPosition? Widest(OutlinePolygon polygon, double latitude)
    {
        List<double> crossings = [.. polygon.Rings.SelectMany(ring => ring.Crossings(latitude)).Order()];
        return crossings.Count < 2 ? null : Enumerable.Range(0, crossings.Count / 2)
            .Select(i => (West: crossings[2 * i], East: crossings[(2 * i) + 1]))
            .MaxBy(stretch => stretch.East - stretch.West) is var widest
            ? new GeoPosition(latitude, (widest.West + widest.East) / 2)
            : null;
    }
}
