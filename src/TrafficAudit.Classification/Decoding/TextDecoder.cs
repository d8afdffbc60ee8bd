using System.Buffers;
using System.Text;

namespace TrafficAudit.Classification.Decoding;

/// <summary>
/// Offers a text to the decoders that guess: at most one reading is taken. Most texts are ordinary, so a look at the first character and
/// two vectorised searches decide for nearly all of them that nothing is to be done.
/// </summary>
internal static class TextDecoder
{
    private const int ShortestOffered = 3;

    private static readonly SearchValues<char> JsonStarts = SearchValues.Create("{[\")/ \t\r\n\uFEFF");

    /// <summary>Characters of which one at least stands in whatever is percent-encoded, a form, a URL with pairs, escaped, or joined by bars.</summary>
    private static readonly SearchValues<char> Marks = SearchValues.Create("%=\\&|");

    /// <summary>Adds what <paramref name="field"/>'s text decodes to as its children.</summary>
    public static void Offer(DecodingRun run, Field field, bool plusIsSpace)
    {
        var text = field.Text.AsSpan();
        if (text.Length < ShortestOffered)
        {
            return;
        }

        var mark = run.Mark;
        _ = (JsonStarts.Contains(text[0]) && TryJson(run, field, text))
            || TryByItsEnds(run, field, text)
            || (text.TrimEnd("=\r\n").ContainsAny(Marks) ? TryMarked(run, field, text) : TryDigits(run, field, text, plusIsSpace));
        run.Close(field, mark);
    }

    /// <summary>What is told by its first and last character, or by its key.</summary>
    private static bool TryByItsEnds(DecodingRun run, Field field, ReadOnlySpan<char> text) => text[^1] switch
    {
        '>' => XmlDecoder.IsLikely(text) && XmlDecoder.TryDecode(run, field),
        '}' or ']' => SocketIo.TryDecode(run, field, text)
            || (field.Key is "query" or "mutation" && GraphQlDecoder.IsLikely(text) && GraphQlDecoder.TryDecode(run, field)),
        ' ' => LzString.TryDecodeWide(run, field, text),
        _ => false,
    };

    private static bool TryJson(DecodingRun run, Field field, ReadOnlySpan<char> text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length < 2)
        {
            return false;
        }

        if (trimmed[0] == '"')
        {
            return trimmed[^1] == '"' && !HasBareQuote(trimmed[1..^1]) && TryUnescape(run, field, trimmed[1..^1]);
        }

        return trimmed[^1] is '}' or ']' or ')' or ';' && JsonDecoder.TryDecodeText(run, field, Utf8(text));
    }

    private static bool TryMarked(DecodingRun run, Field field, ReadOnlySpan<char> text)
    {
        if (UrlDecoder.IsUrlWithPairs(text))
        {
            return TryPairs(run, field, Utf8(text), Decodings.Url);
        }

        if (RecordDecoder.TryDecodePairs(run, field, text))
        {
            return true;
        }

        if (!text.ContainsAny(" \t\r\n<") && text.Contains('=') && Utf8(text) is var utf8 && FormDecoder.IsForm(utf8))
        {
            return TryPairs(run, field, utf8, Decodings.Form);
        }

        if (Percent.IsEncoded(text))
        {
            return TryPercent(run, field, text);
        }

        return (HasEscape(text) && TryUnescape(run, field, text))
            || RecordDecoder.TryDecode(run, field, text)
            || HtmlEntities.TryDecode(run, field, guess: true);
    }

    private static bool TryPairs(DecodingRun run, Field field, byte[] utf8, string step)
    {
        if (!run.TryStep(Scope.Under(field), step, utf8.Length, out var scope))
        {
            return false;
        }

        if (step == Decodings.Url)
        {
            UrlDecoder.DecodePairs(run, scope, utf8);
        }
        else
        {
            FormDecoder.Decode(run, scope, utf8);
        }

        return true;
    }

    private static bool TryPercent(DecodingRun run, Field field, ReadOnlySpan<char> text)
    {
        if (field.Decodings.Count(d => d == Decodings.Percent) >= Percent.Layers)
        {
            return false;
        }

        var percent = default(Scope?);
        LeafDecoder.AddEncoded(run, Scope.Under(field), ref percent, null, -1, Utf8(text), 0, plusIsSpace: false);
        return true;
    }

    private static bool TryUnescape(DecodingRun run, Field field, ReadOnlySpan<char> text)
    {
        if (!run.TryStep(Scope.Under(field), Decodings.Json, text.Length, out var scope))
        {
            return false;
        }

        LeafDecoder.AddText(run, scope, null, -1, JsonEscapes.Undo(text), 0, 0);
        return true;
    }

    private static bool TryDigits(DecodingRun run, Field field, ReadOnlySpan<char> text, bool plusIsSpace) =>
        JwtDecoder.TryDecode(run, field, text) || HexDecoder.TryDecode(run, field, text) || Base32Decoder.TryDecode(run, field, text)
        || LzString.TryDecodeDigits(run, field, text) || Base64Decoder.TryDecode(run, field, text, plusIsSpace);

    /// <summary>A <c>\uXXXX</c> or <c>\"</c>: escapes that outlived one decoding. A backslash alone is a Windows path or a pattern.</summary>
    private static bool HasEscape(ReadOnlySpan<char> text)
    {
        while (text.IndexOf('\\') is >= 0 and var slash && slash + 1 < text.Length)
        {
            var escape = text[(slash + 1)..];
            if (escape[0] == '"' || (escape[0] == 'u' && escape.Length >= 5
                && HexDigits.TryByte(escape[1], escape[2], out _) && HexDigits.TryByte(escape[3], escape[4], out _)))
            {
                return true;
            }

            text = escape[1..];
        }

        return false;
    }

    private static bool HasBareQuote(ReadOnlySpan<char> text)
    {
        for (int from = 0, quote; (quote = text[from..].IndexOf('"')) >= 0; from += quote + 1)
        {
            if (from + quote == 0 || text[from + quote - 1] != '\\')
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] Utf8(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }
}
