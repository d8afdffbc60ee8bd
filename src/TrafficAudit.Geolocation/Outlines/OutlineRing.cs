using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Outlines;

/// <summary>
/// A closed line. Between two points it is straight in longitude and latitude, as map data means it: the 49th parallel is no great circle.
/// </summary>
internal sealed class OutlineRing
{
    // Over a degree of longitude the great circle is at most 0.12 km beside the straight line.
    private const double LongestArc = 1;

    private static readonly int[] Turns = [-360, 0, 360];

    /// <param name="points">The last is the first again. Longitudes may jump at the antimeridian.</param>
    public OutlineRing(IReadOnlyList<GeoPosition> points)
    {
        var places = ImmutableArray.CreateBuilder<GeoPosition>(points.Count);
        var turn = 0.0;
        for (var i = 0; i < points.Count; i++)
        {
            var step = i == 0 ? 0 : points[i].Longitude - points[i - 1].Longitude;
            turn += step > 180 ? -360 : step < -180 ? 360 : 0;
            places.Add(points[i] with { Longitude = points[i].Longitude + turn });
        }

        Places = places.MoveToImmutable();
        (West, East) = (Places.Min(p => p.Longitude), Places.Max(p => p.Longitude));
        (South, North) = (Places.Min(p => p.Latitude), Places.Max(p => p.Latitude));
        AroundPole = Math.Abs(Places[^1].Longitude - Places[0].Longitude) < 180 ? null : South + North < 0 ? -90 : 90;
    }

    /// <summary>Its points, with longitudes that go on past 180 where it crosses the antimeridian.</summary>
    public ImmutableArray<GeoPosition> Places { get; }

    public double West { get; }

    public double East { get; }

    public double South { get; }

    public double North { get; }

    /// <summary>The latitude of the pole that it goes around (Antarctica's coast); null for none.</summary>
    public double? AroundPole { get; }

    /// <summary>The angle from a place to its nearest point, in radians.</summary>
    public double AngleFrom(UnitVector place)
    {
        var nearest = Math.PI;
        var start = UnitVector.Of(Places[0]);
        for (var i = 1; i < Places.Length; i++)
        {
            var (a, b) = (Places[i - 1], Places[i]);
            var parts = Math.Max(1, (int)Math.Ceiling(Math.Abs(b.Longitude - a.Longitude) / LongestArc));
            for (var part = 1; part <= parts; part++)
            {
                var along = (double)part / parts;
                var end = UnitVector.Of(double.Lerp(a.Latitude, b.Latitude, along), double.Lerp(a.Longitude, b.Longitude, along));
                nearest = Math.Min(nearest, place.AngleToArc(start, end));
                start = end;
            }
        }

        return Places.Length == 1 ? place.AngleTo(start) : nearest;
    }

    /// <summary>Whether a place is inside: whether a line from it eastwards crosses the ring an odd number of times.</summary>
    public bool Surrounds(GeoPosition place)
    {
        var isInside = false;
        foreach (var turn in Turns)
        {
            var longitude = place.Longitude + turn;
            if (longitude >= West && longitude <= East)
            {
                isInside ^= Crossings(place.Latitude).Count(crossing => longitude < crossing) % 2 == 1;
            }
        }

        return isInside;
    }

    /// <summary>The longitudes at which it crosses a parallel; a ring around a pole is closed over that pole.</summary>
    public IEnumerable<double> Crossings(double latitude)
    {
        for (var i = 1; i < Places.Length; i++)
        {
            var (a, b) = (Places[i - 1], Places[i]);
            if (a.Latitude > latitude != b.Latitude > latitude)
            {
                yield return a.Longitude + ((b.Longitude - a.Longitude) * (latitude - a.Latitude) / (b.Latitude - a.Latitude));
            }
        }

        foreach (var end in AroundPole is { } pole ? new[] { Places[^1], Places[0] }.Where(end => end.Latitude > latitude != pole > latitude) : [])
        {
            yield return end.Longitude;
        }
    }
}
