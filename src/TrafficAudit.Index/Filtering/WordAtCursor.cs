using System.Runtime.InteropServices;

namespace TrafficAudit.Index.Filtering;

/// <summary>The word or value of a filter in which a cursor stands, whatever the rest of the text is worth.</summary>
/// <param name="Term">The name of the term whose value it is; null when it is a word, or is going to be a name.</param>
/// <param name="Typed">What of it stands before the cursor, without a quote that opens it.</param>
/// <param name="Quoted">Whether a quote opens it.</param>
/// <param name="Start">Where it starts, from 0; a <c>-</c> before a word is no part of it.</param>
/// <param name="Length">How long it is, with what stands behind the cursor and with the colon after a name.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WordAtCursor(string? Term, string Typed, bool Quoted, int Start, int Length)
{
    public static WordAtCursor Of(string text, int position)
    {
        string? term = null;
        var start = 0;
        for (var i = 0; i < position; i++)
        {
            switch (text[i])
            {
                case '"' when i == start:
                    var closing = text.IndexOf('"', i + 1);
                    i = closing >= 0 && closing < position ? closing : position;
                    break;
                case ':' when term is null:
                    (term, start) = (text[start..i], i + 1);
                    break;
                case ',' when term is not null:
                    start = i + 1;
                    break;
                case '-' when term is null && i == start:
                    start = i + 1;
                    break;
                case '(' or ')':
                case var c when char.IsWhiteSpace(c):
                    (term, start) = (null, i + 1);
                    break;
            }
        }

        var quoted = start < position && text[start] == '"';
        var typed = text[(quoted ? start + 1 : start)..position];
        return new WordAtCursor(term, typed, quoted, start, End(text, position, term is null, quoted) - start);
    }

    private static int End(string text, int position, bool isWord, bool quoted)
    {
        if (quoted && text.IndexOf('"', position) is >= 0 and var closing)
        {
            return closing + 1;
        }

        var end = position;
        while (end < text.Length && text[end] is not (',' or '(' or ')') && !char.IsWhiteSpace(text[end]))
        {
            if (isWord && text[end] == ':')
            {
                return end + 1;
            }

            end++;
        }

        return end;
    }
}
