using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using TrafficAudit.Capture.WebSockets;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Tests.WebSockets;

public sealed class MessageReaderTests
{
    /// <summary>Every length form, masked and not, fragments with a ping between them, and the end.</summary>
    private static byte[] Conversation { get; } =
    [
        .. Frames.Of(Frames.Text, "안녕", masked: true),
        .. Frames.Of(Frames.Binary, new byte[126]),
        .. Frames.Of(Frames.Text, "one ", last: false, masked: true),
        .. Frames.Of(Frames.Ping, "still there?"),
        .. Frames.Of(0, "two ", last: false),
        .. Frames.Of(0, "three", masked: true),
        .. Frames.Of(Frames.Text, ""),
        .. Frames.Of(Frames.Pong, "", masked: true),
        .. Frames.Of(Frames.Close, [0x03, 0xE8, (byte)'b', (byte)'y', (byte)'e']),
    ];

    private static readonly string[] Expected =
        ["Text 안녕", $"Binary {new string('\0', 126)}", "Ping still there?", "Text one two three", "Text ", "Pong ", "Close \u0003\uFFFDbye"];

    [Fact]
    public void EverySplitInTwo_ReadTheSame()
    {
        for (var split = 0; split <= Conversation.Length; split++)
        {
            Assert.Equal(Expected, Read(Reader(), Conversation[..split], Conversation[split..]).Select(Shown));
        }
    }

    [Fact]
    public void ByteByByte_ReadTheSame() =>
        Assert.Equal(Expected, Read(Reader(), [.. Conversation.Select(b => new[] { b })]).Select(Shown));

    [Theory]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(200_001)]
    public void EveryFormOfLength_ReadWhole(int length)
    {
        var payload = RandomNumberGenerator.GetBytes(length);

        foreach (var masked in (bool[])[false, true])
        {
            var message = Assert.Single(Read(Reader(), [.. Frames.Of(Frames.Binary, payload, masked: masked).Chunk(1001)]));

            Assert.Equal(payload, message.Payload);
            Assert.Equal((payload.Length, null, true), (message.Length, message.Sha256, message.IsComplete));
        }
    }

    [Fact]
    public void Deflated_InflatedAtEverySplit()
    {
        var json = Encoding.UTF8.GetBytes($$"""{"user":"{{new string('a', 300)}}","again":"{{new string('a', 300)}}"}""");
        byte[] bytes = [.. Frames.Of(Frames.Text, Frames.Deflated(json), masked: true, reserved: 4), .. Frames.Of(Frames.Text, "plain")];

        for (var split = 0; split <= bytes.Length; split++)
        {
            var messages = Read(Reader(isCompressed: true), bytes[..split], bytes[split..]);

            Assert.Equal([json, "plain"u8.ToArray()], messages.Select(m => m.Payload));
        }
    }

    [Fact]
    public void ContextTakenOver_EarlierMessagesAreReferredTo()
    {
        var text = RandomNumberGenerator.GetHexString(400);
        using var output = new MemoryStream();
        using var deflate = new DeflateStream(output, CompressionLevel.Optimal, leaveOpen: true);
        var frames = new List<byte[]>();
        for (var i = 0; i < 3; i++)
        {
            output.SetLength(0);
            deflate.Write(Encoding.ASCII.GetBytes(text));
            deflate.Flush();
            frames.Add(Frames.Of(Frames.Text, output.ToArray()[..^4], reserved: 4));
        }

        Assert.True(frames[2].Length < 30, "the third message refers to the first");
        Assert.All(Read(Reader(isCompressed: true), [.. frames]), m => Assert.Equal(text, Encoding.ASCII.GetString(m.Payload)));
    }

    [Fact]
    public void DeflatedInFragmentsWithAPingBetween_PutTogether()
    {
        var payload = RandomNumberGenerator.GetBytes(1000);
        var deflated = Frames.Deflated(payload);

        var messages = Read(
            Reader(isCompressed: true), Frames.Of(Frames.Binary, deflated[..400], last: false, reserved: 4), Frames.Of(Frames.Ping, "?"), Frames.Of(0, deflated[400..]));

        Assert.Equal([WebSocketMessageType.Ping, WebSocketMessageType.Binary], messages.Select(m => m.Type));
        Assert.Equal(payload, messages[1].Payload);
    }

    [Fact]
    public void BlockMarkedAsLast_NextMessageIsReadToo()
    {
        // RFC 7692, section 7.2.3.4: "Hello" in one block with BFINAL set, and the empty block's first byte.
        byte[] hello = [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00];
        var frame = Frames.Of(Frames.Text, hello, reserved: 4);

        for (var split = 0; split <= frame.Length; split++)
        {
            var messages = Read(Reader(isCompressed: true), frame[..split], frame[split..], frame, Frames.Of(Frames.Text, Frames.Deflated("next"u8.ToArray()), reserved: 4));

            Assert.Equal(["Hello", "Hello", "next"], messages.Select(m => Encoding.ASCII.GetString(m.Payload)));
        }
    }

    [Fact]
    public void EmptyDeflated_IsEmpty() =>
        Assert.Empty(Assert.Single(Read(Reader(isCompressed: true), Frames.Of(Frames.Text, [0x00], reserved: 4))).Payload);

    [Fact]
    public void LongerThanTheLimit_CountedAndHashed()
    {
        var payload = RandomNumberGenerator.GetBytes(5000);

        var message = Assert.Single(Read(Reader(messageBytes: 100), [.. Frames.Of(Frames.Binary, payload).Chunk(77)]));

        Assert.Equal(payload[..100], message.Payload);
        Assert.Equal((5000, Convert.ToHexStringLower(SHA256.HashData(payload))), (message.Length, message.Sha256));
    }

    [Fact]
    public void ConnectionsLimitReached_OnlyCounted()
    {
        var messages = Read(Reader(connection: new KeptBytes(6)), Frames.Of(Frames.Text, "1234"), Frames.Of(Frames.Text, "5678"), Frames.Of(Frames.Text, "90"));

        Assert.Equal(["1234", "56", ""], messages.Select(m => Encoding.ASCII.GetString(m.Payload)));
        Assert.Equal([4, 4, 2], messages.Select(m => m.Length));
        Assert.Equal([true, false, false], messages.Select(m => m.Sha256 is null));
    }

    [Fact]
    public void LongBomb_GivenUpAndOnlyCounted()
    {
        var frame = Frames.Of(Frames.Text, Frames.Deflated(new byte[100_000_000]), reserved: 4);
        using var reader = Reader(isCompressed: true);

        var messages = Read(reader, [.. frame.Chunk(4096), Frames.Of(Frames.Text, "after")]);

        var message = Assert.Single(messages);
        Assert.Equal((1024 * 1024, false), (message.Payload.Length, message.IsComplete));
        Assert.InRange(message.Length, 60_000_000, 70_000_000);
        Assert.True(reader.IsBroken);
    }

    [Fact]
    public void ManySmallBombs_GivenUpToo()
    {
        var frame = Frames.Of(Frames.Text, Frames.Deflated(new byte[1_000_000]), reserved: 4);
        using var reader = Reader(isCompressed: true);

        var messages = Read(reader, [.. Enumerable.Repeat(frame, 200)]);

        Assert.True(reader.IsBroken);
        Assert.InRange(messages.Sum(m => m.Length), 60_000_000, 70_000_000);
    }

    public static TheoryData<string, byte[]> Illegal => new()
    {
        { "opcode 3", Frames.Of(3, "x") },
        { "control opcode 11", Frames.Of(11, "x") },
        { "compressed without an agreement", Frames.Of(Frames.Text, "x"u8.ToArray(), reserved: 4) },
        { "RSV2", Frames.Of(Frames.Text, "x"u8.ToArray(), reserved: 2) },
        { "continues nothing", Frames.Of(0, "x") },
        { "ping in fragments", Frames.Of(Frames.Ping, "x", last: false) },
        { "ping of 126 bytes", Frames.Of(Frames.Ping, new byte[126]) },
        { "length with its highest bit", [0x82, 127, 0x80, 0, 0, 0, 0, 0, 0, 1, 0] },
    };

    [Theory]
    [MemberData(nameof(Illegal))]
    public void IllegalFrame_WhatCameBeforeStaysAndTheRestIsCounted(string what, byte[] frame)
    {
        Assert.NotEmpty(what);
        using var reader = Reader();

        var messages = Read(reader, Frames.Of(Frames.Text, "before"), frame, "more"u8.ToArray());

        Assert.Equal(["Text before"], messages.Select(Shown));
        Assert.True(reader.IsBroken);
        Assert.InRange(reader.UnreadBytes, 4, 4 + frame.Length);
    }

    [Fact]
    public void NewMessageWithinFragments_FirstIsKeptAsBrokenOff()
    {
        using var reader = Reader();

        var message = Assert.Single(Read(reader, Frames.Of(Frames.Text, "unfinished", last: false), Frames.Of(Frames.Text, "other")));

        Assert.Equal(("Text unfinished", false, true), (Shown(message), message.IsComplete, reader.IsBroken));
    }

    [Fact]
    public void NoDeflate_Broken()
    {
        using var reader = Reader(isCompressed: true);

        var message = Assert.Single(Read(reader, Frames.Of(Frames.Text, [0xFF, 0xFF, 0xFF, 0xFF, 0xFF], reserved: 4)));

        Assert.Equal((false, true), (message.IsComplete, reader.IsBroken));
    }

    [Fact]
    public void ConnectionEndsWithinAMessage_KeptAsFarAsItCame()
    {
        using var reader = Reader();
        var messages = Read(reader, Frames.Of(Frames.Text, "a long message")[..8]);

        reader.End(messages);

        Assert.Equal(("Text a long", false, 6), (Shown(messages.Single()), messages.Single().IsComplete, messages.Single().Length));
    }

    [Fact]
    public void RandomBytes_NeverThrow()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(1, 300)];
            random.NextBytes(bytes);
            using var reader = Reader(isCompressed: i % 2 == 0);

            Read(reader, [.. bytes.Chunk(random.Next(1, 50))]);
        }
    }

    [Theory]
    [InlineData("permessage-deflate", true)]
    [InlineData("permessage-deflate; server_no_context_takeover; client_max_window_bits=9", true)]
    [InlineData("x-other, Permessage-Deflate;x=y", true)]
    [InlineData("x-webkit-deflate-frame", false)]
    [InlineData("", false)]
    public void Agreement_ReadFromTheResponse(string extensions, bool isAgreed)
    {
        var head = HttpHead.Parse(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Extensions: {extensions}\r\n\r\n"));

        Assert.Equal(isAgreed, MessageCompression.IsAgreed(head));
    }

    private static MessageReader Reader(bool isCompressed = false, int messageBytes = 1024 * 1024, KeptBytes? connection = null) =>
        new(isCompressed, messageBytes, connection ?? new KeptBytes(1L << 30));

    private static List<ReadMessage> Read(MessageReader reader, params byte[][] pieces)
    {
        var messages = new List<ReadMessage>();
        foreach (var piece in pieces)
        {
            var copy = piece.ToArray();
            reader.Read(copy, messages);
            Assert.Equal(piece, copy);
        }

        return messages;
    }

    private static string Shown(ReadMessage message) => $"{message.Type} {Encoding.UTF8.GetString(message.Payload)}";
}
