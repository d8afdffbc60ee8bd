using System.Buffers.Binary;
using System.IO.Hashing;

namespace TrafficAudit.Evidence.Storage;

/// <summary>
/// How an encrypted file begins: <c>TAENC</c>, version 1, two zeros; the file's random id (16 bytes), from which its own key comes; the position of its first byte
/// (64 bits, little-endian), which is 0 except in what was cut off another file; CRC-32 of that. All of it twice, since without the id nothing in the file can be
/// read.
/// </summary>
internal sealed record FrameHeader(byte[] Id, long Start)
{
    public const int Length = 2 * CopyLength;
    public const int IdLength = 16;
    private const int CopyLength = ChecksumAt + 4;
    private const int StartAt = 24;
    private const int ChecksumAt = 32;

    private static ReadOnlySpan<byte> Magic => "TAENC\u0001\0\0"u8;

    /// <summary>Null when they are no such header.</summary>
    public static FrameHeader? Parse(ReadOnlySpan<byte> bytes) =>
        ParseCopy(bytes) ?? (bytes.Length >= CopyLength ? ParseCopy(bytes[CopyLength..]) : null);

    public byte[] ToBytes()
    {
        var bytes = new byte[CopyLength];
        Magic.CopyTo(bytes);
        Id.CopyTo(bytes, Magic.Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(StartAt), Start);
        Crc32.Hash(bytes.AsSpan(0, ChecksumAt), bytes.AsSpan(ChecksumAt));
        return [.. bytes, .. bytes];
    }

    private static FrameHeader? ParseCopy(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= CopyLength && bytes.StartsWith(Magic)
        && BinaryPrimitives.ReadInt64LittleEndian(bytes[StartAt..]) is >= 0 and var start
        && BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumAt..]) == Crc32.HashToUInt32(bytes[..ChecksumAt])
            ? new FrameHeader(bytes.Slice(Magic.Length, IdLength).ToArray(), start)
            : null;
}
