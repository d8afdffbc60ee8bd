using System.IO.Compression;

namespace TrafficAudit.Classification.Decoding;

/// <summary>
/// Evidence that unlabelled bytes are raw deflate (RFC 1951), which has no mark: what comes out is a text from the first byte on. Nearly all
/// other bytes are told by their first few bits, since the decoder throws, which is slow.
/// </summary>
internal static class RawDeflate
{
    private const int Shortest = 16;
    private const int Looked = 64;

    /// <summary>Repetitions are a short code, and make a text of a few characters by chance.</summary>
    private const int FewestCharacters = 10;
    private const int FixedCodes = 1;
    private const int DynamicCodes = 2;

    /// <summary>Dynamic codes take some fifty bytes to describe; no encoder uses them for less text.</summary>
    private const int ShortestDynamic = 48;

    /// <summary>Whether the first bytes come out as text.</summary>
    public static bool IsLikely(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Shortest)
        {
            return false;
        }

        var type = (bytes[0] >> 1) & 3;
        return (type == FixedCodes ? BeginsWithLetters(bytes) : type == DynamicCodes && bytes.Length >= ShortestDynamic && HasCompleteCode(bytes))
            && YieldsText(bytes);
    }

    /// <summary>Fixed codes of eight bits, highest first, for the characters below 144 (RFC 1951, 3.2.6); the first three must be of text.</summary>
    private static bool BeginsWithLetters(ReadOnlySpan<byte> bytes)
    {
        for (var character = 0; character < 3; character++)
        {
            var code = 0;
            for (var i = 0; i < 8; i++)
            {
                code = (code << 1) | Bits(bytes, 3 + (8 * character) + i, 1);
            }

            // Below are lengths, which cannot come first, above the characters from 144 on, which begin no text but some of Korean.
            if (code - 0x30 is not ((>= ' ' and < 0x7F) or '\t' or '\n' or '\r') && (character == 0 || code >= 0xC0))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The lengths of the codes in which the codes are described must fill the tree exactly (RFC 1951, 3.2.7).</summary>
    private static bool HasCompleteCode(ReadOnlySpan<byte> bytes)
    {
        if (Bits(bytes, 3, 5) > 29 || Bits(bytes, 8, 5) > 29)
        {
            return false;
        }

        var leaves = 0;
        for (var i = 0; i < Bits(bytes, 13, 4) + 4; i++)
        {
            var length = Bits(bytes, 17 + (3 * i), 3);
            leaves += length == 0 ? 0 : 128 >> length;
        }

        return leaves == 128;
    }

    private static bool YieldsText(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream(bytes[..Math.Min(bytes.Length, 1024)].ToArray());
        using var stream = new DeflateStream(packed, CompressionMode.Decompress);
        Span<byte> plain = stackalloc byte[Looked];
        try
        {
            var length = stream.ReadAtLeast(plain, Looked, throwOnEndOfStream: false);
            return length >= Shortest && Printable.IsPlausible(Printable.WithoutCutCharacter(plain[..length]))
                && plain[..length].ToArray().Distinct().Count() >= FewestCharacters;
        }
        catch (InvalidDataException)
        {
            return false;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static int Bits(ReadOnlySpan<byte> bytes, int at, int count)
    {
        var value = 0;
        for (var i = 0; i < count; i++, at++)
        {
            value |= ((bytes[at / 8] >> (at % 8)) & 1) << i;
        }

        return value;
    }
}
