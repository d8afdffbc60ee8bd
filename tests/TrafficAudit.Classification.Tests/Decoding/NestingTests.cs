using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Decoding;

/// <summary>The nestings that were met in real traffic (reference, section 4.1).</summary>
public sealed class NestingTests
{
    private const string Json = """{"mail":"hong@example.com"}""";
    private const string Mail = "hong@example.com";

    [Fact]
    public void QueryThenJson() => Last("d.mail [percent,json] " + Mail, Reading.Target("/?d=" + Uri.EscapeDataString(Json)), MessagePart.Query);

    [Fact]
    public void QueryThenBase64ThenJson() => Last("d.mail [base64,json] " + Mail, Reading.Target("/?d=" + Reading.Base64(Json).TrimEnd('=')), MessagePart.Query);

    [Fact]
    public void QueryThenBase64UrlThenGzipThenJson()
    {
        // Without one of its two own digits base64url can't be told from base64: that depends on the compressed bytes.
        var packed = System.Buffers.Text.Base64Url.EncodeToString(Reading.Gzip(Reading.Utf8(Json)));
        var step = packed.AsSpan().ContainsAny('-', '_') ? "base64url" : "base64";

        Last($"d.mail [{step},gzip,json] {Mail}", Reading.Target("/?d=" + packed), MessagePart.Query);
    }

    [Fact]
    public void JsonThenBase64ThenZlibThenForm() =>
        Last("d.mail [json,base64,deflate,form,percent] " + Mail, Value(Convert.ToBase64String(Reading.Zlib(Reading.Utf8("a=1&mail=hong%40example.com")))));

    [Fact]
    public void PercentThenQueryThenQuery() =>
        Last(
            "a.b.mail [percent,form,percent,form,percent] " + Mail,
            Reading.Target("/?a=" + Uri.EscapeDataString("x=1&b=" + Uri.EscapeDataString("y=2&mail=hong%40example.com"))), MessagePart.Query);

    [Fact]
    public void Base64OfBase64() => Last("d [json,base64,base64] " + Mail, Value(Reading.Base64(Reading.Base64(Mail))));

    [Fact]
    public void Base64OfPercent() => Last("d [json,base64,percent] " + Mail, Value(Reading.Base64("hong%40example.com")));

    [Fact]
    public void HexOfGzip() => Last("d.mail [json,hex,gzip,json] " + Mail, Value(Convert.ToHexStringLower(Reading.Gzip(Reading.Utf8(Json)))));

    [Fact]
    public void GzipBodyThenJsonThenStringThenUrl() =>
        Last(
            "e.url.mail [gzip,json,json,url,percent] " + Mail,
            Reading.Body(Reading.Gzip(Reading.Utf8("""{"e":"{\"url\":\"https://x.example/?mail=hong%40example.com\"}"}""")), "application/json", "gzip"));

    [Fact]
    public void CookieThenPercentThenJson() =>
        Last("user.mail [percent,json] " + Mail, Reading.Fields("Cookie: user=" + Uri.EscapeDataString(Json)), MessagePart.Cookie);

    [Fact]
    public void PathSegmentThenBase64() => Last("[1] [base64] " + Mail, Reading.Target("/u/" + Reading.Base64(Mail)), MessagePart.Path);

    [Fact]
    public void WholeQueryIsADocument() => Last("[0].mail [percent,json] " + Mail, Reading.Target("/?" + Uri.EscapeDataString(Json)), MessagePart.Query);

    private static DecodedMessage Value(string text) => Reading.Body($$"""{"d":"{{text}}"}""");

    private static void Last(string expected, DecodedMessage message, MessagePart? part = null)
    {
        Assert.False(message.Truncated);
        Assert.Equal(expected, message.Lines(part ?? MessagePart.Body)[^1]);
    }
}
