using System.Globalization;
using TrafficAudit.Geolocation.Yaml;

namespace TrafficAudit.Geolocation.Hints;

/// <summary>How a row of a table is known.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="AsOf">The day on which that was read.</param>
internal sealed record Provenance(string Source, DateOnly AsOf)
{
    /// <summary>The keys that <see cref="Read"/> takes.</summary>
    public static readonly string[] Keys = ["source", "as_of"];

    /// <exception cref="GeoDataException">One is missing, or can't be read.</exception>
    public static Provenance Read(YamlMap row)
    {
        _ = row.Required("as_of");
        var day = row.Read<DateOnly?>(
            "as_of",
            text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            "a day: 2026-01-31");
        return new Provenance(row.Required("source"), day!.Value);
    }
}
