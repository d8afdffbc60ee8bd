using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using TrafficAudit.Geolocation.Yaml;

namespace TrafficAudit.Geolocation.Hints;

/// <summary>
/// Reads <c>hints/edge-headers.yaml</c>: <c>tables</c>, maps of a network's own codes to places, and <c>headers</c>, the forms. A pattern has at most one group
/// that names a place: <c>iata</c>, <c>locode</c>, <c>country</c> (with <c>city</c>), <c>region</c> (of <c>provider</c>) or <c>code</c> (of the table <c>codes</c>).
/// </summary>
internal sealed class EdgeHeaderFile
{
    private static readonly string[] Keys = ["header", "network", "pattern", "base64", "beside", "provider", "codes", "nearest", "origin", .. Provenance.Keys];

    private readonly Airports _airports;
    private readonly CloudRegions _regions;
    private readonly YamlCursor _yaml;
    private readonly bool _isEmbedded;
    private readonly Dictionary<string, FrozenDictionary<string, Place>> _tables = new(StringComparer.Ordinal);

    private EdgeHeaderFile(YamlCursor yaml, bool isEmbedded, Airports airports, CloudRegions regions)
    {
        _yaml = yaml;
        _isEmbedded = isEmbedded;
        _airports = airports;
        _regions = regions;
    }

    /// <summary>Reads all forms.</summary>
    /// <exception cref="HintFileException">The first fault in the file.</exception>
    public static ImmutableArray<EdgeForm> Read(HintFile file, Airports airports, CloudRegions regions)
    {
        var forms = ImmutableArray<EdgeForm>.Empty;
        file.ReadYaml(yaml => forms = new EdgeHeaderFile(yaml, file.IsEmbedded, airports, regions).ReadForms());
        return forms;
    }

    private ImmutableArray<EdgeForm> ReadForms()
    {
        var forms = ImmutableArray<EdgeForm>.Empty;
        _ = _yaml.ReadMap("expected \"tables:\" and \"headers:\"", [], [], new(StringComparer.Ordinal)
        {
            ["tables"] = () => _yaml.ReadEntries(
                "\"tables\" must be a map of names to tables", name => _tables[name.Value] = PlaceTable.Read(_yaml, name.Value)),
            ["headers"] = () => forms = _yaml.ReadList("\"headers\" must be a list of rows, each starting with \"- header:\"", ReadForm),
        });
        return forms;
    }

    private EdgeForm ReadForm()
    {
        var map = _yaml.ReadMap("expected \"header:\" and the other keys of one form", Keys, []);
        _ = map.Required("pattern");
        var pattern = ReadPattern(map, "pattern")!;
        var form = new EdgeForm
        {
            Header = map.Required("header").ToLowerInvariant(),
            Network = map.Text("network"),
            Pattern = pattern,
            Base64 = ReadPattern(map, "base64"),
            Beside = map.Read("beside", ReadBeside, "a header and a regular expression without look-around and back-references: \"server: ^AmazonS3$\""),
            Locate = ReadLocator(map, pattern),
            IsLastNearest = map.Read<bool?>("nearest", text => text switch { "first" => false, "last" => true, _ => null }, "first or last") ?? false,
            IsOrigin = map.Read<bool?>("origin", text => text switch { "yes" => true, "no" => false, _ => null }, "yes or no") ?? false,
            Provenance = Provenance.Read(map),
        };
        if (form.Base64 is { } base64 && !base64.Groups.Contains("text"))
        {
            throw _yaml.Fault(map.Line, "\"base64\" needs a group \"text\": what is to be decoded");
        }

        return form.Network is null && form.Locate is null ? throw _yaml.Fault(map.Line, "a row must name a network or have a group that names a place") : form;
    }

    private LinearPattern? ReadPattern(YamlMap map, string key) => map.Read(key, Parse, "a regular expression without look-around and back-references");

    private (string Header, LinearPattern Pattern)? ReadBeside(string text) =>
        text.Split(": ", 2) is [{ Length: > 0 } header, { Length: > 0 } pattern] && Parse(pattern) is { } parsed ? (header, parsed) : null;

    private LinearPattern? Parse(string text) => LinearPattern.Parse(text, isKnown: _isEmbedded);

    private Func<Match, Place?>? ReadLocator(YamlMap map, LinearPattern pattern)
    {
        var groups = pattern.Groups.Remove("city");
        var codes = groups is ["code"] ? FindTable(map) : groups is ["region"] ? FindRegions(map) : null;
        return groups switch
        {
            [] => null,
            ["iata"] => match => Text(match, "iata") is { } code ? _airports.Find(code) : null,
            ["locode"] => match => Text(match, "locode") is { Length: 5 } code ? _airports.FindLocode(code) : null,
            ["country"] => match => Text(match, "country") is { } letters && Airports.ToCountry(letters) is { } country
                ? new Place(country, Text(match, "city") ?? country, Code: null)
                : null,
            ["code" or "region"] => match => Text(match, groups[0]) is { } code ? codes!.GetValueOrDefault(code) : null,
            _ => throw _yaml.Fault(map.Line, "\"pattern\" may have one group: iata, locode, country (with city), region or code"),
        };
    }

    private FrozenDictionary<string, Place> FindTable(YamlMap map) =>
        _tables.GetValueOrDefault(map.Required("codes")) ?? throw _yaml.Fault(map.Line, $"there is no table {map.Text("codes")}; \"tables\" comes before \"headers\"");

    private FrozenDictionary<string, Place> FindRegions(YamlMap map) =>
        _regions.FindRegions(map.Required("provider")) ?? throw _yaml.Fault(map.Line, $"{_regions.File.Name} has no provider {map.Text("provider")}");

    private static string? Text(Match match, string group) => match.Groups[group] is { Success: true, Length: > 0, Value: var text } ? text : null;
}
