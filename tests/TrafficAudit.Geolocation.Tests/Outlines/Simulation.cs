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

    private readonly Lab[] _labs =
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
        }.Select(place => new Lab(world, place)),
    ];

    /// <summary>
    /// Half of the servers are anywhere on land, half within 1,000 km of the lab, where the bound is tight. A fifth of the round trips are light's own, so that a
    /// bound only a little too tight refutes a truth.
    /// </summary>
    public IEnumerable<(RoundTripBound Bound, GeoPosition Lab, GeoPosition Place, string Country, TimeSpan RoundTrip)> Draw(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var lab = _labs[_random.Next(_labs.Length)];
            var (place, country) = DrawPlace(lab, isNear: i % 2 == 1);
            var (detour, wait) = i % 10 < 2 ? (0, 0) : (2 * _random.NextDouble(), 30 * _random.NextDouble());
            var milliseconds = (2 * lab.Place.DistanceKm(place) / FibreKmPerMillisecond * (1 + detour)) + wait;
            yield return (lab.Bound, lab.Place, place, country, TimeSpan.FromMilliseconds(milliseconds));
        }
    }

    /// <summary>A country whose nearest land is further than so many kilometres from a place.</summary>
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

    /// <summary>A place in one of some countries, each as likely as another, and each of its islands too.</summary>
    private (GeoPosition Place, string Country) DrawPlace(Lab lab, bool isNear)
    {
        while (true)
        {
            var countries = isNear ? lab.Near : _countries;
            var country = countries[_random.Next(countries.Length)];
            var polygons = world.Find(country)!.Polygons;
            if (polygons.IsEmpty)
            {
                continue;
            }

            var polygon = polygons[_random.Next(polygons.Length)];
            var box = polygon.Rings[0];
            var place = new GeoPosition(Between(box.South, box.North), Between(box.West, box.East));
            place = place with { Longitude = place.Longitude - (360 * Math.Round(place.Longitude / 360)) };
            if (polygon.Contains(place) && (!isNear || lab.Place.DistanceKm(place) < 1000))
            {
                return (place, country);
            }
        }
    }

    private double Between(double least, double most) => double.Lerp(least, most, _random.NextDouble());

    private sealed class Lab(WorldOutlines world, GeoPosition place)
    {
        public GeoPosition Place => place;

        public RoundTripBound Bound { get; } = new(world, place);

        public string[] Near { get; } = [.. world.Countries.Where(country => world.DistanceKm(country, place) < 900)];
    }
}
