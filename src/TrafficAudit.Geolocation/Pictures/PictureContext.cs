using System.Collections.Immutable;
using TrafficAudit.Geolocation.Outlines;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>What a picture of transfers says beside them.</summary>
public sealed record PictureContext
{
    /// <summary>What the picture is of: the case's name, for example.</summary>
    public required string Title { get; init; }

    /// <summary>The day on which it is drawn.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The outlines to draw.</summary>
    public required WorldOutlines Outlines { get; init; }

    /// <summary>Where the lab is; null if not known: then no lines are drawn.</summary>
    public GeoPosition? Lab { get; init; }

    /// <summary>Whose data the picture shows, in the words that their licences ask for.</summary>
    public ImmutableArray<Attribution> Attributions { get; init; } = [];
}
