using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>What the shades, lines and hatching of a matrix mean.</summary>
internal static class MatrixLegend
{
    private const double Row = 22;
    private const double LinesLeft = 220;

    public static double Height => (Row * 6) + 10;

    public static void Write(SvgWriter svg, Shades shades, double left, double top)
    {
        svg.Text(left, top + 10, shades.Classes.IsEmpty ? "No cell: nothing was sent" : "Cells: number of flows", ("font-weight", "bold"));
        for (var i = 0; i < shades.Classes.Length; i++)
        {
            svg.Empty("rect", ("x", left), ("y", top + 20 + (i * 18)), ("width", 28), ("height", 13), ("fill", shades.Fill(i)), ("stroke", "#8f8f8f"), ("stroke-width", 0.5));
            svg.Text(left + 36, top + 31 + (i * 18), shades.Name(i));
        }

        svg.Text(left + LinesLeft, top + 10, "Under a recipient: its server's country, and how sure that is", ("font-weight", "bold"));
        foreach (var (index, stroke) in GradeStroke.All.Index())
        {
            var y = top + 26 + (index * 18);
            MapLegend.WriteStroke(svg, stroke, left + LinesLeft, y, 48);
            svg.Text(left + LinesLeft + 58, y + 5, stroke.Meaning);
        }

        if (!shades.Classes.IsEmpty)
        {
            MatrixDrawing.WriteCell(svg, shades, new(1, Confidence.Possible), left + LinesLeft, top + 114);
            svg.Text(left + LinesLeft + 58, top + 129, "hatched: possible only, by a key's name; others are certain or likely");
        }
    }
}
