using TrafficAudit.Geolocation.Outlines;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>The shortest way between two places, as lines on a map.</summary>
internal static class GreatCircle
{
    // Degrees: straight for so long, the line is within 0.3 pixels of the curve where that bends most.
    private const double LongestStep = 2;

    /// <summary>One line; two where the way leaves the map at its seam and comes back at the other side.</summary>
    public static IEnumerable<List<Pixel>> Draw(MapSheet sheet, GeoPosition from, GeoPosition to)
    {
        // Between opposite points every way is as short: beside them one is.
        var (start, end) = (UnitVector.Of(from), UnitVector.Of(to));
        end = start.AngleTo(end) > Math.PI - 1e-4 ? UnitVector.Of(to.Latitude * 0.999, to.Longitude + 0.1) : end;
        var steps = Math.Max(2, (int)Math.Ceiling(double.RadiansToDegrees(start.AngleTo(end)) / LongestStep));
        var line = new List<Pixel>();
        var (latitude, east) = (from.Latitude, sheet.East(from.Longitude));
        line.Add(sheet.At(latitude, east));
        for (var step = 1; step <= steps; step++)
        {
            var place = start.Towards(end, (double)step / steps);
            var nextEast = sheet.East(place.Longitude);
            if (Math.Abs(nextEast - east) > 180)
            {
                // The side it leaves by, and how far along the step that is.
                var side = east < 0 ? -180.0 : 180;
                var onwards = nextEast + (2 * side);
                var seam = double.Lerp(latitude, place.Latitude, onwards == east ? 0 : (side - east) / (onwards - east));
                line.Add(sheet.At(seam, side));
                yield return Straighten(line);
                line = [sheet.At(seam, -side)];
            }

            (latitude, east) = (place.Latitude, nextEast);
            line.Add(sheet.At(latitude, east));
        }

        yield return Straighten(line);
    }

    /// <summary>The line without the points that it would pass at less than a tenth of a pixel anyway.</summary>
    private static List<Pixel> Straighten(List<Pixel> line)
    {
        List<Pixel> kept = [line[0]];
        for (var i = 1; i < line.Count - 1; i++)
        {
            var (from, at, to) = (kept[^1], line[i], line[i + 1]);
            var (dx, dy) = (to.X - from.X, to.Y - from.Y);
            if (Math.Abs((dx * (at.Y - from.Y)) - (dy * (at.X - from.X))) > 0.1 * Math.Sqrt((dx * dx) + (dy * dy)))
            {
                kept.Add(at);
            }
        }

        kept.Add(line[^1]);
        return kept;
    }
}
