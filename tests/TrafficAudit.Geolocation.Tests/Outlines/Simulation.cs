using TrafficAudit.Geolocation.Outlines;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Tests.Outlines;

/// <summary>Servers on land all over the world and round trips to them: light in fibre, the long way round, and a wait.</summary>
internal sealed class Simulation(WorldOutlines world, int seed)
{
    // Usual fibre (group index 1.468): 204.2 km in a millisecond, one way.
    private const double FibreKmPerMillisecond = 299.792458 / 1.468;

    private readonly Random _random = new(seed);
    private readonly string[] _countries = [.. world.Countries];

    private readonly (GeoPosition Place, RoundTripBound Bound)[] _labs =
    [
        .. new GeoPosition[]
        {
            new(37.57, 126.98), // Seoul
            new(50.85, 4.35), // Brussels
            new(-23.55, -46.63), // São Paulo
            new(-1.29, 36.82), // Nairobi
            new(-36.85, 174.76), // Auckland
            new(64.18, -51.74), // Nuuk
            new(-17.74, 168.31), // Port Vila
        }.Select(place => (place, new RoundTripBound(world, place))),
    ];

    /// <summary>Half of the servers are anywhere on land, half within 1,000 km of the lab, where the bound is tight.</summary>
    public IEnumerable<(RoundTripBound Bound, GeoPosition Lab, GeoPosition Place, string Country, TimeSpan RoundTrip)> Draw(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var (lab, bound) = _labs[_random.Next(_labs.Length)];
            var (place, country) = i % 2 == 0 ? DrawPlace(() => new(Degrees(90), Degrees(180))) : DrawPlace(() => Near(lab));
            var milliseconds = (2 * lab.DistanceKm(place) / FibreKmPerMillisecond * (1 + (2 * _random.NextDouble()))) + (30 * _random.NextDouble());
            yield return (bound, lab, place, country, TimeSpan.FromMilliseconds(milliseconds));
        }
    }

    /// <summary>A country whose nearest land, or what it is called for, is further than so many kilometres from a place.</summary>
    public string DrawCountryBeyond(double kilometres, GeoPosition place)
    {
        while (true)
        {
            var country = _countries[_random.Next(_countries.Length)];
            if (world.DistanceKm(country, place) > kilometres)
            {
                return country;
            }
        }
    }

    private (GeoPosition Place, string Country) DrawPlace(Func<GeoPosition> draw)
    {
        while (true)
        {
            var place = draw();
            if (_countries.FirstOrDefault(code => world.Find(code)!.Polygons.Any(polygon => polygon.Contains(place))) is { } country)
            {
                return (place, country);
            }
        }
    }

    private GeoPosition Near(GeoPosition lab)
    {
        while (true)
        {
            var place = new GeoPosition(lab.Latitude + Degrees(9), lab.Longitude + Degrees(20));
            if (Math.Abs(place.Longitude) <= 180 && lab.DistanceKm(place) < 1000)
            {
                return place;
            }
        }
    }

    private double Degrees(double most) => most * ((2 * _random.NextDouble()) - 1);
}
