using System.Buffers;
using System.Globalization;
using System.Text;

namespace TrafficAudit.Review.Display;

/// <summary>
/// Text from the network made harmless to look at: whatever is invisible, moves the cursor or turns the direction of writing is
/// shown as <c>\u{1B}</c>, and long text is cut. It is still text: whoever writes it into a page encodes it.
/// </summary>
internal static class InertText
{
    /// <summary>How many UTF-16 units of a value are shown before it is cut.</summary>
    public const int DefaultLimit = 400;

    // More than this many marks on one letter spill over the lines around it.
    private const int MostMarks = 4;

    // Letters by category, but blank: Hangul fillers and the Braille blank.
    private static readonly SearchValues<char> Blank = SearchValues.Create("\u115F\u1160\u2800\u3164\uFFA0");

    /// <summary>The text to show. What is over <paramref name="limit"/> is counted: <c>abc… (+120)</c>.</summary>
    public static string Of(string? text, int limit = DefaultLimit)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var shown = text.AsSpan(0, CutAt(text, limit));
        var result = new StringBuilder(shown.Length + 16);
        var marks = 0;
        while (!shown.IsEmpty)
        {
            // A lone surrogate comes out as U+FFFD with its own length of 1; it is escaped as what it is.
            var status = Rune.DecodeFromUtf16(shown, out var rune, out var length);
            var value = status == OperationStatus.Done ? rune.Value : shown[0];
            marks = IsMark(rune) ? marks + 1 : 0;
            if (status != OperationStatus.Done || marks > MostMarks || IsHidden(rune) || IsEscapeLike(shown))
            {
                result.Append($"\\u{{{value:X}}}");
            }
            else
            {
                result.Append(shown[..length]);
            }

            shown = shown[length..];
        }

        var left = text.Length - CutAt(text, limit);
        return left == 0 ? result.ToString() : result.Append($"… (+{left})").ToString();
    }

    private static int CutAt(string text, int limit)
    {
        if (text.Length <= limit)
        {
            return text.Length;
        }

        return char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit;
    }

    // A backslash in the text that would read like one of our escapes becomes one itself, so that no text can pass for another.
    private static bool IsEscapeLike(ReadOnlySpan<char> text) => text.StartsWith("\\u{");

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    private static bool IsHidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || (rune.IsBmp && Blank.Contains((char)rune.Value));
}
