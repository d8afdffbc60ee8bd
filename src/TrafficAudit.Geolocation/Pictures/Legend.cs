namespace TrafficAudit.Geolocation.Pictures;

/// <summary>The parts of a legend that the pictures share.</summary>
internal static class Legend
{
    /// <summary>From row to row, in pixels.</summary>
    public const double Row = 18;

    /// <summary>The shade of each class.</summary>
    public static void WriteShades(SvgWriter svg, Shades shades, double left, double top, string heading)
    {
        WriteHeading(svg, left, top, heading);
        for (var i = 0; i < shades.Classes.Length; i++)
        {
            var y = top + 18 + (i * Row);
            svg.Empty("rect", ("x", left), ("y", y), ("width", 28), ("height", 13), ("fill", shades.Fill(i)), ("stroke", "#8f8f8f"), ("stroke-width", 0.5));
            svg.Text(left + 36, y + 11, shades.Name(i));
        }
    }

    /// <summary>The line of each grade.</summary>
    public static void WriteGrades(SvgWriter svg, double left, double top, string heading)
    {
        WriteHeading(svg, left, top, heading);
        foreach (var (index, stroke) in GradeStroke.All.Index())
        {
            var y = top + 24 + (index * Row);
            WriteStroke(svg, stroke, left, y, 48);
            svg.Text(left + 58, y + 5, stroke.Meaning);
        }
    }

    /// <summary>A sample of a grade's line.</summary>
    public static void WriteStroke(SvgWriter svg, GradeStroke stroke, double left, double y, double width) =>
        svg.Empty("line", [("x1", left), ("y1", y), ("x2", left + width), ("y2", y), .. stroke.Attributes()]);

    /// <summary>The heading of a column.</summary>
    public static void WriteHeading(SvgWriter svg, double left, double top, string heading) => svg.Text(left, top + 10, heading, ("font-weight", "bold"));
}
