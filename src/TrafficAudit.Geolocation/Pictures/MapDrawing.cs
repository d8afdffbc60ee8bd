using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>The drawing of one map.</summary>
internal sealed class MapDrawing
{
    private const double Width = 1400;
    private const double MarkRadius = 5.5;

    private readonly PictureContext _context;
    private readonly ImmutableArray<Destination> _destinations;
    private readonly Shades _shades;
    private readonly MapSheet _sheet;

    public MapDrawing(PictureContext context, ImmutableArray<Destination> destinations)
    {
        _context = context;
        _destinations = destinations;
        _shades = Shades.Even(destinations.Select(destination => destination.Figure.Items.Length).DefaultIfEmpty().Max());
        _sheet = new MapSheet(Width - (2 * PictureFrame.Margin), context.Lab, destinations.Any(destination => destination.Figure.Country == "AQ"));
    }

    /// <param name="writer">Where to.</param>
    /// <param name="counts">What is counted, in words.</param>
    /// <param name="missing">What is not on the map, in words.</param>
    public void Write(TextWriter writer, string counts, ImmutableArray<string> missing)
    {
        var legendTop = PictureFrame.HeadHeight + _sheet.Height + 12;
        var legend = new MapLegend(_shades, missing, hasLab: _context.Lab is not null);
        var footTop = legendTop + legend.Height;
        using var svg = new SvgWriter(writer);
        svg.Begin(Width, footTop + PictureFrame.FootHeight(_context), _context.Title, string.Join(' ', missing.Prepend(Description(counts))));
        PictureFrame.WriteHead(svg, _context, counts);

        // A picture within the picture: nothing is drawn outside of the map.
        svg.Start("svg", ("x", PictureFrame.Margin), ("y", PictureFrame.HeadHeight), ("width", _sheet.Width), ("height", _sheet.Height), ("overflow", "hidden"));
        WriteLand(svg);
        WriteLines(svg);
        WriteMarks(svg);
        svg.End();

        legend.Write(svg, PictureFrame.Margin, legendTop);
        PictureFrame.WriteFoot(svg, _context, footTop);
        svg.End();
    }

    private string Description(string counts) =>
        $"World map. {counts} {string.Join(' ', _destinations.Select(destination => $"{destination.Figure.Country}: {destination.Figure.Words()}."))}";

    private void WriteLand(SvgWriter svg)
    {
        svg.Line(_sheet.Edge(), ("stroke", "#ccc"), ("stroke-width", 0.6));
        svg.Start(
            "g", ("transform", "scale(0.1)"), ("stroke", "#8f8f8f"), ("stroke-width", 4), ("stroke-linejoin", "round"), ("fill-rule", "evenodd"));
        var shaded = _destinations.Select(destination => destination.Outline).ToHashSet();
        var others = _context.Outlines.All.Where(country => !shaded.Contains(country)).SelectMany(country => country.Polygons);
        WritePath(svg, LandShape.Draw(_sheet, others), "#f7f7f7");
        foreach (var destination in _destinations)
        {
            WritePath(svg, LandShape.Draw(_sheet, destination.Outline.Polygons), Fill(destination));
        }

        svg.End();

        static void WritePath(SvgWriter svg, string data, string fill)
        {
            if (data.Length > 0)
            {
                svg.Empty("path", ("fill", fill), ("d", data));
            }
        }
    }

    private void WriteLines(SvgWriter svg)
    {
        if (_context.Lab is not { } lab)
        {
            return;
        }

        // The least sure below, so that nothing looks surer than it is where lines meet; white beside each keeps it apart from dark land.
        foreach (var destination in _destinations.Where(destination => !destination.IsHome).OrderBy(destination => GradeStroke.All.IndexOf(Stroke(destination))))
        {
            foreach (var line in GreatCircle.Draw(_sheet, lab, destination.Anchor))
            {
                svg.Line(line, ("stroke", "#fff"), ("stroke-width", Stroke(destination).Width + 1.6), ("stroke-opacity", 0.7));
                svg.Line(line, [("class", "transfer"), .. Stroke(destination).Attributes()]);
            }
        }
    }

    private void WriteMarks(SvgWriter svg)
    {
        var marks = _destinations.Select(destination => Box.Around(_sheet.At(destination.Anchor), 2 * MarkRadius, 2 * MarkRadius)).ToList();
        var lab = _context.Lab is { } place ? Box.Around(_sheet.At(place), 11, 11) : (Box?)null;
        var labels = new LabelPlaces(new(0, 0, _sheet.Width, _sheet.Height), lab is { } taken ? marks.Append(taken) : marks);
        var texts = _destinations.Select(destination => $"{destination.Figure.Country} {destination.Figure.Items.Length}").ToList();
        var boxes = texts.Zip(marks, (text, mark) => labels.Take(mark, text.Length * 9, 13)).ToList();
        foreach (var (mark, box) in marks.Zip(boxes))
        {
            WriteLeader(svg, mark, box);
        }

        foreach (var (index, destination) in _destinations.Index())
        {
            WriteMark(svg, destination, marks[index].Middle, texts[index], boxes[index].Middle);
        }

        if (lab is { } here)
        {
            MapLegend.WriteLab(svg, here.Middle);
        }
    }

    private void WriteMark(SvgWriter svg, Destination destination, Pixel mark, string text, Pixel label)
    {
        var figure = destination.Figure;
        var grades = string.Join(", ", figure.Grades.Select(grade => $"{Token.Of(grade.Grade)} {grade.Transfers}"));
        svg.Start("g", ("data-country", figure.Country), ("data-items", figure.Items.Length), ("data-transfers", figure.Transfers));
        svg.Title($"{figure.Country}: {figure.Words()} ({grades}): {string.Join(", ", figure.Items)}");
        svg.Empty("circle", [("cx", mark.X), ("cy", mark.Y), ("r", MarkRadius), ("fill", Fill(destination)), .. Stroke(destination).Attributes()]);
        svg.Text(
            label.X, label.Y + 4, text,
            ("text-anchor", "middle"), ("font-weight", "bold"), ("fill", "#111"),
            ("stroke", "#fff"), ("stroke-width", 3), ("stroke-linejoin", "round"), ("paint-order", "stroke"));
        svg.End();
    }

    /// <summary>A thin line to a label that has no place beside its mark.</summary>
    private static void WriteLeader(SvgWriter svg, Box mark, Box label)
    {
        var (from, to) = (mark.Middle, new Pixel(Math.Clamp(mark.Middle.X, label.Left, label.Right), Math.Clamp(mark.Middle.Y, label.Top, label.Bottom)));
        if (Math.Sqrt(Math.Pow(to.X - from.X, 2) + Math.Pow(to.Y - from.Y, 2)) > MarkRadius + 8)
        {
            svg.Line([from, to], ("stroke", "#fff"), ("stroke-width", 2.2));
            svg.Line([from, to], ("stroke", "#555"), ("stroke-width", 0.6));
        }
    }

    private static GradeStroke Stroke(Destination destination) => GradeStroke.Of(destination.Figure.Weakest);

    private string Fill(Destination destination) => _shades.Fill(_shades.ClassOf(destination.Figure.Items.Length));
}
