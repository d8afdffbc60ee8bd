using System.Buffers;

namespace TrafficAudit.Classification.Decoding;

/// <summary>Hexadecimal digits of text or of a compressed blob; identifiers and digests are not touched, as they come out as neither.</summary>
internal static class HexDecoder
{
    /// <summary>Eight bytes: fewer are printable by chance in too many identifiers.</summary>
    private const int Shortest = 16;

    /// <summary>Longer than any digest or key in use (SHA-512 has 128 digits), so certainly data.</summary>
    private const int CertainlyData = 512;

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

        // Decimal numbers are read only as digits of digits: their chance of coming out as other text is one in a hundred.
        return (text.ContainsAnyExceptInRange('0', '9') || !bytes.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            && GuessedBytes.TryAdd(run, field, Decodings.Hex, bytes, isCertain: text.Length >= CertainlyData);
    }
}
