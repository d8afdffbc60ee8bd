using System.Text;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Decoding;

/// <summary>MQTT, Socket.IO and records, in messages of a WebSocket and elsewhere.</summary>
public sealed class SocketPayloadTests
{
    internal static byte[] Connect { get; } =
        Packet(0x10, [.. Text("MQTT"), 4, 0xC6, 0, 60, .. Text("device-01"), .. Text("will/topic"), .. Text("bye"), .. Text("hong@example.com"), .. Text("secret")]);

    internal static byte[] Publish { get; } = Packet(0x32, [.. Text("user/42/profile"), 0, 7, .. "{\"mail\":\"hong@example.com\"}"u8]);

    internal static byte[] PublishWithProperties => Packet(0x30, [.. Text("a"), .. Properties, .. "{\"b\":1}"u8]);

    private static byte[] Properties
    {
        get
        {
            byte[] properties = [0x26, .. Text("user"), .. Text("hong@example.com"), 0x01, 1, 0x03, .. Text("application/json"), 0x02, 0, 0, 0, 9];
            return [(byte)properties.Length, .. properties];
        }
    }

    private static string[] Lines(byte[] payload) => MessageDecoder.Decode(MessageKind.WebSocketSent, payload).Lines();

    private static string[] Lines(string payload) => Lines(Encoding.UTF8.GetBytes(payload));

    [Fact]
    public void Connect_SaysWhoItIs() =>
        Assert.Equal(
            [
                "[0].client_id [mqtt] device-01", "[0].will_topic [mqtt] will/topic", "[0].will_payload [mqtt] bye", "[0].user_name [mqtt] hong@example.com",
                "[0].password [mqtt] secret",
            ],
            Lines(Connect));

    [Fact]
    public void ConnectOfVersion5_PropertiesArePassedOver() =>
        Assert.Equal(["[0].client_id [mqtt] c", "[0].user_name [mqtt] hong"], Lines(Packet(0x10, [.. Text("MQTT"), 5, 0x82, 0, 60, 5, 0x11, 0, 0, 0, 10, .. Text("c"), .. Text("hong")])));

    [Fact]
    public void PropertiesOfVersion5_AreReadWhereApplicationsWriteThem()
    {
        Assert.Equal(
            ["[0].topic [mqtt] a", "[0].user [mqtt] hong@example.com", "[0].content_type [mqtt] application/json", "[0].payload.b [mqtt,json] 1"],
            Lines(PublishWithProperties));
        Assert.Equal("[0].user [mqtt] hong@example.com", Lines(Packet(0x10, [.. Text("MQTT"), 5, 2, 0, 60, .. Properties, .. Text("c")]))[0]);

        // A payload that begins as properties might, and is none.
        Assert.Equal("[0].payload [mqtt] \tabc", Lines(Packet(0x30, [.. Text("a"), .. "\tabc"u8]))[^1]);
    }

    [Fact]
    public void Published_IsDecodedFurther()
    {
        Assert.Equal(["[0].topic [mqtt] user/42/profile", "[0].payload.mail [mqtt,json] hong@example.com"], Lines(Publish));
        Assert.Equal("[0].payload [mqtt] hello", Lines(Packet(0x30, [.. Text("a"), 0, .. "hello"u8]))[^1]);
    }

    [Fact]
    public void SeveralPackets_AreAnArray() =>
        Assert.Equal("[2].topic [mqtt] a/b", Lines([.. Connect, .. Publish, .. Packet(0x82, [0, 1, .. Text("user/#"), 1, .. Text("a/b"), 0])])[^1]);

    [Fact]
    public void Message_KnowsItsPlace()
    {
        var field = MessageDecoder.Decode(MessageKind.WebSocketSent, Publish).Fields.First(f => f.Text == "user/42/profile");

        Assert.Equal("user/42/profile", Encoding.UTF8.GetString(Publish, field.Start, field.Length));
    }

    [Theory]
    [InlineData(new byte[] { 0xC0, 0 })]
    [InlineData(new byte[] { 0x10, 2, 0, 9 })]
    [InlineData(new byte[] { 0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F })]
    [InlineData(new byte[] { 0x30, 3, 0, 1, 0x23 })]
    [InlineData(new byte[] { 0x82, 5, 0, 1, 0, 9, 0x41 })]
    public void WhatIsNoMqtt_IsNotTakenForIt(byte[] payload) => Assert.DoesNotContain(Lines(payload), l => l.Contains("mqtt", StringComparison.Ordinal));

    [Theory]
    [InlineData("42/chat,[\"join\",{\"mail\":\"hong@example.com\"}]", "[1].mail")]
    [InlineData("451-/chat,12[\"join\",{\"mail\":\"hong@example.com\"}]", "[1].mail")]
    [InlineData("40/chat,{\"mail\":\"hong@example.com\"}", "mail")]
    public void SocketIoPacket_IsJson(string packet, string path) => Assert.Equal($"{path} [socket.io,json] hong@example.com", Lines(packet)[^1]);

    [Fact]
    public void SocketIoPacketInAValue_IsJson() =>
        Assert.Equal("v[1].mail [json,socket.io,json] hong@example.com", Reading.Body("""{"v":"42[\"join\",{\"mail\":\"hong@example.com\"}]"}""").Lines()[^1]);

    [Theory]
    [InlineData("2")]
    [InlineData("3probe")]
    [InlineData("41")]
    [InlineData("5]")]
    [InlineData("4-/]")]
    [InlineData("42[")]
    [InlineData("0[0]]")]
    public void OtherPackets_AreTexts(string packet) => Assert.Equal(["[] " + packet], Lines(packet));

    [Fact]
    public void RecordSeparators_DivideTexts()
    {
        Assert.Equal("[1].mail [record,json] hong@example.com", Lines("0{\"sid\":\"x\"}\u001e40{\"mail\":\"hong@example.com\"}")[^1]);
        Assert.Equal("[0].mail [record,json] hong@example.com", Lines("{\"mail\":\"hong@example.com\"}\u001e")[^1]);
    }

    [Fact]
    public void BarsAndCommas_DivideValues()
    {
        Assert.Equal(
            ["v[0] [json,record] 356938035643809", "v[1] [json,record] 460001234567890", "v[2] [json,record]", "v[3] [json,record] a=1,mail=hong@example.com", "v[3].a [json,record,record] 1", "v[3].mail [json,record,record] hong@example.com"],
            Reading.Body("""{"v":"356938035643809||460001234567890||||a=1,mail=hong@example.com"}""").Lines()[1..].Select(l => l.TrimEnd()));
    }

    [Theory]
    [InlineData("a || b || c || d")]
    [InlineData("a||b")]
    [InlineData("if(a||b||c||d){}")]
    [InlineData("max-age=0, private")]
    [InlineData("a=1, b=2")]
    [InlineData("a,b=1")]
    public void OtherTexts_AreLeftAlone(string text) => Assert.Single(Reading.Body(System.Text.Json.JsonSerializer.Serialize(new { v = text })).Lines());

    [Fact]
    public void QueryInAHeader_IsFields() =>
        Assert.Equal("X-Device.imei [form,percent] 35 6938", Reading.Fields("X-Device: os=android&imei=35%206938").Lines(MessagePart.Header)[^1]);

    [Fact]
    public void MtopData_IsFields() =>
        Assert.Equal(
            "data.tel [form,percent,json] 01000000000",
            Reading.Body("appKey=1&data=%7B%22tel%22%3A%2201000000000%22%7D", "application/x-www-form-urlencoded").Lines()[^1]);

    [Fact]
    public void Undecoded_KnowsItsEntropy()
    {
        var random = new byte[4096];
        new Random(5).NextBytes(random);

        Assert.InRange(Assert.Single(Reading.Body(random).Fields, f => f.Part == MessagePart.Body).Entropy, 7.9, 8);
        Assert.Equal(1, Assert.Single(Reading.Body([0, 0xFF, 0, 0xFF, 0, 0xFF, 0, 0xFF]).Fields, f => f.Part == MessagePart.Body).Entropy);
        Assert.Equal(0, Reading.Body("text").Fields[^1].Entropy);
    }

    private static byte[] Text(string text) => [(byte)(text.Length >> 8), (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Packet(byte head, byte[] body) => [head, (byte)body.Length, .. body];
}
