using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Tests.Har;

public sealed class HarValueTests
{
    private static string GetUrl(string url) => HarText.Get.Replace("https://shop.example/items?id=1", url);

    [Theory]
    [InlineData("https://Shop.Example/A?b=C#frag", "https", "shop.example", 443, "/A?b=C", "shop.example")]
    [InlineData("http://shop.example", "http", "shop.example", 80, "/", "shop.example")]
    [InlineData("https://shop.example:8443?q=1", "https", "shop.example", 8443, "/?q=1", "shop.example:8443")]
    [InlineData("HTTP://shop.example:443/", "http", "shop.example", 443, "/", "shop.example:443")]
    [InlineData("https://쇼핑.example/한", "https", "xn--hp4bo76a.example", 443, "/%ED%95%9C", "xn--hp4bo76a.example")]
    [InlineData("https://[2001:DB8::1]:444/", "https", "2001:db8::1", 444, "/", "[2001:db8::1]:444")]
    [InlineData("https://user:secret@shop.example/a", "https", "shop.example", 443, "/a", "shop.example")]
    [InlineData("https://shop.example/a/../b/%7e?x=%2F", "https", "shop.example", 443, "/a/../b/%7e?x=%2F", "shop.example")]
    [InlineData("https://shop.example/a b\\r\\nX: 1", "https", "shop.example", 443, "/a%20b%0D%0AX:%201", "shop.example")]
    [InlineData("https://shop.example\\\\a", "https", "shop.example", 443, "/a", "shop.example")]
    [InlineData("https://a_b.example/", "https", "a_b.example", 443, "/", "a_b.example")]
    [InlineData("wss://shop.example/ws", "https", "shop.example", 443, "/ws", "shop.example")]
    [InlineData("ws://shop.example/ws", "http", "shop.example", 80, "/ws", "shop.example")]
    public async Task Url_GivesHostPortAndTargetAsWritten(string url, string scheme, string host, int port, string target, string authority)
    {
        var flow = await HarText.FlowAsync(HarText.Entry(GetUrl(url)));

        Assert.Equal((scheme, host, port), (flow.Metadata.Scheme, flow.Metadata.Host, flow.Metadata.Port));
        Assert.Equal($"GET {target} HTTP/1.1\r\nHost: {authority}\r\n\r\n", flow.Request.Head());
    }

    [Fact]
    public async Task VeryLongUrl_IsKept()
    {
        var query = new string('x', 300_000);

        var flow = await HarText.FlowAsync(HarText.Entry(GetUrl($"https://shop.example/?q={query}")));

        Assert.StartsWith($"GET /?q={query} HTTP/1.1\r\n", flow.Request.Head());
    }

    [Fact]
    public async Task Connect_HasHostAndPortAsTarget()
    {
        var flow = await HarText.FlowAsync(HarText.Entry(GetUrl("https://shop.example").Replace("GET", "CONNECT")));

        Assert.Equal("CONNECT shop.example:443 HTTP/1.1\r\nHost: shop.example\r\n\r\n", flow.Request.Head());
    }

    [Theory]
    [InlineData("data:text/plain,someone@example.com", "request.url is a data: URL: nothing went over the network")]
    [InlineData("blob:https://shop.example/1", "request.url is a blob: URL: nothing went over the network")]
    [InlineData("chrome-extension://abc/x.js", "request.url is a chrome-extension: URL: nothing went over the network")]
    [InlineData("about:blank", "request.url is a about: URL: nothing went over the network")]
    [InlineData("ftp://shop.example/", "request.url is no absolute http or https URL")]
    [InlineData("/items", "request.url is no absolute http or https URL")]
    [InlineData("https:shop.example", "request.url is no absolute http or https URL")]
    [InlineData("https://", "request.url has no valid host and port")]
    [InlineData("https:///path", "request.url has no valid host and port")]
    [InlineData("https://shop.example:99999/", "request.url has no valid host and port")]
    [InlineData("https://shop.example:0/", "request.url has no valid host and port")]
    [InlineData("https://a b/", "request.url has no valid host and port")]
    [InlineData("https://xn--\\u0000/", "request.url has no valid host and port")]
    [InlineData("https://\\ud7ff.example/", "request.url has no valid host and port")]
    [InlineData("https://[::1/", "request.url has no valid host and port")]
    [InlineData("", "request.url is missing")]
    [InlineData("  ", "request.url is missing")]
    public async Task UrlThatIsNoneOfTheNetworks_SkipsTheEntry(string url, string reason)
    {
        Assert.Equal(reason, await HarText.SkipReasonAsync(HarText.Entry(GetUrl(url))));
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05.678Z", "2026-01-02T03:04:05.6780000Z")]
    [InlineData("2026-01-02T12:04:05.678+09:00", "2026-01-02T03:04:05.6780000Z")]
    [InlineData("2026-01-02T12:04:05.678+0900", "2026-01-02T03:04:05.6780000Z")]
    [InlineData("2026-01-01T21:34:05-05:30", "2026-01-02T03:04:05.0000000Z")]
    [InlineData("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.0000000Z")]
    [InlineData("2026-01-02T03:04:05.678901+00:00", "2026-01-02T03:04:05.6789010Z")]
    [InlineData("2026-01-02T03:04:05.6789012Z", "2026-01-02T03:04:05.6789012Z")]
    [InlineData("2026-01-02T03:04:05.678901299Z", "2026-01-02T03:04:05.6789012Z")]
    [InlineData(" 2026-01-02T03:04:05.6Z ", "2026-01-02T03:04:05.6000000Z")]
    public async Task Time_IsExactAndInUtc(string written, string expected)
    {
        var flow = await HarText.FlowAsync(HarText.Entry(more: $"\"startedDateTime\":\"{written}\""));

        Assert.Equal(expected, flow.Metadata.Started.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'"));
        Assert.Equal(TimeSpan.Zero, flow.Metadata.Started.Offset);
    }

    [Theory]
    [InlineData("\"2026-01-02T03:04:05.678\"")]
    [InlineData("\"2026-02-30T03:04:05Z\"")]
    [InlineData("\"02.01.2026 03:04\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("1767323045678")]
    [InlineData("{}")]
    public async Task TimeThatIsNone_SkipsTheEntry(string written)
    {
        Assert.Equal("startedDateTime is no ISO 8601 time with an offset", await HarText.SkipReasonAsync(HarText.Entry(more: $"\"startedDateTime\":{written}")));
    }

    [Theory]
    [InlineData("12.345", 123_450L)]
    [InlineData("\"12.345\"", 123_450L)]
    [InlineData("0", 0L)]
    [InlineData("-1", null)]
    [InlineData("null", null)]
    [InlineData("1e300", null)]
    [InlineData("\"NaN\"", null)]
    [InlineData("[1]", null)]
    public async Task Duration_IsExactOrUnknown(string time, long? ticks)
    {
        Assert.Equal(ticks, (await HarText.FlowAsync(HarText.Entry(more: $"\"time\":{time}"))).Metadata.Duration?.Ticks);
    }

    [Theory]
    [InlineData("""{"blocked":1,"dns":2,"connect":4,"ssl":3,"send":8,"wait":16,"receive":32}""", 31)]
    [InlineData("""{"blocked":-1,"dns":-1,"connect":-1,"ssl":-1,"send":0,"wait":16,"receive":32}""", 16)]
    [InlineData("""{"send":"8","wait":"16"}""", 24)]
    [InlineData("""{"send":8,"wait":-1}""", null)]
    [InlineData("""{"send":8}""", null)]
    [InlineData("null", null)]
    public async Task Timings_GiveTheTimeToTheResponse(string timings, int? milliseconds)
    {
        var flow = await HarText.FlowAsync(HarText.Entry().Replace("\"timings\":", $"\"timings\":{timings},\"other\":"));

        Assert.Equal(milliseconds is { } value ? TimeSpan.FromMilliseconds(value) : null, flow.Metadata.TimeToResponse);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("2001:DB8:0:0::1", "2001:db8::1")]
    [InlineData("[2001:db8::1]:443", "2001:db8::1")]
    [InlineData("192.0.2.1:443", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("fe80::1%eth0", "fe80::1")]
    [InlineData("", null)]
    [InlineData("shop.example", null)]
    [InlineData("1", null)]
    [InlineData("1:443", null)]
    [InlineData("0x7f.1", null)]
    [InlineData("192.0.2.01", null)]
    [InlineData("0.0.0.0", null)]
    [InlineData("::", null)]
    [InlineData("192.0.2.1, 192.0.2.2", null)]
    public async Task ServerAddress_IsTakenOnlyWhenItIsOne(string written, string? address)
    {
        var metadata = (await HarText.FlowAsync(HarText.Entry(more: $"\"serverIPAddress\":\"{written}\""))).Metadata;

        Assert.Equal(address, metadata.Upstream?.Address);
        Assert.Equal(address is null ? null : "file", metadata.Resolution?.Source);
    }

    [Theory]
    [InlineData("HTTP/1.1", "HTTP/1.1")]
    [InlineData("http/1.1", "HTTP/1.1")]
    [InlineData("HTTP/1.0", "HTTP/1.0")]
    [InlineData("h2", "HTTP/2")]
    [InlineData("HTTP/2.0", "HTTP/2")]
    [InlineData("http/2.0", "HTTP/2")]
    [InlineData("HTTP/2", "HTTP/2")]
    [InlineData("h3", "HTTP/3")]
    [InlineData("h3-29", "HTTP/3")]
    [InlineData("http/2+quic/46", "HTTP/3")]
    [InlineData("HTTP/3", "HTTP/3")]
    [InlineData("unknown", "HTTP/1.1")] // the request's
    [InlineData("", "HTTP/1.1")]
    public async Task HttpVersion_HasOneName(string written, string expected)
    {
        var flow = await HarText.FlowAsync(HarText.Entry(response: HarText.Ok.Replace("HTTP/1.1", written)));

        Assert.Equal(expected, flow.Metadata.Upstream!.HttpVersion);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET /x HTTP/1.1\\r\\nX: 1\\r\\n")]
    [InlineData("G T")]
    public async Task MethodThatIsNone_SkipsTheEntry(string method)
    {
        Assert.Equal("request.method is missing or no HTTP method", await HarText.SkipReasonAsync(HarText.Entry(HarText.Get.Replace("GET", method))));
    }

    [Theory]
    [InlineData("\"_fromCache\":\"disk\"")]
    [InlineData("\"_fetchType\":\"Memory Cache\"")]
    public async Task AnswerFromTheCache_IsNoFlow(string member)
    {
        Assert.Contains("the browser's cache answered, nothing went over the network", await HarText.SkipReasonAsync(HarText.Entry(more: member)));
    }

    [Theory]
    [InlineData("\"_resourceType\":\"websocket\"")]
    [InlineData("\"_webSocketMessages\":[]")]
    public async Task WebSocketWithoutMessages_IsItsHandshake(string member)
    {
        var flow = await HarText.FlowAsync(HarText.Entry(GetUrl("wss://shop.example/chat"), more: member));

        Assert.Equal(FlowKind.WebSocket, flow.Metadata.Kind);
        Assert.Empty(flow.Messages?.Read() ?? []);
    }

    [Fact]
    public async Task NullWebSocketMessages_AreNoWebSocket()
    {
        Assert.Equal(FlowKind.Http, (await HarText.FlowAsync(HarText.Entry(more: "\"_webSocketMessages\":null"))).Metadata.Kind);
    }
}
