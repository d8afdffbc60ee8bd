using System.Buffers;
using System.Text;

namespace TrafficAudit.Classification.Decoding;

/// <summary>The escapes in JSON strings (RFC 8259, 7).</summary>
internal static class JsonEscapes
{
    private const int StackChars = 256;

    /// <summary>The text of a string's inside. Unlike the platform's reader it takes half surrogates and invalid UTF-8, as U+FFFD.</summary>
    public static string Undo(ReadOnlySpan<byte> utf8)
    {
        var rented = utf8.Length <= StackChars ? null : ArrayPool<char>.Shared.Rent(utf8.Length);
        var buffer = rented is null ? stackalloc char[StackChars] : rented;
        var text = Undo(buffer, Encoding.UTF8.GetChars(utf8, buffer));
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return text;
    }

    /// <inheritdoc cref="Undo(ReadOnlySpan{byte})"/>
    public static string Undo(ReadOnlySpan<char> text)
    {
        var buffer = new char[text.Length];
        text.CopyTo(buffer);
        return Undo(buffer, text.Length);
    }

    /// <summary>Undoes the escapes in place: what they stand for is never longer.</summary>
    private static string Undo(Span<char> text, int length)
    {
        int from = 0, to = 0;
        var halves = false;
        while (from < length)
        {
            var c = text[from++];
            if (c == '\\' && from < length)
            {
                c = Escaped(text[..length], ref from);
                halves |= char.IsSurrogate(c);
            }

            text[to++] = c;
        }

        return halves ? Whole(text[..to]) : text[..to].ToString();
    }

    private static char Escaped(ReadOnlySpan<char> text, ref int at)
    {
        var c = text[at++];
        if (c == 'u' && at + 4 <= text.Length
            && HexDigits.TryByte(text[at], text[at + 1], out var high) && HexDigits.TryByte(text[at + 2], text[at + 3], out var low))
        {
            at += 4;
            return (char)((high << 8) | low);
        }

        return c switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\b',
            'f' => '\f',
            _ => c,
        };
    }

    private static string Whole(ReadOnlySpan<char> text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            whole.Append(rune);
        }

        return whole.ToString();
    }
}
