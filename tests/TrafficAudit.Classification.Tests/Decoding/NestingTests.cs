using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Decoding;

/// <summary>The nestings that were met in real traffic (reference, section 4.1).</summary>
public sealed class NestingTests
{
    private const string Json = """{"mail":"hong@example.com"}""";
    private const string Mail = "hong@example.com";

    [Fact]
    public void QueryThenJson() => Last("d.mail [percent,json] " + Mail, Reading.Target("/?d=" + Uri.EscapeDataString(Json)));

    [Fact]
    public void QueryThenBase64ThenJson() => Last("d.mail [base64,json] " + Mail, Reading.Target("/?d=" + Reading.Base64(Json).TrimEnd('=')));

    [Fact]
    public void QueryThenBase64ThenGzipThenJson() =>
        Last("d.mail [percent,base64,gzip,json] " + Mail, Reading.Target("/?d=" + Uri.EscapeDataString(Convert.ToBase64String(Reading.Gzip(Reading.Utf8(Json))) + "==")[..^12] + "%3D%3D"), exact: false);

    [Fact]
    public void JsonThenBase64ThenZlibThenForm() =>
        Last("d.mail [json,base64,deflate,form,percent] " + Mail, Reading.Body($$"""{"d":"{{Convert.ToBase64String(Reading.Zlib(Reading.Utf8("a=1&mail=hong%40example.com")))}}"}"""));

    [Fact]
    public void PercentThenQueryThenQuery() =>
        Last("a.b.mail [percent,form,percent,form,percent] " + Mail, Reading.Target("/?a=" + Uri.EscapeDataString("x=1&b=" + Uri.EscapeDataString("y=2&mail=hong%40example.com"))));

    [Fact]
    public void Base64OfBase64() => Last("v [json,base64,base64] " + Mail, Reading.Body($$"""{"v":"{{Reading.Base64(Reading.Base64(Mail))}}"}"""));

    [Fact]
    public void Base64OfPercent() => Last("v [json,base64,percent] " + Mail, Reading.Body($$"""{"v":"{{Reading.Base64("hong%40example.com")}}"}"""));

    [Fact]
    public void HexOfGzip() => Last("v.mail [json,hex,gzip,json] " + Mail, Reading.Body($$"""{"v":"{{Convert.ToHexStringLower(Reading.Gzip(Reading.Utf8(Json)))}}"}"""));

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
    public void WholeQueryIsADocument() => Last("[0].mail [percent,json] " + Mail, Reading.Target("/?" + Uri.EscapeDataString(Json)));

    private static void Last(string expected, DecodedMessage message, MessagePart? part = null, bool exact = true)
    {
        var lines = message.Lines(part ?? (message.Roots.Any(r => r.Part == MessagePart.Body) ? MessagePart.Body : MessagePart.Query));
        Assert.False(message.Truncated);
        if (exact)
        {
            Assert.Equal(expected, lines[^1]);
        }
        else
        {
            Assert.EndsWith("] " + Mail, lines[^1], StringComparison.Ordinal);
        }
    }
}
