using System.Text;

namespace TrafficAudit.Classification.Decoding;

/// <summary>The escapes in JSON strings (RFC 8259, 7).</summary>
internal static class JsonEscapes
{
    /// <summary>The text of a string's inside. Unlike the platform's reader it takes half surrogates and invalid UTF-8, as U+FFFD.</summary>
    public static string Undo(ReadOnlySpan<byte> utf8) => Undo(Encoding.UTF8.GetString(utf8));

    /// <inheritdoc cref="Undo(ReadOnlySpan{byte})"/>
    public static string Undo(ReadOnlySpan<char> text)
    {
        var plain = new StringBuilder(text.Length);
        while (true)
        {
            var slash = text.IndexOf('\\');
            if (slash < 0 || slash + 1 == text.Length)
            {
                return plain.Append(text).ToString();
            }

            plain.Append(text[..slash]);
            text = text[slash..];
            var used = Undo(text, plain);
            text = text[used..];
        }
    }

    private static int Undo(ReadOnlySpan<char> escape, StringBuilder plain)
    {
        if (escape[1] == 'u' && escape.Length >= 6
            && HexDigits.TryByte(escape[2], escape[3], out var high) && HexDigits.TryByte(escape[4], escape[5], out var low))
        {
            plain.Append((char)((high << 8) | low));
            return 6;
        }

        plain.Append(escape[1] switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\b',
            'f' => '\f',
            var other => other,
        });
        return 2;
    }
}
