namespace TrafficAudit.Classification.Decoding;

/// <summary>quoted-printable (RFC 2045, 6.7).</summary>
internal static class QuotedPrintable
{
    /// <summary>The bytes that the text stands for. What is no escape stays.</summary>
    public static byte[] Decode(ReadOnlySpan<byte> text)
    {
        var output = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var rest = text[i..];
            if (rest.StartsWith("=\r\n"u8))
            {
                i += 2;
            }
            else if (rest.StartsWith("=\n"u8))
            {
                i++;
            }
            else if (rest.Length >= 3 && rest[0] == '=' && HexDigits.TryByte(rest[1], rest[2], out var escaped))
            {
                output[length++] = escaped;
                i += 2;
            }
            else
            {
                output[length++] = rest[0];
            }
        }

        return output[..length];
    }
}
