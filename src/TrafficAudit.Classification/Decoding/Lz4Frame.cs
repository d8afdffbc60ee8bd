using System.Buffers.Binary;
using K4os.Compression.LZ4;

namespace TrafficAudit.Classification.Decoding;

/// <summary>LZ4 frames (LZ4 Frame Format Description 1.6). Checksums are not checked: a block that is wrong ends the output.</summary>
internal static class Lz4Frame
{
    /// <summary>What a frame begins with.</summary>
    public const uint Mark = 0x184D2204;

    private const uint IsPlain = 0x8000_0000;
    private const int LargestDistance = 64 * 1024;

    /// <summary>Undoes a frame as far as it goes and <paramref name="most"/> bytes allow.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="most">Most bytes of output.</param>
    /// <param name="output">What came out.</param>
    /// <param name="isWhole">Whether it ended with the frame's own mark.</param>
    public static void Decode(ReadOnlySpan<byte> frame, int most, out byte[] output, out bool isWhole)
    {
        isWhole = false;
        output = [];
        if (frame.Length < 7 || frame[4] >> 6 != 1 || BlockSize(frame[5]) is not { } blockSize)
        {
            return;
        }

        var flags = frame[4];
        var at = 7 + ((flags & 8) != 0 ? 8 : 0) + ((flags & 1) != 0 ? 4 : 0);
        var plain = new MemoryStream();
        var block = Array.Empty<byte>();
        while (at + 4 <= frame.Length && plain.Length <= most)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(frame[at..]);
            at += 4;
            if (size == 0)
            {
                isWhole = true;
                break;
            }

            var length = (int)Math.Min(size & ~IsPlain, (uint)(frame.Length - at));
            var source = frame.Slice(at, length);
            at += length + ((flags & 0x10) != 0 ? 4 : 0);
            if ((size & IsPlain) != 0)
            {
                plain.Write(source);
                continue;
            }

            // A byte yields 255 at most: what a frame claims takes no memory.
            var longest = (int)Math.Min(blockSize, (length * 255L) + 64);
            block = block.Length < longest ? new byte[longest] : block;

            // Blocks that are not independent refer to the output before.
            var before = (flags & 0x20) != 0 ? [] : plain.GetBuffer().AsSpan(0, (int)plain.Length);
            var count = LZ4Codec.Decode(source, block, before[Math.Max(0, before.Length - LargestDistance)..]);
            if (count <= 0)
            {
                break;
            }

            plain.Write(block.AsSpan(0, count));
        }

        output = plain.ToArray();
    }

    private static int? BlockSize(byte descriptor) => (descriptor >> 4) switch
    {
        4 => 64 * 1024,
        5 => 256 * 1024,
        6 => 1024 * 1024,
        7 => 4 * 1024 * 1024,
        _ => null,
    };
}
