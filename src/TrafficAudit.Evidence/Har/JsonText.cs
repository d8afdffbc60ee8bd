using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TrafficAudit.Evidence.Har;

/// <summary>
/// The text of JSON strings as bytes, without ever failing: <see cref="Utf8JsonReader.GetString"/> throws on bytes that are no
/// UTF-8 and on half surrogate pairs, both of which real HAR files hold.
/// </summary>
internal static class JsonText
{
    /// <summary>The bytes of a string, number or literal; null for JSON's null, objects and arrays (which are passed over).</summary>
    public static byte[]? Bytes(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String or JsonTokenType.PropertyName:
                return reader.ValueIsEscaped ? Unescape(reader.ValueSpan) : reader.ValueSpan.ToArray();
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                return reader.ValueSpan.ToArray();
            default:
                reader.Skip();
                return null;
        }
    }

    /// <summary>As <see cref="Bytes"/>, as text; what is no UTF-8 becomes U+FFFD.</summary>
    public static string? Text(ref Utf8JsonReader reader) => Bytes(ref reader) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>A number, also one written as a string; null for anything else.</summary>
    public static double? Number(ref Utf8JsonReader reader)
    {
        var text = Text(ref reader);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
    }

    /// <summary>Undoes the escapes of RFC 8259, section 7; bytes that are no UTF-8 stay as they are.</summary>
    public static byte[] Unescape(ReadOnlySpan<byte> escaped)
    {
        var result = new byte[escaped.Length];
        var length = 0;
        while (!escaped.IsEmpty)
        {
            var plain = escaped.IndexOf((byte)'\\');
            plain = plain < 0 ? escaped.Length : plain;
            escaped[..plain].CopyTo(result.AsSpan(length));
            length += plain;
            escaped = escaped[plain..];
            if (!escaped.IsEmpty)
            {
                escaped = escaped[Escape(escaped, result, ref length)..];
            }
        }

        return length == result.Length ? result : result[..length];
    }

    // No escape is shorter than what it stands for, so the result always has room.
    private static int Escape(ReadOnlySpan<byte> escaped, byte[] result, ref int length)
    {
        if (escaped.Length < 2)
        {
            result[length++] = escaped[0];
            return 1;
        }

        if (escaped[1] == 'u' && TryHex(escaped, out var unit))
        {
            return UnicodeEscape(escaped, unit, result, ref length);
        }

        result[length++] = escaped[1] switch
        {
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            var other => other,
        };
        return 2;
    }

    private static int UnicodeEscape(ReadOnlySpan<byte> escaped, char unit, byte[] result, ref int length)
    {
        var taken = 6;
        var rune = Rune.ReplacementChar;
        if (char.IsHighSurrogate(unit) && TryHex(escaped[6..], out var low) && Rune.TryCreate(unit, low, out var pair))
        {
            rune = pair;
            taken = 12;
        }
        else if (unit is >= '\uDC80' and <= '\uDCFF')
        {
            // Python (mitmproxy) writes a byte that is no UTF-8 as a lone surrogate U+DC00 + byte ("surrogateescape").
            result[length++] = (byte)unit;
            return taken;
        }
        else if (Rune.TryCreate(unit, out var single))
        {
            rune = single;
        }

        length += rune.EncodeToUtf8(result.AsSpan(length));
        return taken;
    }

    private static bool TryHex(ReadOnlySpan<byte> escaped, out char unit)
    {
        unit = default;
        if (escaped.Length < 6 || escaped[0] != '\\' || escaped[1] != 'u')
        {
            return false;
        }

        var hex = escaped[2..6];
        if (!Utf8Parser.TryParse(hex, out ushort value, out var used, 'x') || used != 4)
        {
            return false;
        }

        unit = (char)value;
        return true;
    }
}
