using System.Buffers;
using System.Buffers.Binary;

namespace TrafficAudit.Capture.Tests.Handshakes;

/// <summary>Writes ClientHello messages for tests (RFC 8446, section 4.1.2).</summary>
internal static class Hellos
{
    /// <summary>What Chromium 110 or so sends, with GREASE in every place: its JA4 is in FoxIO's specification.</summary>
    public static byte[] Chromium { get; } = Record(Message(
        0x0303,
        [0x2a2a, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc013, 0xc014, 0x009c, 0x009d, 0x002f, 0x0035],
        [
            (0x1a1a, []),
            (0x001b, [2, 0, 2]),
            (0x0000, ServerName("shop.example")),
            (0x0033, [0, 0]),
            (0x0010, Alpn("h2", "http/1.1")),
            (0x4469, [0, 3, 2, .. "h2"u8]),
            (0x0017, []),
            (0x002d, [1, 1]),
            (0x000d, List16(0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601)),
            (0x0005, [1, 0, 0, 0, 0]),
            (0x0023, []),
            (0x0012, []),
            (0x002b, [6, 0x7a, 0x7a, 3, 4, 3, 3]),
            (0xff01, [0]),
            (0x000b, [1, 0]),
            (0x000a, List16(0x5a5a, 0x001d)),
            (0xdada, [0]),
            (0x0015, new byte[20]),
        ]));

    public static byte[] Message(ushort version, ushort[] suites, (ushort Type, byte[] Data)[]? extensions)
    {
        byte[] body =
        [
            .. Number(version), .. new byte[32], 0, .. Number(suites.Length * 2), .. suites.SelectMany(s => Number(s)), 1, 0,
            .. extensions is null ? [] : Vector16([.. extensions.SelectMany(e => (byte[])[.. Number(e.Type), .. Vector16(e.Data)])]),
        ];
        return [1, (byte)(body.Length >> 16), .. Number(body.Length & 0xffff), .. body];
    }

    /// <summary>The message in records of at most <paramref name="size"/> bytes.</summary>
    public static byte[] Record(byte[] message, int size = 16 * 1024) =>
        [.. message.Chunk(size).SelectMany(part => (byte[])[22, 3, 1, .. Number(part.Length), .. part])];

    public static byte[] ServerName(string name) => Vector16([0, .. Vector16(System.Text.Encoding.Latin1.GetBytes(name))]);

    public static byte[] Alpn(params string[] names) => Vector16([.. names.SelectMany(n => (byte[])[(byte)n.Length, .. System.Text.Encoding.Latin1.GetBytes(n)])]);

    public static byte[] List16(params ushort[] values) => Vector16([.. values.SelectMany(v => Number(v))]);

    /// <summary>The bytes in as many pieces as there are bytes.</summary>
    public static ReadOnlySequence<byte> Scattered(byte[] bytes)
    {
        Piece? first = null, last = null;
        foreach (var value in bytes)
        {
            last = new Piece([value], last);
            first ??= last;
        }

        return first is null ? default : new ReadOnlySequence<byte>(first, 0, last!, 1);
    }

    private static byte[] Vector16(byte[] content) => [.. Number(content.Length), .. content];

    private static byte[] Number(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(byte[] bytes, Piece? before)
        {
            Memory = bytes;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
