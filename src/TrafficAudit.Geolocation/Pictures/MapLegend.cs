using System.Collections.Immutable;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>What the shades, lines and marks of a map mean, and what is not on it.</summary>
internal sealed class MapLegend(Shades shades, ImmutableArray<string> missing, bool hasLab)
{
    private const double LinesLeft = 300;
    private const double MarksLeft = 860;

    // Below the heading: as many grades as there can be classes of shades.
    private static readonly double RowsHeight = Legend.Row * (1 + GradeStroke.All.Length);

    public double Height => RowsHeight + (missing.IsEmpty ? 0 : (missing.Length * PictureFrame.LineHeight) + 14);

    public void Write(SvgWriter svg, double left, double top)
    {
        Legend.WriteShades(svg, shades, left, top, shades.Classes.IsEmpty ? "No country has any item" : "Kinds of personal data (items)");
        Legend.WriteGrades(svg, left + LinesLeft, top, $"{(hasLab ? "Lines and circles" : "Circles")}: the least sure grade among a country's transfers");
        WriteMarks(svg, left + MarksLeft, top);
        foreach (var (index, line) in missing.Index())
        {
            svg.Text(left, top + RowsHeight + 14 + (index * PictureFrame.LineHeight), line, ("font-weight", "bold"));
        }
    }

    /// <summary>The lab's mark: a black lozenge.</summary>
    public static void WriteLab(SvgWriter svg, Pixel place)
    {
        var lozenge = FormattableString.Invariant($"M{place.X:0.#},{place.Y - 6:0.#}l6,6l-6,6l-6,-6z");
        svg.Start("path", ("d", lozenge), ("fill", "#111"), ("stroke", "#fff"), ("stroke-width", 1.2));
        svg.Title("The lab");
        svg.End();
    }

    private void WriteMarks(SvgWriter svg, double left, double top)
    {
        Legend.WriteHeading(svg, left, top, "Marks");
        svg.Empty("circle", ("cx", left + 8), ("cy", top + 24), ("r", 5.5), ("fill", "#fff"), ("stroke", "#111"), ("stroke-width", 1.3));
        svg.Text(left + 24, top + 29, "country, with its code and number of items; filled with its shade");
        if (hasLab)
        {
            WriteLab(svg, new(left + 8, top + 24 + Legend.Row));
            svg.Text(left + 24, top + 29 + Legend.Row, "lab; no line leads to the country that it is in");
        }
        else
        {
            svg.Text(left, top + 29 + Legend.Row, "No lines: the lab's position is not known.");
        }
    }
}
