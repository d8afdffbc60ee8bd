using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace TrafficAudit.Classification.Decoding;

/// <summary>Evidence that bytes are text, and that a text is what a guessed decoder should yield.</summary>
internal static class Printable
{
    /// <summary>Shorter results of a guess need more evidence: chance makes them printable too often.</summary>
    private const int ShortText = 16;

    private static readonly SearchValues<byte> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(b => b is not ('\t' or '\n' or '\r' or '\f')).Select(b => (byte)b), 0x7F]);

    /// <summary>Whether there are control characters that no text holds.</summary>
    public static bool HasControls(ReadOnlySpan<byte> bytes) => bytes.ContainsAny(Controls);

    /// <summary>Valid UTF-8 without control characters. A character cut off at the end is forgiven.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes) => Utf8.IsValid(WithoutCutCharacter(bytes)) && !HasControls(bytes);

    /// <summary>
    /// Whether a guess (base64, hex) that came out as these bytes was right. Long results must be text; short ones must also be made of
    /// letters and digits for the most part, those outside ASCII Korean, Chinese or Japanese.
    /// </summary>
    public static bool IsPlausible(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || HasControls(bytes) || !Utf8.IsValid(bytes))
        {
            return false;
        }

        return bytes.Length >= ShortText ? !HasOddCharacter(bytes) : IsMostlyLetters(bytes);
    }

    /// <summary>The bytes up to the last whole UTF-8 character.</summary>
    public static ReadOnlySpan<byte> WithoutCutCharacter(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var lead = bytes[^back];
            if (lead >= 0xC0)
            {
                var need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
                return need > back ? bytes[..^back] : bytes;
            }

            if (lead < 0x80)
            {
                break;
            }
        }

        return bytes;
    }

    private static bool IsMostlyLetters(ReadOnlySpan<byte> bytes)
    {
        int letters = 0, all = 0;
        while (!bytes.IsEmpty)
        {
            _ = Rune.DecodeFromUtf8(bytes, out var rune, out var used);
            bytes = bytes[used..];
            all++;
            if (!rune.IsAscii && !IsEastAsian(rune.Value))
            {
                return false;
            }

            if (!rune.IsAscii || char.IsAsciiLetterOrDigit((char)rune.Value))
            {
                letters++;
            }
        }

        return letters * 5 >= all * 3;
    }

    /// <summary>C1 controls, private use and the replacement character: valid UTF-8, but nothing that an app encodes.</summary>
    private static bool HasOddCharacter(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            var next = bytes.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            if (next < 0)
            {
                return false;
            }

            _ = Rune.DecodeFromUtf8(bytes[next..], out var rune, out var used);
            bytes = bytes[(next + used)..];
            if (rune.Value is < 0xA0 or (>= 0xE000 and < 0xF900) or 0xFFFD or >= 0xE0000)
            {
                return true;
            }
        }
    }

    private static bool IsEastAsian(int rune) =>
        rune is (>= 0x1100 and < 0x1200) or (>= 0x3040 and < 0x3190) or (>= 0x4E00 and < 0xA000) or (>= 0xAC00 and < 0xD7A4);
}
