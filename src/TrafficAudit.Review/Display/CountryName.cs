using System.Collections.Frozen;
using System.Globalization;

namespace TrafficAudit.Review.Display;

/// <summary>English names of countries, from the runtime's own data (CLDR).</summary>
internal static class CountryName
{
    private static readonly FrozenDictionary<string, string> Names = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Select(c => new RegionInfo(c.Name))
        .Where(r => r.TwoLetterISORegionName.Length == 2)
        .DistinctBy(r => r.TwoLetterISORegionName)
        .ToFrozenDictionary(r => r.TwoLetterISORegionName, r => r.EnglishName);

    /// <summary>The name; the code itself, made harmless, where the runtime knows none.</summary>
    public static string Of(string code) => Names.TryGetValue(code, out var name) ? name : InertText.Of(code, 8);
}
