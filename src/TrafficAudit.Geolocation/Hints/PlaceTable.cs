using System.Collections.Frozen;
using TrafficAudit.Geolocation.Yaml;

namespace TrafficAudit.Geolocation.Hints;

/// <summary>A map of codes to places in a data file: <c>ap-northeast-2: KR Seoul</c>.</summary>
internal static class PlaceTable
{
    /// <summary>Reads one; its codes are found in any case.</summary>
    /// <param name="yaml">The file, at the map.</param>
    /// <param name="key">What the map is called there, for the fault when it is none.</param>
    /// <exception cref="GeoDataException">The first fault in it.</exception>
    public static FrozenDictionary<string, Place> Read(YamlCursor yaml, string key)
    {
        var places = new Dictionary<string, Place>(StringComparer.OrdinalIgnoreCase);
        yaml.ReadEntries($"\"{key}\" must be a map of codes to places", code =>
        {
            var text = yaml.ReadText("a place must be a text");
            places[code.Value] = Place.Parse(text.Value, code.Value)
                ?? throw yaml.Fault(text.Start.Line, "a place must be a country's code (ISO 3166-1, in capitals) and a name: KR Seoul");
        });
        return places.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
