using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>
/// The Equal Earth projection: a shade's area on paper is in proportion to that on the ground (Šavrič, Patterson and Jenny, "The Equal Earth map
/// projection", International Journal of Geographical Information Science 33(3), 2019, equations 6 and 7).
/// </summary>
/// <param name="centralMeridian">Degrees east; the map's seam is opposite.</param>
internal sealed class EqualEarth(double centralMeridian)
{
    private const double A1 = 1.340264;
    private const double A2 = -0.081106;
    private const double A3 = 0.000893;
    private const double A4 = 0.003796;
    private static readonly double M = Math.Sqrt(3) / 2;

    /// <summary>Half the length of the equator on the map, for a sphere of radius 1.</summary>
    public static double HalfWidth { get; } = XPerRadian(0) * Math.PI;

    /// <summary>Degrees east of the central meridian, -180 to 180.</summary>
    public double East(double longitude)
    {
        var east = longitude - centralMeridian;
        return east - (360 * Math.Round(east / 360));
    }

    /// <summary>Where a place is on the map, for a sphere of radius 1: to the east and to the north of its middle.</summary>
    public (double X, double Y) Project(GeoPosition place) => Project(place.Latitude, East(place.Longitude));

    /// <param name="latitude">Degrees.</param>
    /// <param name="east">Degrees east of the central meridian, -180 to 180.</param>
    public static (double X, double Y) Project(double latitude, double east)
    {
        var theta = Math.Asin(M * Math.Sin(double.DegreesToRadians(latitude)));
        var (square, sixth) = (theta * theta, Math.Pow(theta, 6));
        return (double.DegreesToRadians(east) * XPerRadian(theta), theta * (A1 + (A2 * square) + (sixth * (A3 + (A4 * square)))));
    }

    private static double XPerRadian(double theta)
    {
        var (square, sixth) = (theta * theta, Math.Pow(theta, 6));
        return Math.Cos(theta) / (M * (A1 + (3 * A2 * square) + (sixth * ((7 * A3) + (9 * A4 * square)))));
    }
}
