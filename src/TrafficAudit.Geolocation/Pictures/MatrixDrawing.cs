using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>The drawing of one matrix.</summary>
internal sealed class MatrixDrawing
{
    private const double CellWidth = 34;
    private const double CellHeight = 22;
    private const int LongestItem = 30;
    private const int LongestRecipient = 32;

    // A reader at the far end of so many cells has lost the names: they stand there again.
    private const int FewCells = 25;
    private const double LeastWidth = 760;

    private readonly PictureContext _context;
    private readonly ImmutableArray<MatrixColumn> _columns;
    private readonly ImmutableArray<string> _items;
    private readonly Shades _shades;
    private readonly double _namesWidth;
    private readonly double _headHeight;
    private readonly double _left;
    private readonly double _top;

    public MatrixDrawing(PictureContext context, ImmutableArray<MatrixColumn> columns)
    {
        _context = context;
        _columns = columns;
        _items =
        [
            .. columns.SelectMany(column => column.Cells.Keys).CountBy(item => item, StringComparer.Ordinal)
                .OrderByDescending(item => item.Value).ThenBy(item => item.Key, StringComparer.Ordinal)
                .Select(item => item.Key),
        ];
        _shades = Shades.Powers(columns.SelectMany(column => column.Cells.Values).Select(cell => cell.Flows).DefaultIfEmpty().Max());
        _namesWidth = (12 * _items.Select(item => SvgText.Width(SvgText.Shorten(item, LongestItem))).DefaultIfEmpty().Max()) + 10;
        _headHeight = (12 * columns.Select(column => SvgText.Width(SvgText.Shorten(column.Recipient, LongestRecipient))).DefaultIfEmpty().Max()) + 38;
        _left = PictureFrame.Margin + _namesWidth;
        _top = PictureFrame.HeadHeight + _headHeight;
    }

    private double Right => _left + (_columns.Length * CellWidth);

    private double Bottom => _top + (_items.Length * CellHeight);

    /// <param name="writer">Where to.</param>
    /// <param name="counts">What is counted, in words.</param>
    public void Write(TextWriter writer, string counts)
    {
        var isLong = _items.Length > FewCells;
        var legendTop = Bottom + (isLong ? _headHeight : 0) + 20;
        var footTop = legendTop + MatrixLegend.Height;
        var width = Math.Max(LeastWidth, Right + (_columns.Length > FewCells ? _namesWidth : 0) + PictureFrame.Margin);
        using var svg = new SvgWriter(writer);
        svg.Begin(width, footTop + PictureFrame.FootHeight(_context), _context.Title, $"Matrix of personal data and recipients. {counts}");
        PictureFrame.WriteHead(svg, _context, counts);
        WriteGrid(svg);
        WriteItems(svg, _left - 8, "end");
        WriteRecipients(svg, _top - 6, isAbove: true);
        if (_columns.Length > FewCells)
        {
            WriteItems(svg, Right + 8, "start");
        }

        if (isLong)
        {
            WriteRecipients(svg, Bottom + 6, isAbove: false);
        }

        foreach (var (index, column) in _columns.Index())
        {
            WriteCells(svg, column, _left + (index * CellWidth));
        }

        MatrixLegend.Write(svg, _shades, PictureFrame.Margin, legendTop);
        PictureFrame.WriteFoot(svg, _context, footTop);
        svg.End();
    }

    /// <summary>Lines between the cells; every fifth is stronger, to follow by eye.</summary>
    private void WriteGrid(SvgWriter svg)
    {
        for (var row = 0; row <= _items.Length; row++)
        {
            var y = _top + (row * CellHeight);
            svg.Empty("line", ("x1", _left), ("y1", y), ("x2", Right), ("y2", y), ("stroke", row % 5 == 0 ? "#999" : "#ddd"), ("stroke-width", 0.7));
        }

        for (var column = 0; column <= _columns.Length; column++)
        {
            var x = _left + (column * CellWidth);
            svg.Empty("line", ("x1", x), ("y1", _top), ("x2", x), ("y2", Bottom), ("stroke", column % 5 == 0 ? "#999" : "#ddd"), ("stroke-width", 0.7));
        }
    }

    private void WriteItems(SvgWriter svg, double x, string anchor)
    {
        foreach (var (row, item) in _items.Index())
        {
            svg.Start("g");
            svg.Title(item);
            svg.Text(x, _top + (row * CellHeight) + 15, SvgText.Shorten(item, LongestItem), ("text-anchor", anchor), ("fill", "#111"));
            svg.End();
        }
    }

    /// <summary>From the cells outwards: the grade as a line, the country's code, the name turned by a quarter.</summary>
    private void WriteRecipients(SvgWriter svg, double y, bool isAbove)
    {
        foreach (var (index, column) in _columns.Index())
        {
            var x = _left + ((index + 0.5) * CellWidth);
            svg.Start("g", ("data-recipient", isAbove ? column.Recipient : null), ("data-country", isAbove ? column.Country : null));
            svg.Title(column.Words());
            Legend.WriteStroke(svg, GradeStroke.Of(column.Grade), x - 13, y, 26);
            svg.Text(x, y + (isAbove ? -6 : 15), column.Country ?? "?", ("text-anchor", "middle"), ("font-size", 11), ("font-weight", "bold"));
            var turned = FormattableString.Invariant($"translate({x:0.#} {y + (isAbove ? -22 : 22):0.#}) rotate(-90)");
            svg.Text(0, 4, SvgText.Shorten(column.Recipient, LongestRecipient), ("text-anchor", isAbove ? "start" : "end"), ("transform", turned));
            svg.End();
        }
    }

    private void WriteCells(SvgWriter svg, MatrixColumn column, double x)
    {
        foreach (var (row, item) in _items.Index())
        {
            if (column.Cells.TryGetValue(item, out var cell))
            {
                svg.Start("g", ("data-flows", cell.Flows));
                svg.Title($"{item}, {column.Words()}: {Plural.Of(cell.Flows, "flow")}, {Token.Of(cell.Confidence)}");
                WriteCell(svg, _shades, cell, x, _top + (row * CellHeight));
                svg.End();
            }
        }
    }

    /// <summary>A shaded cell with its number; hatched where the item is possible only.</summary>
    public static void WriteCell(SvgWriter svg, Shades shades, MatrixCell cell, double x, double y)
    {
        var shade = shades.ClassOf(cell.Flows);
        svg.Empty("rect", ("x", x + 1), ("y", y + 1), ("width", CellWidth - 2), ("height", CellHeight - 2), ("fill", shades.Fill(shade)));
        var ink = shades.Ink(shade);
        if (cell.Confidence == Confidence.Possible)
        {
            var strokes = FormattableString.Invariant($"M{x + 1:0.#},{y + 13:0.#}l12,-12m-12,20l20,-20m-8,20l20,-20m-12,20l12,-12");
            svg.Empty("path", ("d", strokes), ("stroke", ink), ("stroke-width", 0.7), ("fill", "none"));
        }

        svg.Text(
            x + (CellWidth / 2), y + 15, Number(cell.Flows),
            ("text-anchor", "middle"), ("font-size", 11), ("fill", ink), ("stroke", shades.Fill(shade)), ("stroke-width", 2.5), ("paint-order", "stroke"));
    }

    /// <summary>At most four characters; the whole number is in the cell's title.</summary>
    private static string Number(int flows) => flows switch
    {
        < 10_000 => $"{flows}",
        < 1_000_000 => $"{flows / 1000}k",
        _ => $"{flows / 1_000_000}M",
    };
}
