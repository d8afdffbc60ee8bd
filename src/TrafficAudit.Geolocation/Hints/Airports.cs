using System.Collections.Frozen;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Hints;

/// <summary>The places of IATA codes, of airports and of cities, out of <c>hints/airports.csv</c>: code, country, name, latitude, longitude.</summary>
internal sealed class Airports
{
    private const string FileName = "airports.csv";
    private const string Columns = "code,country,name,latitude,longitude";

    private readonly FrozenDictionary<string, Place> _places;

    private Airports(HintFile file)
    {
        File = file;
        _places = Read(file).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    public HintFile File { get; }

    /// <exception cref="HintFileException">The folder's file can't be used.</exception>
    public static Airports Load(string? folder) => new(HintFile.Load(folder, FileName));

    /// <summary>The place of a code in any case; null where the table has none.</summary>
    public Place? Find(string code) => _places.GetValueOrDefault(code);

    /// <summary>
    /// The place of a code of UN/LOCODE, in any case: its country is in it, its name that of the airport or city with the same three letters there, if any.
    /// Null where its first two letters are no country's; uk, which some write, is the United Kingdom.
    /// </summary>
    public Place? FindLocode(string code)
    {
        var upper = code.ToUpperInvariant();
        var country = ToCountry(upper[..2]);
        if (country is null)
        {
            return null;
        }

        return Find(upper[2..]) is { } place && place.Country == country ? place with { Code = upper } : new Place(country, upper[2..], upper);
    }

    /// <summary>A country's code out of its two letters in any case; null where they are none's.</summary>
    public static string? ToCountry(string letters) => letters.ToUpperInvariant() switch
    {
        "UK" => "GB",
        var code => Place.IsCountry(code) ? code : null,
    };

    private static Dictionary<string, Place> Read(HintFile file)
    {
        var places = new Dictionary<string, Place>(StringComparer.OrdinalIgnoreCase);
        using var text = file.OpenText();
        for (var number = 1; text.ReadLine() is { } line; number++)
        {
            if (number == 1 ? line != Columns : ReadPlace(line) is not { } place || !places.TryAdd(place.Code!, place))
            {
                throw file.Fault(number, number == 1
                    ? $"the first line must be {Columns}"
                    : "must be a code of three letters that no other line has, a country's code (ISO 3166-1), a name without commas, latitude and longitude");
            }
        }

        return places;
    }

    private static Place? ReadPlace(string line) =>
        line.Split(',') is [{ Length: 3 } code, var country, { Length: > 0 } name, var latitude, var longitude]
        && code.All(char.IsAsciiLetterUpper)
        && Place.IsCountry(country)
        && GeoPosition.Parse($"{latitude},{longitude}") is { } position
            ? new Place(country, name, code, position)
            : null;
}
