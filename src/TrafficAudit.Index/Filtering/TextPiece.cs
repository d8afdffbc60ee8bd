using System.Buffers;
using System.Text;

namespace TrafficAudit.Index.Filtering;

/// <summary>A text that is looked for in others without regard to case, ordinally.</summary>
internal sealed class TextPiece
{
    private readonly SearchValues<string> _values;

    /// <param name="text">The text; not empty.</param>
    public TextPiece(string text)
    {
        _values = SearchValues.Create([text], StringComparison.OrdinalIgnoreCase);
        Length = text.Length;
        IsAscii = Ascii.IsValid(text);
        Anchor = Encoding.UTF8.GetBytes(LongestWithoutCase(text));
    }

    /// <summary>Characters; a text that matches has as many.</summary>
    public int Length { get; }

    public bool IsAscii { get; }

    /// <summary>Bytes that stand in every UTF-8 text in which the piece is found; may be empty.</summary>
    public ReadOnlyMemory<byte> Anchor { get; }

    /// <summary>Where it is found first; negative when nowhere.</summary>
    public int IndexIn(ReadOnlySpan<char> text) => text.IndexOfAny(_values);

    private static string LongestWithoutCase(string text)
    {
        var longest = "";
        for (var start = 0; start < text.Length; start++)
        {
            var end = start;
            while (end < text.Length && HasNoCase(text[end]))
            {
                end++;
            }

            if (end - start > longest.Length)
            {
                longest = text[start..end];
            }

            start = end;
        }

        return longest;
    }

    // Bytes that are no UTF-8 are read as U+FFFD: it stands for anything.
    private static bool HasNoCase(char c) =>
        !char.IsSurrogate(c) && c != '\uFFFD' && char.ToUpperInvariant(c) == c && char.ToLowerInvariant(c) == c;
}
