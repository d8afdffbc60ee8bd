using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Tests.Har;

/// <summary>Small invented files in the shapes that well-known programs write.</summary>
public sealed class HarWriterShapeTests
{
    private const string Chrome = """
        {"log":{"version":"1.2","creator":{"name":"WebInspector","version":"537.36"},"pages":[{"startedDateTime":"2026-01-02T03:04:05.000Z","id":"page_1","title":"t","pageTimings":{"onLoad":1.5}}],
        "entries":[{
          "_connectionId":"77","_initiator":{"type":"script","stack":{"callFrames":[{"functionName":"f","url":"https://shop.example/a.js"}]}},
          "_priority":"High","_resourceType":"xhr","cache":{},"connection":"443","pageref":"page_1",
          "request":{"method":"POST","url":"https://collect.example/v1?e=1","httpVersion":"http/2.0",
            "headers":[{"name":":authority","value":"collect.example"},{"name":":method","value":"POST"},{"name":":path","value":"/v1?e=1"},
              {"name":":scheme","value":"https"},{"name":"content-type","value":"application/json"},{"name":"content-length","value":"7"}],
            "queryString":[{"name":"e","value":"1"}],"cookies":[],"headersSize":-1,"bodySize":7,"postData":{"mimeType":"application/json","text":"{\"a\":1}"}},
          "response":{"status":200,"statusText":"","httpVersion":"http/2.0","headers":[{"name":"content-encoding","value":"br"},{"name":"content-type","value":"application/json"}],
            "cookies":[],"content":{"size":11,"mimeType":"application/json","text":"{\"ok\":true}"},"redirectURL":"","headersSize":-1,"bodySize":-1,"_transferSize":311,"_error":null,"_fetchedViaServiceWorker":false},
          "serverIPAddress":"[2001:db8::5]","startedDateTime":"2026-01-02T03:04:05.678Z","time":45.10000003129244,
          "timings":{"blocked":2.1,"dns":0.5,"ssl":12,"connect":20,"send":0.2,"wait":21.3,"receive":1,"_blocked_queueing":1.2,"_workerStart":-1}}]}}
        """;

    private const string Firefox = """
        {"log":{"version":"1.2","creator":{"name":"Firefox","version":"140.0"},"browser":{"name":"Firefox","version":"140.0"},
        "pages":[{"id":"page_1","pageTimings":{"onContentLoad":-1,"onLoad":-1},"startedDateTime":"2026-01-02T12:04:05.678+09:00","title":"t"}],
        "entries":[{"startedDateTime":"2026-01-02T12:04:05.678+09:00",
          "request":{"bodySize":26,"method":"POST","url":"https://collect.example/form","httpVersion":"HTTP/2","headers":[{"name":"Host","value":"collect.example"},{"name":"Content-Type","value":"application/x-www-form-urlencoded"}],
            "cookies":[],"queryString":[],"headersSize":310,"postData":{"mimeType":"application/x-www-form-urlencoded","params":[{"name":"e","value":"someone@example.com"}],"text":"e=someone%40example.com&a=1"}},
          "response":{"status":200,"statusText":"OK","httpVersion":"HTTP/2","headers":[{"name":"set-cookie","value":"a=1"},{"name":"set-cookie","value":"b=2"}],"cookies":[],
            "content":{"mimeType":"image/gif","size":3,"encoding":"base64","text":"R0lG"},"redirectURL":"","headersSize":100,"bodySize":103},
          "cache":{},"timings":{"blocked":0,"dns":0,"connect":0,"ssl":0,"send":0,"wait":31,"receive":0},"time":31,"_securityState":"secure","serverIPAddress":"192.0.2.10","connection":"443","pageref":"page_1"}]}}
        """;

    private const string Safari = """
        {"log":{"version":"1.2","creator":{"name":"WebKit Web Inspector","version":"1.0"},"pages":[],"comment":"",
        "entries":[{"pageref":"page_0","startedDateTime":"2026-01-02T03:04:05.678Z","time":10.5,
          "request":{"method":"GET","url":"https://shop.example/me","httpVersion":"HTTP/2","cookies":[],"headers":[{"name":"Accept","value":"*/*"}],"queryString":[],"headersSize":60,"bodySize":0},
          "response":{"status":200,"statusText":"","httpVersion":"HTTP/2","cookies":[],"headers":[{"name":"Content-Type","value":"text/plain"}],"content":{"size":2,"compression":0,"mimeType":"text/plain","text":"me"},"redirectURL":"","headersSize":40,"bodySize":2,"_transferSize":42},
          "cache":{},"timings":{"blocked":-1,"dns":-1,"connect":-1,"ssl":-1,"send":0.5,"wait":9,"receive":1},"serverIPAddress":"2001:db8::5","_serverPort":443,"connection":"abc","_fetchType":"Network Load","_priority":"medium"},
          {"startedDateTime":"2026-01-02T03:04:06Z","time":0,"request":{"method":"GET","url":"https://shop.example/x.js","headers":[]},"response":{"status":200,"headers":[],"content":{"size":1,"text":"x"}},"cache":{},"timings":{},"_fetchType":"Disk Cache"}]}}
        """;

    private const string Charles = """
        {"log":{"version":"1.2","creator":{"name":"Charles Proxy","version":"5.0"},"entries":[
          {"startedDateTime":"2026-01-02T12:04:05.678+09:00","time":88,
          "request":{"method":"POST","url":"https://api.shop.example/upload","httpVersion":"HTTP/1.1","cookies":[],"headers":[{"name":"Host","value":"api.shop.example"},{"name":"Content-Type","value":"application/octet-stream"},{"name":"Content-Length","value":"4"}],
            "queryString":[],"postData":{"mimeType":"application/octet-stream","text":"AAECAw==","encoding":"base64"},"headersSize":99,"bodySize":4},
          "response":{"_charlesStatus":"COMPLETE","status":200,"statusText":"OK","httpVersion":"HTTP/1.1","cookies":[],"headers":[{"name":"Transfer-Encoding","value":"chunked"}],"content":{"size":2,"mimeType":"text/plain","text":"b2s=","encoding":"base64"},"redirectURL":null,"headersSize":30,"bodySize":9},
          "cache":{},"timings":{"dns":1,"connect":2,"ssl":3,"send":4,"wait":5,"receive":6},"serverIPAddress":"192.0.2.10"}]}}
        """;

    private const string Proxyman = """
        {"log":{"version":"1.2","creator":{"name":"Proxyman","version":"5.0.0"},"comment":"","entries":[
          {"_id":"1","_clientName":"Shop","_clientBundlePath":"","startedDateTime":"2026-01-02T03:04:05.678Z","time":12,"serverIPAddress":"192.0.2.10","connection":"1",
          "request":{"method":"PUT","url":"https://api.shop.example/p","httpVersion":"HTTP/1.1","cookies":[],"headers":[{"name":"Host","value":"api.shop.example"},{"name":"Content-Type","value":"multipart/form-data; boundary=b"}],
            "queryString":[],"postData":{"mimeType":"multipart/form-data","params":[{"name":"phone","value":"010-0000-0000"}],"text":null},"headersSize":10,"bodySize":77},
          "response":{"status":0,"statusText":"","httpVersion":"HTTP/1.1","cookies":[],"headers":[],"content":{"size":0,"mimeType":""},"redirectURL":"","headersSize":-1,"bodySize":-1},
          "cache":{},"timings":{"send":1,"wait":-1,"receive":-1}}]}}
        """;

    private const string HttpToolkit = """
        {"log":{"version":"1.2","creator":{"name":"HTTP Toolkit","version":"1.20"},"pages":[{"id":"Android","title":"Android","startedDateTime":"2026-01-02T03:04:05.678Z","pageTimings":{}}],
        "entries":[{"pageref":"Android","startedDateTime":"2026-01-02T03:04:05.678Z","time":-1,
          "request":{"method":"POST","url":"https://api.shop.example/pb","httpVersion":"HTTP/2.0","cookies":[],"headers":[{"name":":authority","value":"api.shop.example"},{"name":"content-type","value":"application/x-protobuf"}],
            "queryString":[],"headersSize":-1,"bodySize":4,"_requestBodyStatus":"discarded:not-representable","_content":{"text":"CAEQAg==","size":4,"encoding":"base64"}},
          "response":{"status":0,"statusText":"","httpVersion":"","headers":[],"cookies":[],"content":{"size":0,"mimeType":"application/x-unknown"},"redirectURL":"","headersSize":-1,"bodySize":-1},
          "cache":{},"timings":{"blocked":-1,"dns":-1,"connect":-1,"ssl":-1,"send":0,"wait":0,"receive":0},"_pinned":true}],
        "_tlsErrors":[{"startedDateTime":"2026-01-02T03:04:05.678Z","hostname":"pinned.example","cause":"cert-rejected"}]}}
        """;

    private const string Mitmproxy = """
        {
            "log": {
                "version": "1.2",
                "creator": {"name": "mitmproxy", "version": "0.1", "comment": ""},
                "pages": [],
                "entries": [
                    {
                        "startedDateTime": "2026-01-02T03:04:05.678901+00:00",
                        "time": 96.12345695495605,
                        "request": {
                            "method": "POST", "url": "https://api.shop.example/m", "httpVersion": "HTTP/2.0", "cookies": [],
                            "headers": [{"name": "content-type", "value": "application/octet-stream"}], "queryString": [], "headersSize": 200, "bodySize": 3,
                            "postData": {"mimeType": "application/octet-stream", "text": "\u0000a\udcff", "params": []}
                        },
                        "response": {
                            "status": 200, "statusText": "", "httpVersion": "HTTP/2.0", "cookies": [],
                            "headers": [{"name": "content-encoding", "value": "gzip"}, {"name": "content-length", "value": "25"}],
                            "content": {"size": 25, "compression": -23, "mimeType": "", "text": "ok"}, "redirectURL": "", "headersSize": 100, "bodySize": 25
                        },
                        "cache": {}, "timings": {"connect": null, "ssl": null, "send": 1.5, "receive": 2.5, "wait": 92.1}, "serverIPAddress": "192.0.2.10"
                    },
                    {
                        "startedDateTime": "2026-01-02T03:04:06+00:00", "time": 0,
                        "request": {"method": "GET", "url": "https://down.example/", "httpVersion": "HTTP/1.1", "cookies": [], "headers": [], "queryString": [], "headersSize": 0, "bodySize": 0},
                        "response": {"status": 0, "statusText": "", "httpVersion": "", "headers": [], "cookies": [], "content": {}, "redirectURL": "", "headersSize": -1, "bodySize": -1, "_transferSize": 0, "_error": "server disconnected"},
                        "cache": {}, "timings": {"connect": -1.0, "ssl": -1.0, "send": 0, "receive": 0, "wait": 0}
                    }
                ]
            }
        }
        """;

    private static async Task<List<FlowRecord>> FlowsAsync(string har, long skipped = 0)
    {
        var (result, flows) = await HarText.ImportAsync(har);
        Assert.Null(result.Fault);
        Assert.Equal(skipped, result.SkippedCount);
        return flows;
    }

    [Fact]
    public async Task Chrome_IsImported()
    {
        var flow = Assert.Single(await FlowsAsync(Chrome));

        Assert.Equal(new Peer("2001:db8::5", 443, "HTTP/2"), flow.Metadata.Upstream);
        Assert.Equal(TimeSpan.FromMilliseconds(44.1), flow.Metadata.TimeToResponse);
        Assert.Equal("POST /v1?e=1 HTTP/1.1\r\nHost: collect.example\r\ncontent-type: application/json\r\ncontent-length: 7\r\n\r\n", flow.Request.Head());
        Assert.Equal("{\"a\":1}", flow.Request.BodyText());
        Assert.Equal("HTTP/1.1 200 \r\nX-Archive-Orig-content-encoding: br\r\ncontent-type: application/json\r\n\r\n", flow.Response.Head());
        Assert.Equal("{\"ok\":true}", flow.Response.BodyText());
        Assert.True(flow.Metadata.Response!.Complete);
        Assert.Null(flow.Metadata.Failure);
    }

    [Fact]
    public async Task Firefox_IsImported()
    {
        var flow = Assert.Single(await FlowsAsync(Firefox));

        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), flow.Metadata.Started);
        Assert.Equal("e=someone%40example.com&a=1", flow.Request.BodyText());
        Assert.Equal("HTTP/1.1 200 OK\r\nset-cookie: a=1\r\nset-cookie: b=2\r\n\r\n", flow.Response.Head());
        Assert.Equal("GIF", flow.Response.BodyText());
        Assert.Equal("HTTP/2", flow.Metadata.Upstream!.HttpVersion);
    }

    [Fact]
    public async Task Safari_IsImportedWithoutItsCachesAnswers()
    {
        var flow = Assert.Single(await FlowsAsync(Safari, skipped: 1));

        Assert.Equal("2001:db8::5", flow.Metadata.Upstream!.Address);
        Assert.Equal("me", flow.Response.BodyText());
        Assert.Equal("GET /me HTTP/1.1\r\nHost: shop.example\r\nAccept: */*\r\n\r\n", flow.Request.Head());
    }

    [Fact]
    public async Task Charles_IsImported()
    {
        var flow = Assert.Single(await FlowsAsync(Charles));

        Assert.Equal([0, 1, 2, 3], flow.Request!.Body.ToMemory().ToArray());
        Assert.Equal("HTTP/1.1 200 OK\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\n\r\n", flow.Response.Head());
        Assert.Equal("ok", flow.Response.BodyText());
        Assert.Equal(TimeSpan.FromMilliseconds(12), flow.Metadata.TimeToResponse);
    }

    [Fact]
    public async Task Proxyman_IsImported()
    {
        var flow = Assert.Single(await FlowsAsync(Proxyman));

        Assert.Equal("--b\r\nContent-Disposition: form-data; name=\"phone\"\r\n\r\n010-0000-0000\r\n--b--\r\n", flow.Request.BodyText());
        Assert.Null(flow.Response);
    }

    [Fact]
    public async Task HttpToolkit_IsImportedWithItsBinaryBodyAndItsTlsErrors()
    {
        var flows = await FlowsAsync(HttpToolkit);
        var flow = flows[0];

        Assert.Equal((2, FlowFailure.ClientRejectedCertificate, "pinned.example"), (flows.Count, flows[1].Metadata.Failure, flows[1].Metadata.Host));
        Assert.Equal([8, 1, 16, 2], flow.Request!.Body.ToMemory().ToArray());
        Assert.Null(flow.Metadata.Upstream);
        Assert.Null(flow.Metadata.Duration);
        Assert.Null(flow.Response);
    }

    [Fact]
    public async Task Mitmproxy_IsImported()
    {
        var flows = await FlowsAsync(Mitmproxy);

        Assert.Equal([0x00, 0x61, 0xFF], flows[0].Request!.Body.ToMemory().ToArray());
        Assert.Equal(6_789_010, flows[0].Metadata.Started.Ticks % TimeSpan.TicksPerSecond);
        Assert.Equal(TimeSpan.FromMilliseconds(93.6), flows[0].Metadata.TimeToResponse);
        Assert.Equal((2, 2, true), (flows[0].Metadata.Response!.BodyLength, flows[0].Metadata.Response!.BodyCaptured, flows[0].Metadata.Response!.Complete));
        Assert.Equal("HTTP/1.1 200 \r\nX-Archive-Orig-content-encoding: gzip\r\nX-Archive-Orig-content-length: 25\r\n\r\n", flows[0].Response.Head());
        Assert.Equal(FlowFailure.UpstreamReset, flows[1].Metadata.Failure);
    }
}
