using System.Collections.Immutable;

namespace TrafficAudit.Geolocation.Outlines;

/// <summary>One country of a map file, as it is there.</summary>
/// <param name="Number">ISO 3166-1 numeric; null where the file gives none: disputed and some small territories.</param>
/// <param name="Name">Its name.</param>
/// <param name="Polygons">Its land.</param>
internal sealed record TopologyShape(int? Number, string Name, ImmutableArray<OutlinePolygon> Polygons);
