using System.Globalization;
using System.Text;

namespace TrafficAudit.Results;

/// <summary>Makes captured text harmless for a terminal: control, format (bidi) and escape characters become visible escapes.</summary>
internal static class PlainText
{
    public static string Of(string text)
    {
        var safe = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length;)
        {
            // A character beyond U+FFFF is two chars of the text; half of one stands for nothing.
            var isWhole = Rune.TryGetRuneAt(text, i, out var rune);
            var length = isWhole ? rune.Utf16SequenceLength : 1;
            foreach (var c in text.AsSpan(i, length))
            {
                if (!isWhole || IsUnsafe(rune))
                {
                    safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                }
                else
                {
                    safe.Append(c);
                }
            }

            i += length;
        }

        return safe.ToString();
    }

    private static bool IsUnsafe(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
