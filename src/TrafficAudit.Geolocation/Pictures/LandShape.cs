using System.Globalization;
using System.Text;
using TrafficAudit.Geolocation.Outlines;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>Land as the data of an SVG path, in tenths of a pixel: cut at the map's seam, without what is too small to be seen.</summary>
internal static class LandShape
{
    // Pixels: what is nearer to the point before than this can't be told from it.
    private const double Visible = 0.6;

    // Meridians are curves: a straight line along one is drawn in pieces of so many degrees.
    private const double LongestStep = 2;

    /// <summary>The path's data; empty where nothing of the land can be seen.</summary>
    public static string Draw(MapSheet sheet, IEnumerable<OutlinePolygon> polygons)
    {
        var data = new StringBuilder();
        foreach (var ring in polygons.SelectMany(polygon => polygon.Rings))
        {
            // The ring begins on the map and may go on past its east side: that part comes in again from the west.
            var toEast = sheet.East(ring.West) - ring.West;
            Append(data, sheet, Cut([.. Close(ring).Select(place => (place.Latitude, place.Longitude + toEast))]));
            Append(data, sheet, Cut([.. Close(ring).Select(place => (place.Latitude, place.Longitude + toEast - 360))]));
        }

        return data.ToString();
    }

    private static IEnumerable<GeoPosition> Close(OutlineRing ring) => ring.AroundPole is not { } pole
        ? ring.Places
        : [.. ring.Places, ring.Places[^1] with { Latitude = pole }, ring.Places[0] with { Latitude = pole }, ring.Places[0]];

    /// <summary>What is between the seam's two sides (Sutherland and Hodgman's clipping).</summary>
    private static List<(double Latitude, double East)> Cut(List<(double Latitude, double East)> ring)
    {
        var (west, east) = (ring.Min(place => place.East), ring.Max(place => place.East));
        return east <= -180 || west >= 180 ? []
            : west >= -180 && east <= 180 ? ring
            : CutAt(CutAt(ring, -180, isWestSide: true), 180, isWestSide: false);
    }

    private static List<(double Latitude, double East)> CutAt(List<(double Latitude, double East)> ring, double seam, bool isWestSide)
    {
        var kept = new List<(double Latitude, double East)>(ring.Count);
        for (var i = 0; i < ring.Count; i++)
        {
            var (from, to) = (ring[(i + ring.Count - 1) % ring.Count], ring[i]);
            if (IsInside(from) != IsInside(to))
            {
                kept.Add((double.Lerp(from.Latitude, to.Latitude, (seam - from.East) / (to.East - from.East)), seam));
            }

            if (IsInside(to))
            {
                kept.Add(to);
            }
        }

        return kept;

        bool IsInside((double Latitude, double East) place) => isWestSide ? place.East >= seam : place.East <= seam;
    }

    private static void Append(StringBuilder data, MapSheet sheet, List<(double Latitude, double East)> ring)
    {
        var kept = new List<(int X, int Y)>();
        for (var i = 0; i < ring.Count; i++)
        {
            var (from, to) = (ring[Math.Max(0, i - 1)], ring[i]);
            var steps = Math.Max(1, (int)Math.Ceiling(Math.Abs(to.Latitude - from.Latitude) / LongestStep));
            for (var step = 1; step <= steps; step++)
            {
                var along = (double)step / steps;
                var pixel = sheet.At(double.Lerp(from.Latitude, to.Latitude, along), double.Lerp(from.East, to.East, along));
                var (x, y) = ((int)Math.Round(pixel.X * 10), (int)Math.Round(pixel.Y * 10));
                if (kept.Count == 0 || Math.Max(Math.Abs(x - kept[^1].X), Math.Abs(y - kept[^1].Y)) >= Visible * 10)
                {
                    kept.Add((x, y));
                }
            }
        }

        if (kept.Count < 3)
        {
            return;
        }

        data.Append(CultureInfo.InvariantCulture, $"M{kept[0].X},{kept[0].Y}l");
        for (var i = 1; i < kept.Count; i++)
        {
            data.Append(i == 1 ? "" : " ").Append(CultureInfo.InvariantCulture, $"{kept[i].X - kept[i - 1].X},{kept[i].Y - kept[i - 1].Y}");
        }

        data.Append('z');
    }
}
