using System.Text;

namespace TrafficAudit.Classification.Decoding;

/// <summary>Percent-encoding (RFC 3986, 2.1; for forms WHATWG URL, 5.1).</summary>
internal static class Percent
{
    /// <summary>Layers undone on one value: the target's own, and two more that senders are known to add.</summary>
    public const int Layers = 3;

    private const int StackBytes = 512;

    /// <summary>What a piece of a URL or form says.</summary>
    /// <param name="Text">Its text; null when its bytes are no text.</param>
    /// <param name="Bytes">Those bytes then.</param>
    /// <param name="Changed">Whether anything was encoded.</param>
    /// <param name="Charset">The character encoding undone, null for UTF-8.</param>
    public readonly record struct Result(string? Text, ReadOnlyMemory<byte> Bytes, bool Changed, string? Charset);

    /// <summary>Decodes one layer. A percent sign that is followed by no two hexadecimal digits stays.</summary>
    public static Result Decode(ReadOnlySpan<byte> encoded, bool plusIsSpace, string? charset)
    {
        var first = plusIsSpace ? encoded.IndexOfAny((byte)'%', (byte)'+') : encoded.IndexOf((byte)'%');
        if (first < 0)
        {
            return ToText(encoded, changed: false, charset);
        }

        var buffer = encoded.Length <= StackBytes ? stackalloc byte[StackBytes] : new byte[encoded.Length];
        var length = Undo(encoded, first, plusIsSpace, buffer, out var changed);
        return ToText(buffer[..length], changed, charset);
    }

    /// <summary>Whether there is a percent sign and each begins an escape: a text with a stray one (<c>50% off</c>) is none.</summary>
    public static bool IsEncoded(ReadOnlySpan<char> text)
    {
        var any = false;
        while (true)
        {
            var sign = text.IndexOf('%');
            if (sign < 0)
            {
                return any;
            }

            if (sign + 2 >= text.Length || !char.IsAsciiHexDigit(text[sign + 1]) || !char.IsAsciiHexDigit(text[sign + 2]))
            {
                return false;
            }

            any = true;
            text = text[(sign + 3)..];
        }
    }

    private static int Undo(ReadOnlySpan<byte> encoded, int first, bool plusIsSpace, Span<byte> output, out bool changed)
    {
        encoded[..first].CopyTo(output);
        var length = first;
        changed = false;
        for (var i = first; i < encoded.Length; i++)
        {
            var b = encoded[i];
            if (b == '%' && i + 2 < encoded.Length && HexDigits.TryByte(encoded[i + 1], encoded[i + 2], out var escaped))
            {
                b = escaped;
                i += 2;
                changed = true;
            }
            else if (b == '+' && plusIsSpace)
            {
                b = (byte)' ';
                changed = true;
            }

            output[length++] = b;
        }

        return length;
    }

    private static Result ToText(ReadOnlySpan<byte> bytes, bool changed, string? charset)
    {
        var text = Charsets.Decode(bytes, charset, isText: !changed, out var step);
        return text is null ? new Result(null, bytes.ToArray(), changed, null) : new Result(text, default, changed, step);
    }
}
