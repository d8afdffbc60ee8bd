using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>What the shades, lines and hatching of a matrix mean.</summary>
internal static class MatrixLegend
{
    private const double LinesLeft = 220;

    private static readonly double RowsHeight = Legend.Row * (1 + GradeStroke.All.Length);

    public static double Height => RowsHeight + 36;

    public static void Write(SvgWriter svg, Shades shades, double left, double top)
    {
        Legend.WriteShades(svg, shades, left, top, shades.Classes.IsEmpty ? "No cell: nothing was sent" : "Cells: number of flows");
        Legend.WriteGrades(svg, left + LinesLeft, top, "Under a recipient: its server's country, and the least sure grade");
        if (!shades.Classes.IsEmpty)
        {
            MatrixDrawing.WriteCell(svg, shades, new(1, Confidence.Possible), left + LinesLeft, top + RowsHeight + 6);
            svg.Text(left + LinesLeft + 58, top + RowsHeight + 21, "hatched: possible only; others are certain or likely");
        }
    }
}
