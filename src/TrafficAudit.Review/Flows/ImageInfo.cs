using System.Buffers.Binary;

namespace TrafficAudit.Review.Flows;

/// <summary>What the first bytes of an image say. Only forms that hold no script and that every browser draws are known.</summary>
/// <param name="Type">Its media type.</param>
/// <param name="Width">Pixels; 0 where the bytes don't say.</param>
/// <param name="Height">Pixels; 0 where the bytes don't say.</param>
public sealed record ImageInfo(string Type, int Width, int Height)
{
    /// <summary>Reads the beginning of an image: PNG (ISO/IEC 15948), GIF 87a and 89a, JPEG (ITU T.81), WebP (RFC 9649); null for anything else.</summary>
    internal static ImageInfo? Of(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) && bytes.Length >= 24
            ? new("image/png", Dimension(BinaryPrimitives.ReadUInt32BigEndian(bytes[16..])), Dimension(BinaryPrimitives.ReadUInt32BigEndian(bytes[20..])))
        : (bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8)) && bytes.Length >= 10
            ? new("image/gif", BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]))
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? Jpeg(bytes)
        : bytes.Length >= 30 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8) ? WebP(bytes)
        : null;

    private static int Dimension(uint value) => value <= int.MaxValue ? (int)value : 0;

    private static ImageInfo Jpeg(ReadOnlySpan<byte> bytes)
    {
        for (var at = 2; at + 9 <= bytes.Length && bytes[at] == 0xFF;)
        {
            var marker = bytes[at + 1];

            // The frame headers are those from C0 to CF but for the tables among them.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return new("image/jpeg", BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]));
            }

            at += marker == 0xFF ? 1 : 2 + Math.Max((ushort)2, BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]));
        }

        return new("image/jpeg", 0, 0);
    }

    private static ImageInfo WebP(ReadOnlySpan<byte> bytes)
    {
        var chunk = bytes[12..];
        return chunk.StartsWith("VP8 "u8) ? new("image/webp", Bits14(bytes[26..]), Bits14(bytes[28..]))
            : chunk.StartsWith("VP8X"u8) ? new("image/webp", Bits24(bytes[24..]) + 1, Bits24(bytes[27..]) + 1)
            : chunk.StartsWith("VP8L"u8) && BinaryPrimitives.ReadUInt32LittleEndian(bytes[21..]) is var bits
                ? new("image/webp", (int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1)
            : new("image/webp", 0, 0);
    }

    private static int Bits14(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes) & 0x3FFF;

    private static int Bits24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
