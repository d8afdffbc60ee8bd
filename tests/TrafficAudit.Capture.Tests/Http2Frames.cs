using System.Buffers.Binary;
using System.Text;

namespace TrafficAudit.Capture.Tests;

/// <summary>HTTP/2 frames (RFC 9113) and header fields (RFC 7541) as raw bytes, so that a test can send what no client would.</summary>
internal static class Http2Frames
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte RstStream = 3;
    public const byte Settings = 4;
    public const byte Ping = 6;
    public const byte GoAway = 7;
    public const byte Continuation = 9;

    public const byte EndStream = 0x1;
    public const byte EndHeaders = 0x4;
    public const byte Ack = 0x1;

    /// <summary>What a client sends first: the preface and empty SETTINGS.</summary>
    public static byte[] Opening { get; } = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0, [])];

    public static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(9));
        return frame;
    }

    /// <summary>The pseudo-header fields of a GET by HTTPS.</summary>
    public static byte[] Get(string authority, string path) => [0x82, 0x87, .. Literal(0x04, path), .. Literal(0x01, authority)];

    /// <summary>A field whose name is in the table.</summary>
    public static byte[] Literal(byte index, string value) => [index, .. Text(value)];

    /// <summary>A string without Huffman coding; its length is an integer with a prefix of 7 bits.</summary>
    public static byte[] Text(string text)
    {
        var bytes = new List<byte>();
        if (text.Length < 127)
        {
            bytes.Add((byte)text.Length);
        }
        else
        {
            bytes.Add(127);
            var rest = text.Length - 127;
            for (; rest >= 128; rest /= 128)
            {
                bytes.Add((byte)(rest % 128 | 128));
            }

            bytes.Add((byte)rest);
        }

        bytes.AddRange(Encoding.Latin1.GetBytes(text));
        return [.. bytes];
    }

    /// <summary>Reads one frame; null when the peer has closed.</summary>
    public static async Task<(byte Type, byte Flags, byte[] Payload)?> ReadAsync(Stream stream)
    {
        var header = new byte[9];
        if (await stream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false) < header.Length)
        {
            return null;
        }

        var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(header) >>> 8];
        return await stream.ReadAtLeastAsync(payload, payload.Length, throwOnEndOfStream: false) < payload.Length
            ? null
            : (header[3], header[4], payload);
    }
}
