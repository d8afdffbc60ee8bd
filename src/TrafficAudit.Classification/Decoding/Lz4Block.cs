using System.Buffers.Binary;
using K4os.Compression.LZ4;

namespace TrafficAudit.Classification.Decoding;

/// <summary>
/// A single LZ4 block (LZ4 Block Format Description) behind the length of what it holds, as libraries store it, with or without Mozilla's mark. It has no check of its
/// own: it is believed when it begins with text and comes out exactly so long.
/// </summary>
internal static class Lz4Block
{
    private const int SizeLength = sizeof(uint);
    private const int FewestLiterals = 4;
    private const int LeastOutput = 16;

    /// <summary>A byte yields so many at most.</summary>
    private const int LargestRatio = 255;

    /// <summary>Whether the first bytes are such a block's.</summary>
    public static bool IsLikely(ReadOnlySpan<byte> bytes)
    {
        if (!TryParse(bytes, out var block, out var size) || size < LeastOutput || size > (long)block.Length * LargestRatio || size <= block.Length / 2)
        {
            return false;
        }

        // A token, whose high half is the number of literals that follow it; 15 and more go on in the next byte.
        var literals = block[0] >> 4;
        var start = literals == 15 ? 2 : 1;
        var seen = block[start..Math.Min(block.Length, start + literals)];
        return literals >= FewestLiterals && seen.Length >= FewestLiterals && Printable.IsText(seen);
    }

    /// <summary>Undoes a block whose output is no longer than <paramref name="most"/>.</summary>
    public static void Decode(ReadOnlySpan<byte> bytes, int most, out byte[] output, out bool isWhole)
    {
        (output, isWhole) = ([], false);
        if (TryParse(bytes, out var block, out var size) && size <= most)
        {
            var plain = new byte[size];
            isWhole = LZ4Codec.Decode(block, plain) == size;
            output = isWhole ? plain : [];
        }
    }

    private static bool TryParse(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> block, out uint size)
    {
        var at = bytes.StartsWith("mozLz40\0"u8) ? 8 : 0;
        block = [];
        size = 0;
        if (bytes.Length - at <= SizeLength + FewestLiterals)
        {
            return false;
        }

        size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
        block = bytes[(at + SizeLength)..];
        return true;
    }
}
