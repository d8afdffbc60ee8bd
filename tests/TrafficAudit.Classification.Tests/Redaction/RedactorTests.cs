using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TrafficAudit.Classification.Redaction;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests.Redaction;

/// <summary>Nothing personal goes out, and what can stay does.</summary>
public sealed class RedactorTests
{
    private const string Phone = "010-0000-0000";
    private const string Email = "tester+lab@mail.example";

    private readonly Redactor _redactor = new(SomePersona.Full);

    [Fact]
    public void ValuesInJson_AreReplacedAndTheRestStays()
    {
        var (flow, redaction) = Redact($$"""{"phone":"{{Phone}}","number":"+821000000000","id":7,"mail":"{{Email}}","note":"call {{Phone}} please"}""", "application/json");

        using var json = JsonDocument.Parse(flow.Request!.Body.ToMemory());
        var phone = json.RootElement.GetProperty("phone").GetString()!;
        Assert.Matches(@"^\[phone:[0-9a-f]{8}\]$", phone);
        Assert.Equal(phone, json.RootElement.GetProperty("number").GetString());
        Assert.Equal(7, json.RootElement.GetProperty("id").GetInt32());
        Assert.Equal($"call {phone} please", json.RootElement.GetProperty("note").GetString());
        Assert.StartsWith("[email:", json.RootElement.GetProperty("mail").GetString(), StringComparison.Ordinal);
        Assert.Empty(redaction.LeftOut);
        Assert.Contains(redaction.Replaced, r => r.Item == "phone" && r.Placeholder == phone && r.Count >= 2);
    }

    [Fact]
    public void DigestOfAValue_HasItsPlaceholder()
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Email)));

        var (flow, _) = Redact($$"""{"em":"{{digest}}","plain":"{{Email}}"}""", "application/json");

        using var json = JsonDocument.Parse(flow.Request!.Body.ToMemory());
        Assert.Equal(json.RootElement.GetProperty("plain").GetString(), json.RootElement.GetProperty("em").GetString());
    }

    /// <summary>Parts are redacted one by one, where no rule sees its endpoint.</summary>
    [Fact]
    public void ValueThatARuleFoundByItsPlace_IsReplacedToo()
    {
        const string anonymous = "XZ38400000-8cf0-41bd-b23e-10b96e40000d";
        using var flow = Rule($$"""{"event":"x","anon_id":"{{anonymous}}","install_timestamp":"1700000000"}""");
        var findings = new Classifier(SomePersona.Full).Classify(flow).Findings;
        Assert.Contains(findings, f => f.Detector == Detector.Rule && f.Value == anonymous);

        var (redacted, redaction) = _redactor.Redact(flow, findings)!.Value;

        var body = Encoding.UTF8.GetString(redacted.Request!.Body.ToMemory().Span);
        Assert.DoesNotContain(anonymous, body, StringComparison.Ordinal);
        Assert.Contains("\"event\":\"x\"", body, StringComparison.Ordinal);
        Assert.Empty(redaction.LeftOut);
    }

    [Theory]
    [InlineData("application/x-protobuf", "0A0D3031302D303030302D30303030121774657374657220616E64206E6F7468696E6720656C7365")]
    [InlineData("application/octet-stream", "0A0D3031302D303030302D30303030121774657374657220616E64206E6F7468696E6720656C7365")]
    [InlineData("application/msgpack", "82A570686F6E65AD3031302D303030302D30303030A178A179")]
    [InlineData("application/cbor", "A26570686F6E656D3031302D303030302D3030303061786179")]
    [InlineData("application/grpc", "000000000F0A0D3031302D303030302D30303030")]
    [InlineData("text/xml", "3C613E3C703E3031302D303030302D303030303C2F703E3C2F613E")]
    public void ValueInABinaryDocument_IsReplacedOrLeftOutWithIt(string type, string hex)
    {
        var request = Some.Message($"POST /a HTTP/1.1\nHost: api.shop.example\nContent-Type: {type}", Convert.FromHexString(hex));

        var (flow, redaction) = _redactor.Redact(Some.Flow(request: request))!.Value;

        var body = flow.Request!.Body.ToMemory();
        Assert.False(body.Span.IndexOf(Encoding.ASCII.GetBytes(Phone)) >= 0);
        Assert.True(body.Length == 0 ? redaction.LeftOut.Any(l => l.Part == "body") : redaction.Replaced.Any(r => r.Item == "phone"));
    }

    [Theory]
    [InlineData("v")]
    [InlineData("em")]
    public void DigestInBase64_IsReplaced(string key)
    {
        var digest = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Email))).TrimEnd('=');

        var (flow, _) = Redact($$"""{"{{key}}":"tv.1~em.{{digest}}"}""", "application/json");

        Assert.DoesNotContain(digest, Encoding.UTF8.GetString(flow.Request!.Body.ToMemory().Span), StringComparison.Ordinal);
    }

    private static FlowRecord Rule(string json)
    {
        var flow = Some.Flow(request: Some.Message("POST /v9.0/123/activities HTTP/1.1\nHost: graph.facebook.com\nContent-Type: application/json", json));
        return flow with { Metadata = flow.Metadata with { Host = "graph.facebook.com" } };
    }

    [Fact]
    public void AnotherRedactor_HasOtherPlaceholders() =>
        Assert.NotEqual(_redactor.PlaceholderOf("phone", Phone), new Redactor(SomePersona.Full).PlaceholderOf("phone", Phone));

    [Fact]
    public void CompressedBody_IsGivenOutPlainAndItsHeadSaysSo()
    {
        var coded = new MemoryStream();
        using (var gzip = new GZipStream(coded, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes($$"""{"phone":"{{Phone}}"}"""));
        }

        var request = Some.Message(
            $"POST /a HTTP/1.1\nHost: api.shop.example\nContent-Type: application/json\nContent-Encoding: gzip\nContent-Length: {coded.Length}\nContent-MD5: x", coded.ToArray());
        var (flow, _) = _redactor.Redact(Some.Flow(request: request))!.Value;

        var body = Encoding.UTF8.GetString(flow.Request!.Body.ToMemory().Span);
        Assert.StartsWith("""{"phone":"[phone:""", body, StringComparison.Ordinal);
        var head = HttpHead.Parse(flow.Request.Head.Span);
        Assert.Null(head["Content-Encoding"]);
        Assert.Null(head["Content-MD5"]);
        Assert.Equal("gzip", head["X-Archive-Orig-Content-Encoding"]);
        Assert.Equal($"{body.Length}", head["Content-Length"]);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(flow.Request.Body.ToMemory().Span)), flow.Metadata.Request!.BodySha256);
        Assert.Equal(body.Length, flow.Metadata.Request.BodyLength);
    }

    [Fact]
    public void CleanFlow_KeepsItsBytes()
    {
        var flow = Some.Flow();

        var (redacted, redaction) = _redactor.Redact(flow)!.Value;

        Assert.Equal(Text(flow.Request!.Head), Text(redacted.Request!.Head));
        Assert.Equal(flow.Response!.Body.ToMemory(), redacted.Response!.Body.ToMemory());
        Assert.Equal(flow.Metadata.Response!.BodySha256, redacted.Metadata.Response!.BodySha256);
        Assert.Empty(redaction.Replaced);
        Assert.Empty(redaction.LeftOut);
    }

    /// <summary>Every place and encoding in which a value may stand; none may be left in whatever form.</summary>
    [Theory]
    [InlineData("GET /u/010-0000-0000/x?q=tester%2Blab%40mail.example&n=1 HTTP/1.1\nHost: a.example", "", "")]
    [InlineData("GET http://a.example/u/01000000000?p=MDEwLTAwMDAtMDAwMA== HTTP/1.1\nHost: a.example", "", "")]
    [InlineData("GET / HTTP/1.1\nHost: a.example\nCookie: a=1; mail=tester%2Blab%40mail.example\nX-Phone: 010-0000-0000\nReferer: https://b.example/?p=010-0000-0000", "", "")]
    [InlineData("GET / HTTP/1.1\nHost: a.example\nAuthorization: Basic dGVzdGVyK2xhYkBtYWlsLmV4YW1wbGU6c2VjcmV0", "", "")]
    [InlineData("POST / HTTP/1.1\nHost: a.example\nX-tester+lab@mail.example: 1", "", "")]
    [InlineData("", "application/x-www-form-urlencoded", "a=1&phone=010-0000-0000&d=%7B%22p%22%3A%2201000000000%22%7D")]
    [InlineData("", "application/json", "{\"d\":\"eyJwaG9uZSI6IjAxMC0wMDAwLTAwMDAifQ==\",\"e\":\"{\\\"mail\\\":\\\"tester+lab@mail.example\\\"}\"}")]
    [InlineData("", "application/json", "{\"tester+lab@mail.example\":{\"seen\":true}}")]
    [InlineData("", "application/json", "{\"phone\":1000000000,\"rrn\":9001011123459}")]
    [InlineData("", "text/html", "<p>홍길동 010-0000-0000</p><a href='mailto:tester+lab@mail.example'>서울특별시 중구 세종대로 110, 17층 1702호</a>")]
    [InlineData("", "text/plain", "x01000000000y, XMDEwLTAwMDAtMDAwMA")]
    [InlineData("", "text/javascript", "var u = 'tester+lab@mail.example';")]
    [InlineData("", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"phone\"\r\n\r\n010-0000-0000\r\n--b--\r\n")]
    [InlineData("", "application/octet-stream", "\u0001\u0002\u0000\u0003tester+lab@mail.example\u0000\u0001")]
    [InlineData("", "application/json\nContent-Encoding: gzip", "{\"phone\":\"010-0000-0000\"}")]
    [InlineData("", "text/plain\nContent-Encoding: unknown", "tester+lab@mail.example")]
    [InlineData("", "image/png", "PNG tester+lab@mail.example")]
    public void Value_IsNowhereAfterwards(string head, string type, string body)
    {
        var request = Some.Message(head.Length > 0 ? head : $"POST /a HTTP/1.1\nHost: a.example\nContent-Type: {type}", body);
        var flow = Some.Flow(request: request, response: Some.Message("HTTP/1.1 200 OK\nSet-Cookie: m=tester+lab@mail.example; Path=/\nContent-Type: text/plain", body));

        var (redacted, _) = _redactor.Redact(flow)!.Value;

        Assert.Throws<InvalidOperationException>(() => Leak.None(Text(request.Head) + body, SomePersona.Full));
        foreach (var message in new[] { redacted.Request!, redacted.Response! })
        {
            Leak.None(Text(message.Head) + Text(message.Body.ToMemory()), SomePersona.Full);
        }

        Leak.None(JsonSerializer.Serialize(redacted.Metadata, ModelJson.Default.FlowMetadata), SomePersona.Full);
    }

    [Fact]
    public void Picture_IsLeftOutAndSaidSo()
    {
        var (flow, redaction) = Redact("\u0089PNG\r\n\u001A\n....", "image/png");

        Assert.Equal(0, flow.Request!.Body.Length);
        Assert.Contains(redaction.LeftOut, p => p is { Message: MessageKind.Request, Part: "body" });
    }

    [Fact]
    public void Messages_AreRedactedOneByOne()
    {
        var flow = Some.WebSocket() with
        {
            Messages = new MemoryConversation(
                [Some.WebSocketMessage(0, $"hello {Phone}"), Some.WebSocketMessage(1, "hello"), Some.WebSocketMessage(2, [1, 2, 0, 255], WebSocketMessageType.Binary)]),
        };

        var (redacted, redaction) = _redactor.Redact(flow)!.Value;

        var messages = redacted.Messages!.Read().ToList();
        Assert.StartsWith("hello [phone:", Text(messages[0].Payload), StringComparison.Ordinal);
        Assert.Equal(messages[0].Payload.Length, messages[0].Length);
        Assert.Equal("hello", Text(messages[1].Payload));
        Assert.Empty(messages[2].Payload.ToArray());
        Assert.Contains(redaction.LeftOut, p => p.Part == "message 2");
    }

    [Fact]
    public void HostWithAValueInIt_LeavesTheFlowOut()
    {
        var flow = Some.Flow(host: "gildong_tester7.shop.example");

        Assert.Null(_redactor.Redact(flow));
    }

    [Fact]
    public void FirstBytesOfAConnectionThatWasNotRead_AreLeftOut()
    {
        var flow = Some.Flow();
        var opaque = new FlowRecord(
            flow.Metadata with { Kind = FlowKind.Opaque, FirstBytes = Encoding.UTF8.GetBytes(Phone), Request = null, Response = null }, null, null);

        var (redacted, redaction) = _redactor.Redact(opaque)!.Value;

        Assert.Null(redacted.Metadata.FirstBytes);
        Assert.Equal("first bytes", Assert.Single(redaction.LeftOut).Part);
    }

    private (FlowRecord Flow, FlowRedaction Redaction) Redact(string body, string type) =>
        _redactor.Redact(Some.Flow(request: Some.Message($"POST /a HTTP/1.1\nHost: a.example\nContent-Type: {type}", Encoding.Latin1.GetBytes(body))))!.Value;

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
