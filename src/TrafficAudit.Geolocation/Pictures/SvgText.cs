using System.Globalization;
using System.Text;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>Text that a picture can show: names come from certificates and host names, that is from whoever made them.</summary>
internal static class SvgText
{
    /// <summary>
    /// Without what XML 1.0 can't hold (section 2.2), control characters, and marks that turn the direction of what follows or can't be seen
    /// (Unicode's category Cf): in their place stands U+FFFD. Spaces of all kinds are a space.
    /// </summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(Shown(rune));
        }

        return clean.ToString();
    }

    /// <summary>The text if it is no longer than so many characters; otherwise its start and an ellipsis.</summary>
    public static string Shorten(string text, int most)
    {
        var runes = Clean(text).EnumerateRunes().ToList();
        return runes.Count <= most ? string.Concat(runes) : $"{string.Concat(runes.Take(most - 1)).TrimEnd()}…";
    }

    /// <summary>How wide a text is drawn at most, in the font's size: ideographs and Hangul take a square, Latin letters about half of one.</summary>
    public static double Width(string text) => text.EnumerateRunes().Sum(rune => rune.Value >= 0x1100 ? 1 : 0.58);

    private static string Shown(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator => " ",
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate => "\uFFFD",
        _ => rune.ToString(),
    };
}
