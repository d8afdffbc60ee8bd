using System.Buffers;

namespace TrafficAudit.Classification.Decoding;

/// <summary>base32 (RFC 4648, section 6) of a whole text, with or without padding; what comes out must be text or a document.</summary>
internal static class Base32Decoder
{
    /// <summary>Ten bytes; words in capitals are shorter, or come out as no text.</summary>
    private const int Shortest = 16;

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static readonly SearchValues<char> Digits = SearchValues.Create(Alphabet);

    /// <summary>Adds what the text holds if it is such.</summary>
    public static bool TryDecode(DecodingRun run, Field field, ReadOnlySpan<char> text)
    {
        var digits = text.TrimEnd('=');
        if (digits.Length < Shortest || digits.Length % 8 is 1 or 3 or 6 || digits.ContainsAnyExcept(Digits))
        {
            return false;
        }

        var bytes = new byte[digits.Length * 5 / 8];
        int bits = 0, count = 0, length = 0;
        foreach (var digit in digits)
        {
            bits = (bits << 5) | (digit <= '7' ? digit - '2' + 26 : digit - 'A');
            count += 5;
            if (count >= 8)
            {
                count -= 8;
                bytes[length++] = (byte)(bits >> count);
                bits &= (1 << count) - 1;
            }
        }

        // What is left over is no digit's half but zeros.
        return bits == 0 && GuessedBytes.TryAdd(run, field, Decodings.Base32, bytes, isCertain: false);
    }
}
