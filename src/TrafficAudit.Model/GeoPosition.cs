using System.Globalization;

namespace TrafficAudit.Model;

/// <summary>A place on the Earth's surface (WGS 84).</summary>
/// <param name="Latitude">Degrees, -90 to 90, north is positive.</param>
/// <param name="Longitude">Degrees, -180 to 180, east is positive.</param>
public sealed record GeoPosition(double Latitude, double Longitude)
{
    /// <summary>The Earth's mean radius (IUGG), in kilometres.</summary>
    public const double EarthRadiusKm = 6371.0088;

    /// <summary>Whether both are numbers within their ranges.</summary>
    public bool IsOnEarth => Math.Abs(Latitude) <= 90 && Math.Abs(Longitude) <= 180;

    /// <summary>Reads <c>LATITUDE,LONGITUDE</c> in decimal degrees (<c>37.57,126.98</c>); null for anything else.</summary>
    public static GeoPosition? Parse(string text)
    {
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        return comma > 0
            && TryDegrees(text.AsSpan(0, comma), out var latitude)
            && TryDegrees(text.AsSpan(comma + 1), out var longitude)
            && new GeoPosition(latitude, longitude) is { IsOnEarth: true } position
            ? position
            : null;
    }

    /// <summary>Kilometres along the great circle, on a sphere of the Earth's mean radius: within 0.6 % of the ellipsoid.</summary>
    public double DistanceKm(GeoPosition other)
    {
        var (north, otherNorth) = (double.DegreesToRadians(Latitude), double.DegreesToRadians(other.Latitude));
        var (up, across) = (Math.Sin((otherNorth - north) / 2), Math.Sin(double.DegreesToRadians(other.Longitude - Longitude) / 2));
        var haversine = (up * up) + (Math.Cos(north) * Math.Cos(otherNorth) * across * across);
        return 2 * EarthRadiusKm * Math.Asin(Math.Min(1, Math.Sqrt(haversine)));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Latitude:0.####},{Longitude:0.####}");

    private static bool TryDegrees(ReadOnlySpan<char> text, out double degrees) =>
        double.TryParse(text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out degrees);
}
