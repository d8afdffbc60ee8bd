using System.Globalization;
using System.Xml;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>
/// Writes SVG 1.1 that can stand alone or inside an HTML page: no script, no style sheet, no id that another picture on the page could have too, nothing
/// fetched. The same calls give the same bytes.
/// </summary>
internal sealed class SvgWriter : IDisposable
{
    private const string Namespace = "http://www.w3.org/2000/svg";

    private readonly XmlWriter _xml;

    public SvgWriter(TextWriter writer) => _xml = XmlWriter.Create(writer, new XmlWriterSettings
    {
        OmitXmlDeclaration = true,
        ConformanceLevel = ConformanceLevel.Fragment,
        Indent = true,
        IndentChars = "",
        NewLineChars = "\n",
        CloseOutput = false,
    });

    public void Dispose() => _xml.Dispose();

    /// <summary>Begins the picture: what it is in words comes first, for those who can't see it.</summary>
    public void Begin(double width, double height, string title, string description)
    {
        var box = $"0 0 {Text(width)} {Text(height)}";
        Start("svg", ("width", width), ("height", height), ("viewBox", box), ("role", "img"), ("font-family", "sans-serif"), ("font-size", 12));
        Title(title);
        _xml.WriteElementString("desc", Namespace, SvgText.Clean(description));
        Empty("rect", ("width", width), ("height", height), ("fill", "#fff"));
    }

    public void Start(string element, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        _xml.WriteStartElement(element, Namespace);
        foreach (var (name, value) in attributes)
        {
            if (value is not null)
            {
                _xml.WriteAttributeString(name, Text(value));
            }
        }
    }

    public void End() => _xml.WriteEndElement();

    public void Empty(string element, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        Start(element, attributes);
        End();
    }

    /// <summary>What a pointer shows over the element begun last.</summary>
    public void Title(string title) => _xml.WriteElementString("title", Namespace, SvgText.Clean(title));

    /// <summary>A line of text; its place is the start of its base line unless an attribute says otherwise.</summary>
    public void Text(double x, double y, string text, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        Start("text", [("x", x), ("y", y), .. attributes]);
        _xml.WriteString(SvgText.Clean(text));
        End();
    }

    /// <summary>A line through points.</summary>
    public void Line(IEnumerable<Pixel> points, params ReadOnlySpan<(string Name, object? Value)> attributes) =>
        Empty("polyline", [("points", string.Join(' ', points.Select(point => $"{Text(point.X)},{Text(point.Y)}"))), ("fill", "none"), .. attributes]);

    private static string Text(object value) => value switch
    {
        double number => (Math.Round(number, 1) + 0.0).ToString("0.#", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => SvgText.Clean(value.ToString() ?? ""),
    };
}
