using TrafficAudit.Geolocation.Outlines;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>A country on the map to which something went.</summary>
/// <param name="Figure">What.</param>
/// <param name="Outline">Its land.</param>
/// <param name="Anchor">Where its mark stands.</param>
/// <param name="IsHome">Whether the lab is in it: no line leads there.</param>
internal sealed record Destination(CountryFigure Figure, CountryOutline Outline, GeoPosition Anchor, bool IsHome)
{
    /// <summary>Null for what is in no known country, or in one without an outline.</summary>
    public static Destination? Of(CountryFigure figure, PictureContext context) =>
        figure.Country is { } country && context.Outlines.DistanceKm(country, new(0, 0)) is not null && context.Outlines.Find(country) is { } outline
            ? new(figure, outline, MapAnchor.Of(outline), context.Lab is { } lab && context.Outlines.DistanceKm(country, lab) < 1)
            : null;
}
