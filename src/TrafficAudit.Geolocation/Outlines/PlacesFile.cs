using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Outlines;

/// <summary>Reads <c>world/places.csv</c>: circles of land that the outlines don't show as a country's.</summary>
internal static class PlacesFile
{
    private const string Heading = "country,latitude,longitude,radius_km,kind,note";
    private const string Row = "a code of ISO 3166-1, degrees, kilometres, and island or contested";

    /// <summary>Its rows; lines that start with <c>#</c> are remarks.</summary>
    /// <exception cref="OutlineFileException">A line is no such row.</exception>
    public static ImmutableArray<OutlinePlace> Read(ReadOnlySpan<byte> text, string name)
    {
        var lines = Encoding.UTF8.GetString(text).Split('\n').Select((line, index) => (Text: line.TrimEnd('\r'), Number: index + 1))
            .Where(line => line.Text.Length > 0 && line.Text[0] != '#')
            .ToList();
        return lines is [(Heading, _), ..]
            ? [.. lines.Skip(1).Select(line => ReadRow(line.Text) ?? throw Fault($"line {line.Number} must be {Row}"))]
            : throw Fault($"its first line must be {Heading}");

        OutlineFileException Fault(string what) => new($"{name} can't be used, {what}: correct it, or remove the file so that the built-in one is used");
    }

    private static OutlinePlace? ReadRow(string row) =>
        row.Split(',', 6) is [var country, var latitude, var longitude, var radius, "island" or "contested", _] cells
        && WorldOutlines.IsCode(country)
        && GeoPosition.Parse($"{latitude},{longitude}") is { } centre
        && double.TryParse(radius, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var kilometres)
        && kilometres <= 20_100
            ? new OutlinePlace(country, centre, kilometres, cells[4] == "contested")
            : null;
}
