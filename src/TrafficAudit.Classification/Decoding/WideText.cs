using System.Buffers.Binary;

namespace TrafficAudit.Classification.Decoding;

/// <summary>Evidence that bytes without a mark are UTF-16, as Windows and JavaScript write it: low byte first.</summary>
internal static class WideText
{
    private const int Looked = 128;

    /// <summary>Of all byte pairs one in 690 is printable ASCII, one in six a Hangul syllable, one in three an ideograph: this many bits are no chance.</summary>
    private const double Enough = 32;

    /// <summary>Whether all of the first characters are ASCII, Korean or Chinese, and so many that chance does not make them.</summary>
    public static bool IsLikely(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % 2 != 0)
        {
            return false;
        }

        var evidence = 0.0;
        for (var i = 0; i < Math.Min(bytes.Length, Looked); i += 2)
        {
            var bits = Bits(BinaryPrimitives.ReadUInt16LittleEndian(bytes[i..]));
            if (bits == 0)
            {
                return false;
            }

            evidence += bits;
        }

        return evidence >= Enough;
    }

    private static double Bits(int unit) => unit switch
    {
        (>= ' ' and < 0x7F) or '\t' or '\n' or '\r' => 9.4,
        >= 0xAC00 and <= 0xD7A3 => 2.6,
        >= 0x4E00 and <= 0x9FFF => 1.6,
        _ => 0,
    };
}
