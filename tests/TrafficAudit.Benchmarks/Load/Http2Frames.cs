using System.Buffers.Binary;
using System.Text;
using TrafficAudit.Benchmarks.Traffic;

namespace TrafficAudit.Benchmarks.Load;

/// <summary>The few frames of HTTP/2 (RFC 9113, section 6) that a client with prepared requests needs.</summary>
internal static class Http2Frames
{
    public const int HeaderLength = 9;
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte ResetStream = 3;
    public const byte Settings = 4;
    public const byte Ping = 6;
    public const byte GoAway = 7;
    public const byte WindowUpdate = 8;
    public const byte EndStream = 0x1;
    public const byte Ack = 0x1;
    public const byte Padded = 0x8;
    private const byte EndHeaders = 0x4;

    /// <summary>What opens a connection: no push, room for each stream, and as much room for the connection as there can be.</summary>
    public static byte[] Opening()
    {
        var bytes = new List<byte>("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray());
        bytes.AddRange(Frame(Settings, 0, 0, [0, 2, 0, 0, 0, 0, 0, 4, 0, 0x10, 0, 0])); // ENABLE_PUSH 0, INITIAL_WINDOW_SIZE 1 MiB
        bytes.AddRange(WindowUpdateFrame(int.MaxValue - 65_535));
        return [.. bytes];
    }

    public static byte[] WindowUpdateFrame(int increment)
    {
        var payload = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(payload, increment);
        return Frame(WindowUpdate, 0, 0, payload);
    }

    /// <summary>The request as one HEADERS frame; only its stream's number is missing.</summary>
    public static byte[] Request()
    {
        // RFC 7541: ":method: GET" and ":scheme: https" are in the static table, so are the names of path (4) and authority (1). Nothing is
        // put into the dynamic table, so that the same bytes do for all streams.
        var block = new List<byte> { 0x82, 0x87, 0x04 };
        AddText(block, BenchTraffic.Target);
        block.Add(0x01);
        AddText(block, BenchTraffic.Host);
        foreach (var (name, value) in BenchTraffic.RequestFields)
        {
            block.Add(0x00);
            AddText(block, name.ToLowerInvariant());
            AddText(block, value);
        }

        return Frame(Headers, EndHeaders | EndStream, 0, [.. block]);
    }

    public static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[HeaderLength + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    /// <summary>True when a response's field block says 200: index 8 of the static table, after table size updates at most.</summary>
    public static bool IsOk(ReadOnlySpan<byte> block)
    {
        while (block is [>= 0x20 and < 0x3f, ..])
        {
            block = block[1..];
        }

        return block is [0x88, ..];
    }

    /// <summary>A string without Huffman coding, its length as an integer with a prefix of 7 bits (RFC 7541, sections 5.1 and 5.2).</summary>
    private static void AddText(List<byte> block, string text)
    {
        var length = text.Length;
        if (length < 127)
        {
            block.Add((byte)length);
        }
        else
        {
            block.Add(127);
            for (length -= 127; length >= 128; length >>= 7)
            {
                block.Add((byte)((length & 127) | 128));
            }

            block.Add((byte)length);
        }

        block.AddRange(Encoding.ASCII.GetBytes(text));
    }
}
