using System.Buffers;

namespace TrafficAudit.Classification.Decoding;

/// <summary>Hexadecimal digits of text or of a compressed blob; identifiers and digests are not touched, as they come out as neither.</summary>
internal static class HexDecoder
{
    /// <summary>Eight bytes: fewer are printable by chance in too many identifiers.</summary>
    private const int Shortest = 16;

    /// <summary>Longer than any digest or key in use (SHA-512 has 128 digits), so certainly data.</summary>
    private const int CertainlyData = 512;

    /// <summary>Bytes that no decimal number has digits for.</summary>
    private const int LongestNumber = 20;

    private static readonly SearchValues<byte> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"u8);
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Adds what the text holds if it is such.</summary>
    public static bool TryDecode(DecodingRun run, Field field, ReadOnlySpan<char> text)
    {
        if (text.Length < Shortest || text.Length % 2 != 0 || text.ContainsAnyExcept(Digits))
        {
            return false;
        }

        var buffer = text.Length <= 512 ? stackalloc byte[256] : new byte[text.Length / 2];
        _ = Convert.FromHexString(text, buffer, out _, out var length);
        var bytes = buffer[..length];

        return (text.ContainsAnyExceptInRange('0', '9') || IsOfDigitsOrLong(bytes))
            && GuessedBytes.TryAdd(run, field, Decodings.Hex, bytes, isCertain: text.Length >= CertainlyData);
    }

    /// <summary>
    /// Decimal numbers are read as digits of digits, since their chance of coming out as other text is one in a hundred; as letters too where they are
    /// longer than any number, such as a UUID's digits are.
    /// </summary>
    private static bool IsOfDigitsOrLong(ReadOnlySpan<byte> bytes) =>
        !bytes.ContainsAnyExceptInRange((byte)'0', (byte)'9') || (bytes.Length >= LongestNumber && !bytes.ContainsAnyExcept(Letters));
}
