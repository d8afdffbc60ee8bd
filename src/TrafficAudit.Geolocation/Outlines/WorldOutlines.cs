using System.Collections.Frozen;
using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Outlines;

/// <summary>
/// Where the countries of the world are: Natural Earth's admin-0 outlines at 1:50m, and circles for islands that these leave out and for land that
/// several countries claim. Outlines are drawn by who holds the land. The embedded ones are read when they are first asked for. Thread-safe.
/// </summary>
public sealed class WorldOutlines
{
    // Shapes without a code. Siachen Glacier stays without: nobody lives there, and it is within the circles that India and Pakistan claim.
    private static readonly FrozenDictionary<string, string> Codes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Kosovo"] = Kosovo,
        ["N. Cyprus"] = "CY",
        ["Somaliland"] = "SO",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // User-assigned, and what databases use.
    private const string Kosovo = "XK";

    private readonly Lazy<FrozenDictionary<string, CountryOutline>> _countries;

    private WorldOutlines(Func<FrozenDictionary<string, CountryOutline>> read, string sha256)
    {
        _countries = new(read);
        Sha256 = sha256;
    }

    /// <summary>SHA-256 over the folder's files where they are not the embedded ones, lower-case hex; empty for those, which belong to the program's version.</summary>
    public string Sha256 { get; }

    /// <summary>The embedded outlines; <c>world/countries-50m.json</c> and <c>world/places.csv</c> of a folder take the place of the embedded files.</summary>
    /// <param name="folder">May be null or missing. Its files are read at once, so that a damaged one is told at start.</param>
    /// <exception cref="OutlineFileException">A file of the folder can't be used.</exception>
    public static WorldOutlines Load(string? folder)
    {
        // Those of the project's own geo-data are the embedded ones: no start pays for reading them.
        if (WorldFiles.OthersIn(folder) is not { } sha256)
        {
            return new(() => Read(null), "");
        }

        var countries = Read(folder);
        return new(() => countries, sha256);
    }

    /// <summary>The countries that have an outline, sorted.</summary>
    public IEnumerable<string> Countries => _countries.Value.Keys.Where(IsCode).Order(StringComparer.Ordinal);

    /// <summary>Kilometres from a place to a country's own land, which is that of its code: Réunion is not France here.</summary>
    /// <param name="country">ISO 3166-1 alpha-2 in capitals, or XK for Kosovo.</param>
    /// <param name="from">The place.</param>
    /// <returns>0 inside; otherwise to the nearest point of its border. Null where there is no outline. 1:50m is true to about 10 km.</returns>
    public double? DistanceKm(string country, GeoPosition from) =>
        IsCode(country) && Find(country)?.OwnKm(from) is { } distance and < double.PositiveInfinity ? distance : null;

    /// <summary>What is known of where a country is; null for nothing.</summary>
    internal CountryOutline? Find(string country) => _countries.Value.GetValueOrDefault(country);

    /// <summary>All outlines, those without a country's code too.</summary>
    internal IEnumerable<CountryOutline> All => _countries.Value.OrderBy(country => country.Key, StringComparer.Ordinal).Select(country => country.Value);

    /// <summary>Whether an outline may have this code.</summary>
    internal static bool IsCode(string country) => IsoCountries.Has(country) || country == Kosovo;

    private static FrozenDictionary<string, CountryOutline> Read(string? folder)
    {
        var polygons = TopologyFile.Read(WorldFiles.Read(folder, WorldFiles.Outlines).Span, WorldFiles.Outlines)
            .SelectMany(shape => shape.Polygons, (shape, polygon) => (Code: DetachedTerritories.CodeOf(StateOf(shape), polygon), polygon))
            .ToLookup(pair => pair.Code, pair => pair.polygon, StringComparer.Ordinal);
        var places = PlacesFile.Read(WorldFiles.Read(folder, WorldFiles.Places).Span, WorldFiles.Places)
            .ToLookup(place => place.Country, StringComparer.Ordinal);
        return polygons.Select(group => group.Key).Union(places.Select(group => group.Key), StringComparer.Ordinal)
            .ToFrozenDictionary(
                code => code,
                code => new CountryOutline(
                    [.. polygons[code]], [.. places[code].Where(place => !place.IsContested)], [.. places[code].Where(place => place.IsContested)]),
                StringComparer.Ordinal);
    }

    private static string StateOf(TopologyShape shape) =>
        (shape.Number is { } number ? IsoCountries.FromNumber(number) : null) ?? Codes.GetValueOrDefault(shape.Name, shape.Name);
}
