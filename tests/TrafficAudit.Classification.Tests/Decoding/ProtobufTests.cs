using TrafficAudit.Classification.Decoding;

namespace TrafficAudit.Classification.Tests.Decoding;

public sealed class ProtobufTests
{
    private const string Label = "application/x-protobuf";

    internal static byte[] Sample { get; } = new Proto()
        .Text(1, "hong@example.com").Varint(2, 1000000000).Varint(3, -5)
        .Message(4, new Proto().Text(1, "홍길동").Double(2, 37.5665).Float(3, 126.978f))
        .Text(5, "a").Text(5, "b").Bytes(6, [0xFF, 0xC1, 0x00, 0x80]).Fixed64(7, 1700000000123).Text(1000, "{\"k\":\"v\"}").ToArray();

    private static readonly string[] Lines =
    [
        "1 [protobuf] hong@example.com", "2 [protobuf] 1000000000", "3 [protobuf] -5",
        "4.1 [protobuf] 홍길동", "4.2 [protobuf] 37.5665", "4.3 [protobuf] 126.978",
        "5 [protobuf] a", "5 [protobuf] b", "6 [protobuf] <4 bytes>", "7 [protobuf] 1700000000123", "1000 [protobuf] {\"k\":\"v\"}", "1000.k [protobuf,json] v",
    ];

    [Theory]
    [InlineData(Label)]
    [InlineData("application/protobuf; proto=x")]
    [InlineData("application/vnd.google.protobuf")]
    [InlineData("application/octet-stream")]
    [InlineData(null)]
    public void Message_LabelledOrNot_IsFields(string? type) => Assert.Equal(Lines, Reading.Body(Sample, type).Lines());

    [Theory]
    [InlineData(new byte[] { 0x0B, 0x10, 0x07 })]
    [InlineData(new byte[] { 0x0B, 0x10, 0x07, 0x14 })]
    [InlineData(new byte[] { 0x0C })]
    public void GroupThatIsNotEndedByItsNumber_IsNone(byte[] bytes) =>
        Assert.DoesNotContain(Reading.Body(bytes, Label).Lines(), line => line.Contains("protobuf", StringComparison.Ordinal));

    [Fact]
    public void ManyGroupsInEachOther_CostLittle()
    {
        var bytes = Enumerable.Repeat((byte)0x0B, 4_000_000).ToArray();

        Assert.DoesNotContain(Reading.Body(bytes, Label).Lines(), line => line.Contains("protobuf", StringComparison.Ordinal));
    }

    [Fact]
    public void Values_KnowTheirPlace()
    {
        foreach (var field in Reading.Body(Sample, Label).Fields.Where(f => f.Kind == FieldKind.Text && f.Decodings.Length == 1))
        {
            Assert.Equal(field.Text, System.Text.Encoding.UTF8.GetString(Sample, field.Start, field.Length));
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x08, 0x96, 0x01 }, "1 [protobuf] 150")] // the specification's example
    [InlineData(new byte[] { 0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6E, 0x67 }, "2 [protobuf] testing")] // and its second
    [InlineData(new byte[] { 0x1A, 0x03, 0x08, 0x96, 0x01 }, "3.1 [protobuf] 150")] // and its third
    [InlineData(new byte[] { 0x0A, 0x00 }, "1 [protobuf]")]
    [InlineData(new byte[] { 0x0B, 0x10, 0x07, 0x0C }, "1.2 [protobuf] 7")] // a group
    [InlineData(new byte[] { 0x0B, 0x13, 0x18, 0x05, 0x14, 0x0C }, "1.2.3 [protobuf] 5")] // one in another
    [InlineData(new byte[] { 0x0D, 0, 0, 0, 0 }, "1 [protobuf] 0")]
    [InlineData(new byte[] { 0x10, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 }, "2 [protobuf] -1")]
    public void LabelledBytes_AreFields(byte[] bytes, string line) => Assert.Equal([line], Reading.Body(bytes, Label).Lines().Select(l => l.TrimEnd()));

    [Theory]
    [InlineData(new byte[] { 0x00, 0x01 })] // field number 0
    [InlineData(new byte[] { 0x0E, 0x01 })] // wire type 6
    [InlineData(new byte[] { 0x0A, 0x7F, 0x41 })] // longer than there is
    [InlineData(new byte[] { 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0x41 })]
    [InlineData(new byte[] { 0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 })] // a varint of eleven bytes
    [InlineData(new byte[] { 0xC2, 0xA9, 0x09, 0x01, 0x01 })] // field number 19,000 and more is reserved
    public void LabelledBytesThatAreNone_StayUndecoded(byte[] bytes) => Assert.Equal([$"[] <{bytes.Length} bytes>"], Reading.Body(bytes, Label).Lines());

    [Fact]
    public void LabelledMessageThatBreaksOff_KeepsTheFieldsBefore()
    {
        var lines = Reading.Body(Sample[..60], Label).Lines();

        Assert.Equal(Lines[..3], lines[..3]);
        Assert.EndsWith("bytes>", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void DigestThatReadsAsAMessage_IsAText()
    {
        // "b5" is a tag and a length of 53, "9" a tag of eight bytes.
        var digest = "b5" + new string('a', 53) + "9" + new string('0', 8);

        Assert.Equal(["1 [protobuf] " + digest], Reading.Body(new Proto().Text(1, digest).ToArray(), Label).Lines());
    }

    [Fact]
    public void InnerMessageThatLooksLikeText_IsAMessage()
    {
        var identifier = "550e8400-e29b-41d4-a716-446655440000";
        foreach (var number in new[] { 1, 4, 5, 7 })
        {
            var message = new Proto().Text(1, "hong@example.com").Message(2, new Proto().Text(number, identifier)).ToArray();

            Assert.Equal($"2.{number} [protobuf] {identifier}", Reading.Body(message).Lines()[^1]);
        }
    }

    [Fact]
    public void OrdinaryTexts_AreTexts()
    {
        foreach (var text in new[] { "\n", "\nhello", "*bold*", "\"quoted text\"", ":-) hello there", "2 apples", "Jeong", "J 12345678901234567890123456789012", "bearer abc" })
        {
            Assert.Equal($"1 [protobuf] {text}", Reading.Body(new Proto().Text(1, text).Text(2, "hong@example.com").ToArray()).Lines()[0]);
        }
    }

    [Fact]
    public void InBase64InJson_IsFields()
    {
        var log = Convert.ToBase64String(new Proto().Text(1, "hong@example.com").Varint(2, 7).ToArray());

        Assert.Equal(["log.1 [json,base64,protobuf] hong@example.com", "log.2 [json,base64,protobuf] 7"], Reading.Body($$"""{"log":"{{log}}"}""").Lines()[1..]);
    }

    [Fact]
    public void CompressedBytesInside_AreUnpacked()
    {
        var message = new Proto().Text(1, "com.example.shop").Bytes(2, Reading.Gzip(Reading.Utf8("""{"mail":"hong@example.com"}"""))).ToArray();

        Assert.Equal("2.mail [protobuf,gzip,json] hong@example.com", Reading.Body(message, Label).Lines()[^1]);
    }

    [Fact]
    public void EncryptedUnderTheLabel_IsUndecoded()
    {
        var bytes = new byte[1000];
        var random = new Random(4);
        for (var i = 0; i < 100; i++)
        {
            random.NextBytes(bytes);
            Assert.Equal(["[] <1000 bytes>"], Reading.Body(bytes, Label).Lines());
        }
    }

    [Fact]
    public void DeepNesting_StopsWithoutAFault()
    {
        var message = new Proto().Text(1, "hong@example.com");
        for (var i = 0; i < 3000; i++)
        {
            message = new Proto().Message(1, message);
        }

        var read = Reading.Body(message.ToArray(), Label);

        Assert.InRange(read.Fields.Count, 1, 100);
    }
}
