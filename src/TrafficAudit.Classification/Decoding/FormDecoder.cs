using TrafficAudit.Model;

namespace TrafficAudit.Classification.Decoding;

/// <summary>Pairs joined by <c>&amp;</c>: a query or an application/x-www-form-urlencoded body (WHATWG URL, 5.1).</summary>
internal static class FormDecoder
{
    /// <summary>Longer names are no sign of a form when one is guessed.</summary>
    private const int LongestGuessedName = 64;

    /// <summary>
    /// Adds a field per pair. A piece without <c>=</c> is a value without a key, an element by its position, since senders put whole
    /// documents there.
    /// </summary>
    public static void Decode(DecodingRun run, in Scope scope, ReadOnlySpan<byte> bytes)
    {
        var percent = default(Scope?);
        var index = 0;
        for (var start = 0; start < bytes.Length && !run.Exhausted; index++)
        {
            var end = bytes[start..].IndexOf((byte)'&');
            end = end < 0 ? bytes.Length : start + end;
            var piece = bytes[start..end];
            if (!piece.IsEmpty)
            {
                Pair(run, scope, ref percent, piece, start, index);
            }

            start = end + 1;
        }
    }

    /// <summary>
    /// A whole body in base64 under a form's label, as many senders and <c>curl --data</c> have it: its padding is no sign between name and value.
    /// </summary>
    private static bool IsPaddedBase64(ReadOnlySpan<byte> piece)
    {
        const int shortest = 16;
        return piece.Length >= shortest && piece.Length % 4 == 0 && piece.EndsWith("="u8) && System.Buffers.Text.Base64.IsValid(piece);
    }

    /// <summary>
    /// Whether a text of unknown kind is a query string: no white space, and every piece is a name, <c>=</c> and, in one of them
    /// at least, a value. Padding of base64 is not taken for a value.
    /// </summary>
    public static bool IsForm(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOfAny(" \t\r\n<"u8) >= 0)
        {
            return false;
        }

        var values = false;
        foreach (var range in bytes.Split((byte)'&'))
        {
            var piece = bytes[range];
            var equals = piece.IndexOf((byte)'=');
            if (equals is < 1 or > LongestGuessedName || !IsName(piece[..equals]))
            {
                return false;
            }

            values |= piece[(equals + 1)..].ContainsAnyExcept((byte)'=');
        }

        return values;
    }

    private static void Pair(DecodingRun run, in Scope scope, ref Scope? percent, ReadOnlySpan<byte> piece, int start, int index)
    {
        var equals = IsPaddedBase64(piece) ? -1 : piece.IndexOf((byte)'=');
        var (key, keyChanged) = equals < 0 ? (null, false) : Key(piece[..equals], run.Charset);
        LeafDecoder.AddEncoded(
            run, scope, ref percent, key, key is null ? index : -1, piece[(equals + 1)..], start + equals + 1, plusIsSpace: true, keyChanged);
    }

    private static (string Key, bool Changed) Key(ReadOnlySpan<byte> encoded, string? charset)
    {
        if (encoded.IndexOfAny((byte)'%', (byte)'+') < 0)
        {
            return (NameCache.Get(encoded), false);
        }

        var name = Percent.Decode(encoded, plusIsSpace: true, charset);
        return (name.Text ?? NameCache.Get(encoded), name.Changed);
    }

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        foreach (var b in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && !"_-.[]%$"u8.Contains(b))
            {
                return false;
            }
        }

        return true;
    }
}
