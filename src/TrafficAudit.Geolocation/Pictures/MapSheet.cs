using System.Runtime.InteropServices;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>A point of a picture, in pixels from its upper left corner.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Pixel(double X, double Y);

/// <summary>A world map of a certain width: which part of the world, and where on it.</summary>
internal sealed class MapSheet
{
    // Both seams run through sea: the Bering Strait, the middle of the Atlantic.
    private const double AtlanticView = 10;
    private const double PacificView = 150;

    private const double North = 90;
    private const double SouthOfCapeHorn = -58;

    private readonly EqualEarth _projection;
    private readonly double _scale;
    private readonly double _top;

    /// <param name="width">Pixels.</param>
    /// <param name="lab">For a lab in Asia or Oceania the Pacific is in one piece, elsewhere the Atlantic.</param>
    /// <param name="withAntarctica">Whether the map goes down to the pole.</param>
    public MapSheet(double width, GeoPosition? lab, bool withAntarctica)
    {
        Width = width;
        South = withAntarctica ? -90 : SouthOfCapeHorn;
        _projection = new EqualEarth(lab is { Longitude: > 60 or < -130 } ? PacificView : AtlanticView);
        _scale = width / (2 * EqualEarth.HalfWidth);
        _top = EqualEarth.Project(North, 0).Y;
        Height = (_top - EqualEarth.Project(South, 0).Y) * _scale;
    }

    public double Width { get; }

    public double Height { get; }

    /// <summary>The latitude of the lower edge, degrees.</summary>
    public double South { get; }

    /// <inheritdoc cref="EqualEarth.East"/>
    public double East(double longitude) => _projection.East(longitude);

    public Pixel At(GeoPosition place) => At(place.Latitude, East(place.Longitude));

    /// <param name="latitude">Degrees.</param>
    /// <param name="east">Degrees east of the map's middle, -180 to 180.</param>
    public Pixel At(double latitude, double east)
    {
        var (x, y) = EqualEarth.Project(latitude, east);
        return new((x * _scale) + (Width / 2), (_top - y) * _scale);
    }

    /// <summary>The edge of the world, as far as the map shows it.</summary>
    public IEnumerable<Pixel> Edge()
    {
        const int Steps = 48;
        for (var i = 0; i <= Steps; i++)
        {
            yield return At(double.Lerp(South, North, (double)i / Steps), -180);
        }

        for (var i = 0; i <= Steps; i++)
        {
            yield return At(double.Lerp(North, South, (double)i / Steps), 180);
        }
    }
}
