using System.Buffers;
using System.Text;

namespace TrafficAudit.Classification.Detection;

/// <summary>
/// Whether a known value stands by itself in a text, or is merely part of something longer: a phone number inside a longer number, a
/// name inside another word.
/// </summary>
internal static class HitBorders
{
    // What Korean writes to a name without a blank: particles, honorifics, counters of people.
    private static readonly SearchValues<char> AfterNames = SearchValues.Create("의님씨은는이가을를과와에께아야로도만양군고회선");

    /// <summary>Whether the characters around make <paramref name="text"/>'s part a whole.</summary>
    public static bool AreFree(ReadOnlySpan<char> text, int start, int length, string item)
    {
        var end = start + length;
        var before = start > 0 ? text[start - 1] : '\0';
        var after = end < text.Length ? text[end] : '\0';
        if ((char.IsAsciiLetterOrDigit(text[start]) && char.IsAsciiLetterOrDigit(before))
            || (char.IsAsciiLetterOrDigit(text[end - 1]) && char.IsAsciiLetterOrDigit(after)))
        {
            return false;
        }

        return item switch
        {
            "email" => IsEmailFree(text, before, after, end),
            "name" => IsNameFree(text, start, end, before, after),
            _ => !IsFraction(text, start, end, before, after),
        };
    }

    private static bool IsEmailFree(ReadOnlySpan<char> text, char before, char after, int end) =>
        before is not ('.' or '_' or '+' or '-') && after is not '-'
        && !(after == '.' && end + 1 < text.Length && char.IsAsciiLetterOrDigit(text[end + 1]));

    private static bool IsNameFree(ReadOnlySpan<char> text, int start, int end, char before, char after)
    {
        if (!IsKorean(text[start]))
        {
            return true;
        }

        // A final consonant behind a decomposed name belongs to its last syllable: it is another name.
        return !IsKorean(before) && after is not (>= '\u11A8' and <= '\u11FF')
            && (!IsKorean(after) || AfterNames.Contains(Syllable(text[end..])));
    }

    // 1.01000000000 is a fraction, not a telephone.
    private static bool IsFraction(ReadOnlySpan<char> text, int start, int end, char before, char after) =>
        (char.IsAsciiDigit(text[start]) && before == '.' && start > 1 && char.IsAsciiDigit(text[start - 2]))
        || (char.IsAsciiDigit(text[end - 1]) && after == '.' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]));

    private static bool IsKorean(char c) => c is (>= '가' and <= '힣') or (>= '\u1100' and <= '\u11FF');

    // The first syllable, composed if it is written as jamo.
    private static char Syllable(ReadOnlySpan<char> text)
    {
        if (text[0] is >= '가' and <= '힣')
        {
            return text[0];
        }

        var jamo = 0;
        while (jamo < text.Length && jamo < 3 && text[jamo] is >= '\u1100' and <= '\u11FF' && (jamo == 0 || text[jamo] >= '\u1160'))
        {
            jamo++;
        }

        return text[..jamo].ToString().Normalize(NormalizationForm.FormC)[0];
    }
}
