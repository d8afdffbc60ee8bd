using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Outlines;

/// <summary>Reads countries from TopoJSON as world-atlas publishes it. The file may be a user's own: nothing in it may cost more than its size.</summary>
internal sealed class TopologyFile
{
    private const string Advice = "put countries-50m.json of the npm package world-atlas there, or remove the file so that the built-in one is used";

    // Lines are shared and can be named any number of times; Natural Earth's 1:10m has 0.6 million positions.
    private const int MostPositions = 2_000_000;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true };

    private readonly string _name;
    private readonly TopologyTransform? _transform;
    private readonly ImmutableArray<ImmutableArray<GeoPosition>> _lines;
    private int _positions;

    private TopologyFile(string name, Topology topology)
    {
        _name = name;
        _transform = topology.Transform;
        if (_transform is { } packed && (packed.Scale.Length != 2 || packed.Translate.Length != 2))
        {
            throw Fault("\"transform\" needs two numbers each in \"scale\" and \"translate\"");
        }

        _lines = [.. topology.Arcs.Select(ReadLine)];
    }

    /// <summary>Its shapes, in its order.</summary>
    /// <exception cref="OutlineFileException">It is no such file.</exception>
    public static ImmutableArray<TopologyShape> Read(ReadOnlySpan<byte> json, string name)
    {
        try
        {
            var topology = JsonSerializer.Deserialize<Topology>(json, Options) ?? throw Fault(name, "it is empty");
            var file = new TopologyFile(name, topology);
            var countries = topology.Objects.GetValueOrDefault("countries")?.Geometries ?? [];
            ImmutableArray<TopologyShape> shapes = [.. countries.OfType<TopologyObject>().Select(file.ReadShape)];
            return shapes.Any(shape => !shape.Polygons.IsEmpty) ? shapes : throw Fault(name, "it has no object \"countries\" with land in it");
        }
        catch (JsonException e)
        {
            throw Fault(name, $"it is no TopoJSON (line {e.LineNumber + 1}{(string.IsNullOrEmpty(e.Path) ? "" : $", {e.Path}")})", e);
        }
    }

    private static OutlineFileException Fault(string name, string what, Exception? inner = null) => new($"{name} can't be used, {what}: {Advice}", inner);

    private OutlineFileException Fault(string what) => Fault(_name, what);

    private ImmutableArray<GeoPosition> ReadLine(double[][] arc, int number)
    {
        var line = ImmutableArray.CreateBuilder<GeoPosition>(arc?.Length ?? 0);
        var (x, y) = (0.0, 0.0);
        foreach (var position in arc ?? [])
        {
            if (position is not [var column, var row, ..])
            {
                throw Fault($"line {number} has a position without two numbers");
            }

            (x, y) = _transform is null ? (column, row) : (x + column, y + row);
            line.Add(ToPlace(x, y, number));
        }

        return line.DrainToImmutable();
    }

    private GeoPosition ToPlace(double x, double y, int number)
    {
        var (longitude, latitude) = _transform is { Scale: var scale, Translate: var translate }
            ? ((x * scale[0]) + translate[0], (y * scale[1]) + translate[1])
            : (x, y);

        // Packed positions may be off by their last bit.
        return Math.Abs(longitude) <= 180.001 && Math.Abs(latitude) <= 90.001
            ? new(Math.Clamp(latitude, -90, 90), Math.Clamp(longitude, -180, 180))
            : throw Fault($"line {number} leaves the Earth");
    }

    private TopologyShape ReadShape(TopologyObject shape)
    {
        var name = shape.Properties?.Name ?? "";
        try
        {
            return new(ReadNumber(shape.Id), name, shape.Type switch
            {
                "Polygon" => [.. ReadPolygon(Read<int[][]>(shape))],
                "MultiPolygon" => [.. Read<int[][][]>(shape).SelectMany(ReadPolygon)],
                _ => [],
            });
        }
        catch (JsonException e)
        {
            throw Fault(_name, $"the arcs of {(name.Length == 0 ? "a country" : name)} are not those of a {shape.Type}", e);
        }

        static T Read<T>(TopologyObject shape)
            where T : class => shape.Arcs?.Deserialize<T>(Options) ?? throw new JsonException();
    }

    private static int? ReadNumber(JsonElement? id) => id switch
    {
        { ValueKind: JsonValueKind.String } text when int.TryParse(text.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        { ValueKind: JsonValueKind.Number } numeral when numeral.TryGetInt32(out var number) => number,
        _ => null,
    };

    /// <summary>The polygon; none for one without a line.</summary>
    private IEnumerable<OutlinePolygon> ReadPolygon(int[][]? polygon)
    {
        ImmutableArray<OutlineRing> rings =
        [
            .. (polygon ?? []).Where(lines => lines is { Length: > 0 })
                .Select(ReadRing)
                .Where(points => points.Count > 0)
                .Select(points => new OutlineRing(points)),
        ];
        return rings.IsEmpty ? [] : [new OutlinePolygon(rings)];
    }

    private List<GeoPosition> ReadRing(int[] lines)
    {
        var ring = new List<GeoPosition>();
        foreach (var number in lines)
        {
            // A number's complement means the line from its end to its start; a line begins where the one before ended.
            var line = _lines.ElementAtOrDefault(number < 0 ? ~number : number);
            if (line.IsDefault)
            {
                throw Fault($"there is no line {number}");
            }

            ring.AddRange((number < 0 ? line.Reverse() : line).Skip(ring.Count == 0 ? 0 : 1));
            _positions += line.Length;
            if (_positions > MostPositions)
            {
                throw Fault($"its countries have more than {MostPositions:N0} positions");
            }
        }

        if (ring.Count > 0 && ring[^1] != ring[0])
        {
            ring.Add(ring[0]);
        }

        return ring;
    }
}
