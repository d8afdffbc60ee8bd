using System.Runtime.InteropServices;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Outlines;

/// <summary>A direction from the Earth's centre: a place without the seams that longitudes have at the antimeridian and the poles.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct UnitVector(double X, double Y, double Z)
{
    public static UnitVector Of(GeoPosition place) => Of(place.Latitude, place.Longitude);

    /// <param name="latitude">Degrees.</param>
    /// <param name="longitude">Degrees; more than 180 is as good.</param>
    public static UnitVector Of(double latitude, double longitude)
    {
        var (sinLatitude, cosLatitude) = Math.SinCos(double.DegreesToRadians(latitude));
        var (sinLongitude, cosLongitude) = Math.SinCos(double.DegreesToRadians(longitude));
        return new(cosLatitude * cosLongitude, cosLatitude * sinLongitude, sinLatitude);
    }

    /// <summary>The angle to another, in radians.</summary>
    public double AngleTo(UnitVector other) => Math.Atan2(Cross(other).Length(), Dot(other));

    /// <summary>The angle to the nearest point of the shorter arc between two others, in radians.</summary>
    public double AngleToArc(UnitVector start, UnitVector end)
    {
        var normal = start.Cross(end);
        var length = normal.Length();
        return length > 1e-12 && normal.Cross(start).Dot(this) > 0 && end.Cross(normal).Dot(this) > 0
            ? Math.Asin(Math.Min(1, Math.Abs(normal.Dot(this)) / length))
            : Math.Min(AngleTo(start), AngleTo(end));
    }

    /// <summary>The place on the great circle towards another, a part of the way there.</summary>
    /// <param name="end">Not the opposite point: between those every great circle is as short.</param>
    /// <param name="part">0 is here, 1 is there.</param>
    public GeoPosition Towards(UnitVector end, double part)
    {
        var angle = AngleTo(end);
        var (here, there) = angle < 1e-9 ? (1, 0) : (Math.Sin((1 - part) * angle) / Math.Sin(angle), Math.Sin(part * angle) / Math.Sin(angle));
        var (x, y, z) = ((here * X) + (there * end.X), (here * Y) + (there * end.Y), (here * Z) + (there * end.Z));
        return new(double.RadiansToDegrees(Math.Atan2(z, Math.Sqrt((x * x) + (y * y)))), double.RadiansToDegrees(Math.Atan2(y, x)));
    }

    private double Dot(UnitVector other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

    private UnitVector Cross(UnitVector other) =>
        new((Y * other.Z) - (Z * other.Y), (Z * other.X) - (X * other.Z), (X * other.Y) - (Y * other.X));

    private double Length() => Math.Sqrt(Dot(this));
}
