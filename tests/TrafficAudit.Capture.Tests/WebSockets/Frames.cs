using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace TrafficAudit.Capture.Tests.WebSockets;

/// <summary>Writes WebSocket frames as bytes, legal and illegal ones.</summary>
internal static class Frames
{
    public const int Text = 1;
    public const int Binary = 2;
    public const int Close = 8;
    public const int Ping = 9;
    public const int Pong = 10;

    public static byte[] Of(int opcode, byte[] payload, bool last = true, bool masked = false, int reserved = 0)
    {
        using var frame = new MemoryStream();
        frame.WriteByte((byte)((last ? 0x80 : 0) | (reserved << 4) | opcode));
        var mask = masked ? 0x80 : 0;
        if (payload.Length <= 125)
        {
            frame.WriteByte((byte)(mask | payload.Length));
        }
        else if (payload.Length <= ushort.MaxValue)
        {
            frame.WriteByte((byte)(mask | 126));
            Span<byte> length = stackalloc byte[2];
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)payload.Length);
            frame.Write(length);
        }
        else
        {
            frame.WriteByte((byte)(mask | 127));
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(length, payload.Length);
            frame.Write(length);
        }

        byte[] key = [0x37, 0xFA, 0x21, 0x3D];
        if (masked)
        {
            frame.Write(key);
        }

        frame.Write([.. payload.Select((b, i) => masked ? (byte)(b ^ key[i % 4]) : b)]);
        return frame.ToArray();
    }

    public static byte[] Of(int opcode, string payload, bool last = true, bool masked = false) =>
        Of(opcode, Encoding.UTF8.GetBytes(payload), last, masked);

    /// <summary>What permessage-deflate sends for a message: flushed, without the four bytes at the end (RFC 7692, section 7.2.1).</summary>
    public static byte[] Deflated(byte[] payload)
    {
        using var output = new MemoryStream();
        using (var deflate = new DeflateStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(payload);
            deflate.Flush();
            return output.ToArray()[..^4];
        }
    }
}
