using System.Buffers.Binary;
using TrafficAudit.Classification.Decoding;

namespace TrafficAudit.Classification.Tests.Decoding;

public sealed class GrpcTests
{
    private static readonly byte[] Hong = new Proto().Text(1, "hong@example.com").ToArray();

    internal static byte[] Sample { get; } =
        [.. Frame(0, Hong), .. Frame(1, Reading.Gzip(new Proto().Varint(2, 7).ToArray())), .. Frame(0x80, "grpc-status:0\r\ngrpc-message: a b\r\n"u8.ToArray())];

    private static readonly string[] Lines =
        ["[0].1 [grpc,protobuf] hong@example.com", "[1].2 [grpc,gzip,protobuf] 7", "trailers.grpc-status [grpc] 0", "trailers.grpc-message [grpc] a b"];

    [Theory]
    [InlineData("application/grpc")]
    [InlineData("application/grpc+proto")]
    [InlineData("application/grpc-web+proto")]
    [InlineData("application/connect+proto")]
    public void Frames_AreMessages(string type) => Assert.Equal(Lines, Reading.Body(Sample, type).Lines());

    [Fact]
    public void TextFrames_OfAllInOneOrEachByItself_AreMessages()
    {
        string[] expected = [.. Lines.Select(l => l.Replace("[grpc", "[base64,grpc", StringComparison.Ordinal))];
        var each = Convert.ToBase64String(Frame(0, Hong)) + Convert.ToBase64String(Sample[Frame(0, Hong).Length..]);

        Assert.Equal(expected, Reading.Body(Convert.ToBase64String(Sample), "application/grpc-web-text").Lines());
        Assert.Equal(expected, Reading.Body(each, "application/grpc-web-text+proto").Lines());
    }

    [Fact]
    public void JsonMessages_AreRead() =>
        Assert.Equal(["[0].a [grpc,json] b"], Reading.Body(Frame(0, """{"a":"b"}"""u8.ToArray()), "application/grpc+json").Lines());

    [Fact]
    public void EndOfAConnectStream_IsRead() =>
        Assert.Equal("[1].metadata.a [grpc,json] b", Reading.Body([.. Frame(0, Hong), .. Frame(2, """{"metadata":{"a":"b"}}"""u8.ToArray())], "application/connect+proto").Lines()[^1]);

    [Fact]
    public void UnknownCompression_IsUndecoded() =>
        Assert.Equal(["[0] [grpc] <5 bytes>"], Reading.Body(Frame(1, [1, 2, 3, 4, 5]), "application/grpc").Lines());

    [Fact]
    public void HugeLength_TakesWhatIsThere()
    {
        var frame = Frame(0, Hong);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), uint.MaxValue);

        Assert.Equal(["[0].1 [grpc,protobuf] hong@example.com"], Reading.Body(frame, "application/grpc").Lines());
    }

    [Fact]
    public void Message_KnowsItsPlace()
    {
        var field = Reading.Body(Sample, "application/grpc").Fields.First(f => f.Text == "hong@example.com");

        Assert.Equal((7, 16), (field.Start, field.Length));
    }

    [Fact]
    public void NoFrames_StayUndecoded() => Assert.Equal(["[] <6 bytes>"], Reading.Body([0x99, 0, 1, 2, 3, 0xFF], "application/grpc").Lines());

    internal static byte[] Frame(byte flags, byte[] message)
    {
        var frame = new byte[5 + message.Length];
        frame[0] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }
}
