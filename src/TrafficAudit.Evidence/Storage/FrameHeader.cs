using System.Buffers.Binary;

namespace TrafficAudit.Evidence.Storage;

/// <summary>
/// How an encrypted file begins (32 bytes): <c>TAENC</c>, version 1, two zeros; the file's random id (16 bytes), from which its own key comes; the position of
/// its first byte (64 bits, little-endian), which is 0 except in what was cut off another file.
/// </summary>
internal sealed record FrameHeader(byte[] Id, long Start)
{
    public const int Length = 32;
    public const int IdLength = 16;
    private const int StartAt = 24;

    private static ReadOnlySpan<byte> Magic => "TAENC\u0001\0\0"u8;

    /// <summary>Null when they are no such header.</summary>
    public static FrameHeader? Parse(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= Length && bytes.StartsWith(Magic) && BinaryPrimitives.ReadInt64LittleEndian(bytes[StartAt..]) is >= 0 and var start
            ? new FrameHeader(bytes.Slice(Magic.Length, IdLength).ToArray(), start)
            : null;

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        Magic.CopyTo(bytes);
        Id.CopyTo(bytes, Magic.Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(StartAt), Start);
        return bytes;
    }
}
