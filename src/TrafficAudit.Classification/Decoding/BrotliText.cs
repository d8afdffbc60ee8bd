using System.Buffers;
using System.IO.Compression;

namespace TrafficAudit.Classification.Decoding;

/// <summary>
/// Evidence that unlabelled bytes are Brotli (RFC 7932), which has no mark: they end where the stream ends, and what comes out is a text. Only short ones
/// are tried, as senders write them into a field.
/// </summary>
internal static class BrotliText
{
    private const int Shortest = 16;
    private const int Longest = 16 * 1024;
    private const int Looked = 256 * 1024;
    private const int FewestCharacters = 10;

    /// <summary>Whether the bytes come out as text, all of them.</summary>
    public static bool IsLikely(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is < Shortest or > Longest || !Begins(bytes))
        {
            return false;
        }

        var decoder = default(BrotliDecoder);
        var plain = ArrayPool<byte>.Shared.Rent(Looked);
        try
        {
            return decoder.Decompress(bytes, plain, out var consumed, out var written) == OperationStatus.Done && consumed == bytes.Length && written >= Shortest
                && Printable.IsPlausible(plain.AsSpan(0, written)) && plain.AsSpan(0, written).ToArray().Distinct().Count() >= FewestCharacters;
        }
        finally
        {
            decoder.Dispose();
            ArrayPool<byte>.Shared.Return(plain);
        }
    }

    /// <summary>
    /// The size of the window (that of 16 bits, or more than that), then either the last block, which holds something, or one that an empty last one
    /// follows at the very end (sections 9.1 and 9.2): one in eight of other bytes.
    /// </summary>
    private static bool Begins(ReadOnlySpan<byte> bytes)
    {
        var first = bytes[0];
        var at = (first & 1) == 0 ? 1 : 4;
        var isWindow = at == 1 || (first & 0b1110) != 0;
        return isWindow && ((first >> at) & 1) switch
        {
            1 => ((first >> (at + 1)) & 1) == 0,
            _ => bytes[^1] == 3,
        };
    }
}
