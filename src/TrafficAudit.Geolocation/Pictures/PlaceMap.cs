using System.Globalization;
using TrafficAudit.Geolocation.Outlines;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>Draws a small map of the world with one country marked, in SVG.</summary>
public static class PlaceMap
{
    private const double Width = 420;

    /// <summary>The picture, an SVG document without XML declaration; null where the country has no outline.</summary>
    /// <param name="outlines">The outlines to draw.</param>
    /// <param name="country">ISO 3166-1 alpha-2.</param>
    /// <param name="grade">How sure it is: the mark's outline says so, as on the map of transfers.</param>
    public static string? Draw(WorldOutlines outlines, string country, CountryGrade grade)
    {
        ArgumentNullException.ThrowIfNull(outlines);
        if (!WorldOutlines.IsCode(country) || outlines.Find(country) is not { HasLand: true } outline)
        {
            return null;
        }

        var anchor = MapAnchor.Of(outline);
        var sheet = new MapSheet(Width, anchor, withAntarctica: country == "AQ");
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var svg = new SvgWriter(text))
        {
            svg.Begin(Width, sheet.Height, country, $"World map with {country} marked ({Token.Of(grade)}).");
            svg.Start("g", ("transform", "scale(0.1)"), ("stroke", "#9a9a9a"), ("stroke-width", 3), ("stroke-linejoin", "round"), ("fill-rule", "evenodd"));
            svg.Empty("path", ("fill", "#eeeeee"), ("d", LandShape.Draw(sheet, outlines.All.Where(other => other != outline).SelectMany(other => other.Polygons))));
            svg.Empty("path", ("fill", "#8fb8d8"), ("d", LandShape.Draw(sheet, outline.Polygons)));
            svg.End();
            var mark = sheet.At(anchor);
            svg.Empty("circle", [("cx", mark.X), ("cy", mark.Y), ("r", 6), ("fill", "#c0392b"), .. GradeStroke.Of(grade).Attributes()]);
            svg.End();
        }

        return text.ToString();
    }
}
