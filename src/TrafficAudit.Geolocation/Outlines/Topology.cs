using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrafficAudit.Geolocation.Outlines;

/// <summary>The parts of a TopoJSON document (https://github.com/topojson/topojson-specification, section 2.1) that are read.</summary>
/// <param name="Transform">How positions are packed; null: not at all.</param>
/// <param name="Arcs">Lines, shared by the objects that they border.</param>
/// <param name="Objects">By name.</param>
internal sealed record Topology(
    TopologyTransform? Transform, [property: JsonRequired] double[][][] Arcs, [property: JsonRequired] Dictionary<string, TopologyObject> Objects);

/// <summary>Positions are whole numbers, the first of a line absolute and the others relative to the one before.</summary>
internal sealed record TopologyTransform([property: JsonRequired] double[] Scale, [property: JsonRequired] double[] Translate);

/// <summary>A geometry, or a collection of them.</summary>
/// <param name="Type"><c>Polygon</c>, <c>MultiPolygon</c>, <c>GeometryCollection</c>; others are no land.</param>
/// <param name="Id">A country's numeric code, as text or as a number.</param>
/// <param name="Properties">Of which the name is read.</param>
/// <param name="Geometries">A collection's.</param>
/// <param name="Arcs">Numbers of lines, in as many arrays as the type asks for.</param>
internal sealed record TopologyObject(
    string? Type, JsonElement? Id, TopologyProperties? Properties, TopologyObject?[]? Geometries, JsonElement? Arcs);

/// <summary>What Natural Earth says of a country beside its outline.</summary>
internal sealed record TopologyProperties(string? Name);
