using System.Buffers;

namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>
/// Finds Korean addresses in Latin letters (Revised Romanization): a number, a street that ends in -ro, -daero or -gil, perhaps -eup or -myeon, one or
/// two of -gu, -si, -gun, and a city or province. Every step is bounded, so that the search is linear.
/// </summary>
internal static class RomanizedAddress
{
    private const int LongestPart = 32;
    private const int MostParts = 6;

    private static readonly SearchValues<string> StreetEnds = SearchValues.Create(["-ro", "-daero", "-gil"], StringComparison.Ordinal);
    private static readonly SearchValues<char> WordLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-'’");

    private static readonly string[] Districts = ["-gu", "-si", "-gun"];
    private static readonly string[] Villages = ["-eup", "-myeon", "-dong", "-ri", "-ga"];

    /// <summary>The first address at or after <paramref name="from"/>; null if there is none.</summary>
    public static TextMatch? Find(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length && text[from..].IndexOfAny(StreetEnds) is >= 0 and var offset)
        {
            var street = from + offset;
            if (Start(text, street) is >= 0 and var start && End(text, street) is > 0 and var end)
            {
                return new TextMatch(new FormatMatch("postal_address", "a Korean address in Latin letters"), start, end - start);
            }

            from = street + 1;
        }

        return null;
    }

    // Back over the street's name, a comma and blanks, to the house number: "110 Sejong", "455, Docheong".
    private static int Start(ReadOnlySpan<char> text, int street)
    {
        var name = WordBefore(text, street);
        if (name is 0 or > LongestPart || !char.IsAsciiLetterUpper(text[street - name]))
        {
            return -1;
        }

        var at = street - name;
        var gap = at;
        while (gap > 0 && at - gap < 3 && text[gap - 1] is ' ' or ',')
        {
            gap--;
        }

        var number = WordBefore(text, gap);
        return gap < at && number is > 0 and <= 9 && char.IsAsciiDigit(text[gap - number]) && !text.Slice(gap - number, number).ContainsAnyExcept("0123456789-")
            ? gap - number
            : -1;
    }

    private static int End(ReadOnlySpan<char> text, int street)
    {
        var at = street + WordLength(text[street..]);
        var hasDistrict = false;
        for (var i = 0; i < MostParts; i++)
        {
            var next = at;
            while (next < text.Length && next - at < 3 && text[next] is ' ' or ',')
            {
                next++;
            }

            var length = WordLength(text[next..]);
            var word = text.Slice(next, length);
            if (next == at || length is 0 or > LongestPart || !EndsLikeAPart(word, hasDistrict))
            {
                return -1;
            }

            at = next + length;
            if (EndsWithAny(word, Districts))
            {
                hasDistrict = true;
            }
            else if (hasDistrict && !EndsWithAny(word, Villages) && char.IsAsciiLetterUpper(word[0]))
            {
                return at;
            }
        }

        return -1;
    }

    // A lane of the street (94-gil, 7beon-gil) comes before the district; the city comes after it.
    private static bool EndsLikeAPart(ReadOnlySpan<char> word, bool hasDistrict) =>
        hasDistrict ? char.IsAsciiLetterUpper(word[0])
            : EndsWithAny(word, Districts) || EndsWithAny(word, Villages) || (char.IsAsciiDigit(word[0]) && word.EndsWith("gil"));

    private static bool EndsWithAny(ReadOnlySpan<char> word, string[] ends)
    {
        foreach (var end in ends)
        {
            if (word.EndsWith(end) && word.Length > end.Length)
            {
                return true;
            }
        }

        return false;
    }

    private static int WordLength(ReadOnlySpan<char> text)
    {
        var word = text[..Math.Min(text.Length, LongestPart + 1)];
        var length = word.IndexOfAnyExcept(WordLetters);
        return length < 0 ? word.Length : length;
    }

    private static int WordBefore(ReadOnlySpan<char> text, int end)
    {
        var start = Math.Max(0, end - LongestPart - 1);
        return end - start - 1 - text[start..end].LastIndexOfAnyExcept(WordLetters);
    }
}
