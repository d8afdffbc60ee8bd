using System.Collections.Concurrent;
using System.Globalization;

namespace TrafficAudit.Review.Display;

/// <summary>Names of countries in the reader's language, from the runtime's own data (CLDR).</summary>
internal static class CountryName
{
    /// <summary>CLDR's own code for a region that is not known.</summary>
    private const string Unknown = "ZZ";

    private static readonly ConcurrentDictionary<(string Language, string Code), string> Names = new();

    /// <summary>The name; the code itself, made harmless, where the runtime knows none.</summary>
    public static string Of(string code) => code is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] and not Unknown
        ? Names.GetOrAdd((CultureInfo.CurrentUICulture.Name, code), key => Look(key.Code))
        : InertText.Of(code, 8);

    // A region has its name in its own language and in English only; that of "an unknown language (in that region)" is in the reader's.
    private static string Look(string code)
    {
        var name = new CultureInfo($"und-{code}").DisplayName;
        var (start, end) = (name.IndexOf('(', StringComparison.Ordinal), name.LastIndexOf(')'));
        return start < 0 || end < start ? code : name[(start + 1)..end].Replace('[', '(').Replace(']', ')');
    }
}
