using System.Collections.Immutable;
using TrafficAudit.Geolocation.Outlines;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>
/// Draws transfers as a map of the world, in SVG: countries shaded by how many kinds of personal data went there, marked and joined to the lab by lines
/// that say how sure the country is.
/// </summary>
public static class TransferMap
{
    /// <summary>Writes the picture, an SVG document without XML declaration, so that it can stand in a page as well as in a file of its own (UTF-8).</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="transfers">May be none: an empty map that says so.</param>
    /// <param name="context">What else the picture says.</param>
    public static void Write(TextWriter writer, IReadOnlyList<Transfer> transfers, PictureContext context)
    {
        var figures = CountryFigure.Of(transfers);
        ImmutableArray<Destination> destinations = [.. figures.Select(figure => Destination.Of(figure, context)).OfType<Destination>()];
        var map = new MapDrawing(context, destinations);
        map.Write(writer, PictureFrame.Describe(transfers), Missing(figures, destinations));
    }

    /// <summary>What has no place on the map, in words: nothing is left out.</summary>
    private static ImmutableArray<string> Missing(ImmutableArray<CountryFigure> figures, ImmutableArray<Destination> destinations) =>
    [
        .. figures.Where(figure => destinations.All(destination => destination.Figure != figure))
            .Select(figure => (figure.Words(), Where: figure.Country is { } country ? $"{country}, which has no outline" : "unknown countries"))
            .Select(missing => $"Not on the map: {missing.Item1} in {missing.Where}."),
    ];
}
