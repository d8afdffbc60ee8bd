using System.Collections.Immutable;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>What the shades, lines and marks of a map mean, and what is not on it.</summary>
internal sealed class MapLegend(Shades shades, ImmutableArray<string> missing, bool hasLab)
{
    private const double Row = 18;
    private const double LinesLeft = 300;
    private const double MarksLeft = 860;

    public double Height => (Row * (1 + Math.Max(GradeStroke.All.Length, shades.Classes.Length))) + (missing.Length * PictureFrame.LineHeight) + (missing.IsEmpty ? 0 : 14);

    public void Write(SvgWriter svg, double left, double top)
    {
        svg.Text(left, top + 10, shades.Classes.IsEmpty ? "No country has any item" : "Kinds of personal data (items)", ("font-weight", "bold"));
        for (var i = 0; i < shades.Classes.Length; i++)
        {
            svg.Empty("rect", ("x", left), ("y", top + 18 + (i * Row)), ("width", 28), ("height", 13), ("fill", shades.Fill(i)), ("stroke", "#8f8f8f"), ("stroke-width", 0.5));
            svg.Text(left + 36, top + 29 + (i * Row), shades.Name(i));
        }

        svg.Text(left + LinesLeft, top + 10, hasLab ? "Lines and circles: the least sure grade among a country's transfers" : "Circles: the least sure grade among a country's transfers", ("font-weight", "bold"));
        foreach (var (index, stroke) in GradeStroke.All.Index())
        {
            var y = top + 24 + (index * Row);
            WriteStroke(svg, stroke, left + LinesLeft, y, 48);
            svg.Text(left + LinesLeft + 58, y + 5, stroke.Meaning);
        }

        WriteMarkRows(svg, left + MarksLeft, top);
        foreach (var (index, line) in missing.Index())
        {
            svg.Text(left, top + Height - ((missing.Length - 1 - index) * PictureFrame.LineHeight), line, ("font-weight", "bold"));
        }
    }

    /// <summary>The lab's mark: a black lozenge.</summary>
    public static void WriteLab(SvgWriter svg, Pixel place)
    {
        svg.Start("path", ("d", FormattableString.Invariant($"M{place.X:0.#},{place.Y - 6:0.#}l6,6l-6,6l-6,-6z")), ("fill", "#111"), ("stroke", "#fff"), ("stroke-width", 1.2));
        svg.Title("The lab");
        svg.End();
    }

    /// <summary>A sample of a grade's line.</summary>
    public static void WriteStroke(SvgWriter svg, GradeStroke stroke, double left, double y, double width) =>
        svg.Empty("line", [("x1", left), ("y1", y), ("x2", left + width), ("y2", y), .. stroke.Attributes()]);

    private void WriteMarkRows(SvgWriter svg, double left, double top)
    {
        svg.Text(left, top + 10, "Marks", ("font-weight", "bold"));
        svg.Empty("circle", ("cx", left + 8), ("cy", top + 24), ("r", 5.5), ("fill", "#fff"), ("stroke", "#111"), ("stroke-width", 1.3));
        svg.Text(left + 24, top + 29, "country, with its code and number of items; filled with its shade");
        if (hasLab)
        {
            WriteLab(svg, new(left + 8, top + 24 + Row));
            svg.Text(left + 24, top + 29 + Row, "lab; no line leads to the country that it is in");
        }
        else
        {
            svg.Text(left, top + 29 + Row, "No lines: the lab's position is not known.");
        }
    }
}
