using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Decoding;

public sealed class BodyKindTests
{
    [Theory]
    [InlineData("image/svg+xml")]
    [InlineData("image/gif")]
    [InlineData("audio/mpeg")]
    [InlineData("video/mp4")]
    [InlineData("font/woff2")]
    [InlineData("application/font-woff")]
    [InlineData("text/css")]
    [InlineData("text/javascript; charset=utf-8")]
    [InlineData("application/x-javascript")]
    [InlineData("application/pdf")]
    public void NotSearched_OneUndecodedField(string type)
    {
        var field = Assert.Single(Reading.Body("a{mail:hong@example.com}", type).Fields, f => f.Part == MessagePart.Body);

        Assert.Equal(FieldKind.Undecoded, field.Kind);
        Assert.Equal("a{mail:hong@example.com}"u8.ToArray(), field.Bytes.ToArray());
        Assert.Null(field.Text);
        Assert.Equal((0, 24), (field.Start, field.Length));
    }

    [Fact]
    public void CompressedMedia_IsLeftCompressed()
    {
        var packed = Reading.Gzip("a{b:c}"u8.ToArray());

        Assert.Equal([$"[] <{packed.Length} bytes>"], Reading.Body(packed, "text/css", "gzip").Lines());
        Assert.Equal(["[gzip] <10 bytes>"], Reading.Body(Reading.Gzip("var a = 1;"u8.ToArray()), "text/javascript", "gzip").Lines());
    }

    [Theory]
    [InlineData("text/html", "<p>a=1&b=2 %41 aGVsbG8gd29ybGQ=</p>")]
    [InlineData("application/xml", "no markup")]
    [InlineData("text/plain", "Dear Hong, it is 50% off")]
    [InlineData(null, "just words")]
    public void MarkupAndText_OneField(string? type, string body) => Assert.Equal(["[] " + body], Reading.Body(body, type).Lines());

    [Fact]
    public void EmptyBody_HasNoField() => Assert.Empty(Reading.Body("", "application/json").Lines());

    [Fact]
    public void BinaryBody_IsUndecodedWithItsBytes()
    {
        byte[] bytes = [0x0E, 0x03, 0x41, 0x42, 0x43, 0x10, 0x01, 0x00];
        var field = Assert.Single(Reading.Body(bytes, "application/octet-stream").Fields, f => f.Part == MessagePart.Body);

        Assert.Equal(bytes, field.Bytes.ToArray());
    }

    [Fact]
    public void WholeBodyInBase64_IsDecoded() =>
        Assert.Equal("mail [base64,json] hong@example.com", Reading.Body(Reading.Base64("""{"mail":"hong@example.com"}"""), "text/plain").Lines()[1]);

    [Fact]
    public void ListedDecodings_AreDistinctAndComplete()
    {
        var constants = typeof(Decodings).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!).ToList();

        Assert.Equal(constants, Decodings.All);
        Assert.Equal(constants.Count, constants.Distinct().Count());
    }
}
