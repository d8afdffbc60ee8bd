using System.Text;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Tests.Har;

public sealed class HarHeadTests
{
    private static string GetWith(params string[] headers) => HarText.Get.Replace("\"headers\":[]", $"\"headers\":[{string.Join(',', headers)}]");

    private static string OkWith(params string[] headers) => HarText.Ok.Replace("\"headers\":[]", $"\"headers\":[{string.Join(',', headers)}]");

    private static string ContentWith(string content, params string[] headers) =>
        $$""" "status":200,"statusText":"OK","headers":[{{string.Join(',', headers)}}],"content":{{content}} """;

    [Fact]
    public async Task Fields_KeepOrderCaseAndDuplicates()
    {
        var flow = await HarText.FlowAsync(HarText.Entry(GetWith(
            HarText.Header("x-b", "2"), HarText.Header("Host", "SHOP.example:443"), HarText.Header("X-A", " 1 "), HarText.Header("x-b", ""))));

        Assert.Equal("GET /items?id=1 HTTP/1.1\r\nx-b: 2\r\nHost: SHOP.example:443\r\nX-A: 1\r\nx-b: \r\n\r\n", flow.Request.Head());
    }

    [Fact]
    public async Task PseudoFields_BecomeHostAndAreLeftOut()
    {
        var flow = await HarText.FlowAsync(HarText.Entry(
            GetWith(
                HarText.Header(":method", "GET"), HarText.Header(":authority", "m.shop.example"), HarText.Header(":path", "/other"),
                HarText.Header("accept", "*/*")),
            OkWith(HarText.Header(":status", "200"), HarText.Header("server", "s"))));

        Assert.Equal("GET /items?id=1 HTTP/1.1\r\nHost: m.shop.example\r\naccept: */*\r\n\r\n", flow.Request.Head());
        Assert.Equal("HTTP/1.1 200 OK\r\nserver: s\r\n\r\n", flow.Response.Head());
    }

    [Fact]
    public async Task AuthorityBesideHost_IsNotWrittenTwice()
    {
        var flow = await HarText.FlowAsync(HarText.Entry(GetWith(HarText.Header(":authority", "b.example"), HarText.Header("host", "a.example"))));

        Assert.Equal("GET /items?id=1 HTTP/1.1\r\nhost: a.example\r\n\r\n", flow.Request.Head());
    }

    [Fact]
    public async Task RequestWithoutContentTypeField_TakesPostDatasType()
    {
        var flow = await HarText.FlowAsync(HarText.Entry(HarText.Post("""{"mimeType":"text/plain","text":"a"}""")));

        Assert.EndsWith("\r\nContent-Type: text/plain\r\n\r\n", flow.Request.Head());
    }

    [Theory]
    [InlineData("a\\r\\nX-Injected: 1", "a  X-Injected: 1")]
    [InlineData("a\\n\\nGET / HTTP/1.1", "a  GET / HTTP/1.1")]
    [InlineData("a\\u0000b", "a b")]
    [InlineData("홍길동", "홍길동")]
    public async Task ValueThatWouldBreakTheHead_CannotDoSo(string value, string written)
    {
        var flow = await HarText.FlowAsync(HarText.Entry(GetWith(HarText.Header("X", value)), OkWith(HarText.Header("X", value))));

        Assert.Equal($"GET /items?id=1 HTTP/1.1\r\nHost: shop.example\r\nX: {written}\r\n\r\n", flow.Request.Head());
        Assert.Equal($"HTTP/1.1 200 OK\r\nX: {written}\r\n\r\n", flow.Response.Head());
    }

    [Fact]
    public async Task StatusTextThatWouldBreakTheHead_CannotDoSo()
    {
        var flow = await HarText.FlowAsync(HarText.Entry(response: HarText.Ok.Replace("\"OK\"", "\"OK\\r\\nX: 1\\r\\n\\r\\n\"")));

        Assert.Equal("HTTP/1.1 200 OK  X: 1\r\n\r\n", flow.Response.Head());
    }

    [Fact]
    public async Task NameThatIsNoFieldName_IsLeftOutWithANote()
    {
        var (result, flows) = await HarText.ImportAsync(HarText.File(HarText.Entry(
            GetWith(HarText.Header("a b", "1"), HarText.Header("X: y\\r\\nZ", "1"), "{\"value\":\"no name\"}", "17", "null", HarText.Header("Good", "1")))));

        Assert.Equal("GET /items?id=1 HTTP/1.1\r\nHost: shop.example\r\nGood: 1\r\n\r\n", Assert.Single(flows).Request.Head());
        Assert.Equal("request.headers: 5 fields are left out, their names are no HTTP field names", Assert.Single(result.Notes).Text);
    }

    [Fact]
    public async Task SetCookiesJoinedByChrome_AreSeparateFieldsAgain()
    {
        var flow = await HarText.FlowAsync(HarText.Entry(response: OkWith(HarText.Header("set-cookie", "a=1; Path=/\\nb=2"))));

        Assert.Equal("HTTP/1.1 200 OK\r\nset-cookie: a=1; Path=/\r\nset-cookie: b=2\r\n\r\n", flow.Response.Head());
    }

    [Fact]
    public async Task FieldsThatDescribeOtherBytes_AreKeptUnderTheirArchiveNames()
    {
        var flow = await HarText.FlowAsync(HarText.Entry(response: ContentWith(
            """{"size":7,"text":"{\"a\":1}"}""",
            HarText.Header("Content-Type", "application/json"), HarText.Header("content-encoding", "br"),
            HarText.Header("Transfer-Encoding", "chunked"), HarText.Header("Content-Length", "311"))));

        Assert.Equal(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Archive-Orig-content-encoding: br\r\n"
            + "X-Archive-Orig-Transfer-Encoding: chunked\r\nX-Archive-Orig-Content-Length: 311\r\n\r\n",
            flow.Response.Head());
        Assert.Null(HttpHead.Parse(flow.Response!.Head.Span)["Content-Encoding"]);
    }

    [Fact]
    public async Task FieldsThatStillHold_KeepTheirNames()
    {
        var flow = await HarText.FlowAsync(HarText.Entry(response: ContentWith(
            """{"size":2,"text":"ok"}""", HarText.Header("Content-Length", "2"), HarText.Header("Content-Type", "text/plain; charset=UTF-8"))));

        Assert.Equal("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\n", flow.Response.Head());
    }

    [Fact]
    public async Task TextOfAnotherCharacterSet_SaysThatItIsUtf8Now()
    {
        var flow = await HarText.FlowAsync(HarText.Entry(response: ContentWith(
            """{"size":4,"text":"주소"}""", HarText.Header("Content-Type", "text/html; Charset=\\\"euc-kr\\\"; x=1"))));

        Assert.Equal(
            "HTTP/1.1 200 OK\r\nX-Archive-Orig-Content-Type: text/html; Charset=\"euc-kr\"; x=1\r\nContent-Type: text/html; charset=utf-8; x=1\r\n\r\n",
            flow.Response.Head());
        Assert.Equal("주소", flow.Response.BodyText());
        Assert.True(flow.Metadata.Response!.Complete);
        Assert.Equal(6, flow.Metadata.Response.BodyLength);
    }

    [Fact]
    public async Task BytesOfAnotherCharacterSet_KeepTheirType()
    {
        byte[] eucKr = [0xC1, 0xD6, 0xBC, 0xD2];
        var flow = await HarText.FlowAsync(HarText.Entry(response: ContentWith(
            $$"""{"size":4,"encoding":"base64","text":"{{Convert.ToBase64String(eucKr)}}"}""", HarText.Header("Content-Type", "text/html; charset=euc-kr"))));

        Assert.Equal("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=euc-kr\r\n\r\n", flow.Response.Head());
        Assert.Equal(eucKr, flow.Response!.Body.ToMemory().ToArray());
    }

    [Fact]
    public async Task HeadsWithoutBody_KeepTheirFields()
    {
        var flow = await HarText.FlowAsync(HarText.Entry(response: ContentWith(
            """{"size":0}""", HarText.Header("Content-Length", "311"), HarText.Header("Content-Encoding", "gzip"))));

        Assert.Equal("HTTP/1.1 200 OK\r\nContent-Length: 311\r\nContent-Encoding: gzip\r\n\r\n", flow.Response.Head());
    }

    [Fact]
    public async Task InvalidUtf8InAValue_IsReplacedAndNothingElseLost()
    {
        var text = HarText.File(HarText.Entry(GetWith(HarText.Header("X", "a?b"))));
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes[Array.IndexOf(bytes, (byte)'?', text.IndexOf("a?b", StringComparison.Ordinal))] = 0xFF;

        var (_, flows) = await HarText.ImportAsync(bytes);

        Assert.Contains("X: a\uFFFDb\r\n", Assert.Single(flows).Request.Head());
    }
}
