using System.Text;
using TrafficAudit.Classification.EndpointRules;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests.EndpointRules;

public sealed class RuleDetectionTests
{
    private const string Vungle = "POST /api/v5/ads HTTP/1.1\r\nHost: api.vungle.com\r\nContent-Type: application/json\r\n\r\n";

    [Fact]
    public void Finding_NamesRuleAndPack_AndIsCertain()
    {
        var finding = Assert.Single(Rule("ads.api.vungle.com", "POST /config HTTP/1.1\r\nContent-Type: application/json\r\n\r\n", """{"device":{"ifa":"38400000-8cf0-41bd-b23e-10b96e40000d"}}"""));

        Assert.Equal(("gaid", Strength.B, FindingState.Clear, Direction.Collected), (finding.Item, finding.Strength, finding.State, finding.Direction));
        Assert.Equal("device.ifa", finding.Location.Path);
        Assert.Contains("rule vungle/", finding.Reason);
        Assert.Contains("pack trackhar 1.0.0", finding.Reason);
        Assert.DoesNotContain("38400000", finding.Reason);
    }

    [Fact]
    public void RuleForAWebSocket_IsTriedOnEachMessageThatGoesItsWay()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "chat.yaml"), """
            pack: chat
            version: 1
            rules:
              - id: chat/sent
                recipient: Chat
                source: seen in traffic
                message: ws_sent
                endpoints: [api.shop.example/*]
                items: { user_id: ["body:from"] }
                match: [ { request: "GET https://api.shop.example/ws", body: '{"from":"u-1234"}', finds: [user_id] } ]
                no_match: [ { request: "GET https://other.example/ws", body: '{"from":"u-1234"}' } ]
            """);
        using var flow = Some.WebSocket(host: "api.shop.example") with
        {
            Request = Some.Message("GET /ws HTTP/1.1\nHost: api.shop.example"),
            Messages = new MemoryConversation([Some.WebSocketMessage(0, """{"from":"u-1234"}"""), Some.WebSocketMessage(1, """{"from":"u-5678"}""", sent: false)]),
        };

        var finding = Assert.Single(new Classifier(Persona.None, RuleSet.Load(folder.Path)).Classify(flow).Findings, finding => finding.Detector == Detector.Rule);

        Assert.Equal(("user_id", "[0].from", Direction.Collected), (finding.Item, finding.Location.Path, finding.Direction));
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000", "gaid", FindingState.Zeroed)]
    [InlineData("38400000-8CF0-41BD-B23E-10B96E40000D", "idfa", FindingState.Clear)]
    [InlineData("8df73f2cdf19b11c06ea40bccc41a1127575903de1cdbf36b30ff021637ee8a5", "gaid", FindingState.Hashed)]
    public void AdvertisingId_HasItsItemAndState(string value, string item, FindingState state)
    {
        var finding = Assert.Single(Rule("api.vungle.com", Vungle, $$$"""{"device":{"ifa":"{{{value}}}"}}"""));

        Assert.Equal((item, state), (finding.Item, finding.State));
    }

    /// <summary>An app's name and version travel with personal data, and are none by themselves.</summary>
    [Fact]
    public void WhatIsOfTheApp_IsShownAndNotCounted()
    {
        var findings = Rule("api.vungle.com", Vungle, """{"app":{"bundle":"com.shop.example","ver":"7.12.0"}}""");

        Assert.Equal(["app_id", "app_version"], findings.Select(f => f.Item).Order(StringComparer.Ordinal));
        Assert.All(findings, f => Assert.Equal((Detector.Rule, Strength.F, false), (f.Detector, f.Strength, f.IsCounted)));
        Assert.All(findings, f => Assert.EndsWith("It is no personal data by itself.", f.Reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("unknown")]
    [InlineData("NULL")]
    [InlineData("undefined")]
    [InlineData("${GAID}")]
    [InlineData("[GAID]")]
    [InlineData("0")]
    [InlineData("vungle.invalid.ifa")]
    public void Placeholder_IsNothing(string value) => Assert.Empty(Rule("api.vungle.com", Vungle, $$$"""{"device":{"ifa":"{{{value}}}"}}"""));

    [Theory]
    [InlineData("api.vungle.com", true)]
    [InlineData("API.Vungle.com", true)]
    [InlineData("api.vungle.com.", true)]
    [InlineData("vungle.com", false)]
    [InlineData("api.vungle.com.evil.example", false)]
    [InlineData("xapi.vungle.com", false)]
    public void Host_IsTheWholeName(string host, bool isKnown) =>
        Assert.Equal(isKnown, Rule(host, Vungle, """{"device":{"ifa":"38400000-8cf0-41bd-b23e-10b96e40000d"}}""").Count == 1);

    [Theory]
    [InlineData("https://api.vungle.com/api/v5/ads", true)]
    [InlineData("/api/v5/ads/", true)]
    [InlineData("/api/v5/ads?x=1", true)]
    [InlineData("/api/v5/adsx", false)]
    [InlineData("/x/api/v5/ads", false)]
    public void Path_IsTheWholePath(string target, bool isKnown) => Assert.Equal(
        isKnown, Rule("api.vungle.com", Vungle.Replace("/api/v5/ads", target), """{"device":{"ifa":"38400000-8cf0-41bd-b23e-10b96e40000d"}}""").Count == 1);

    [Fact]
    public void UncheckedRule_IsLikelyOnly_AndSaysSo()
    {
        var finding = Assert.Single(Rule("api.segment.io", "POST /v1/track HTTP/1.1\r\nContent-Type: application/json\r\n\r\n", """{"userId":"u-123456"}"""));

        Assert.Equal(Confidence.Likely, finding.Confidence);
        Assert.Contains("not checked against traffic", finding.Reason);
    }

    [Fact]
    public void Response_IsDisclosed()
    {
        var flow = Some.Flow();
        using var response = flow with
        {
            Metadata = flow.Metadata with { Host = "kapi.kakao.com" },
            Request = new Message("GET /v2/user/me HTTP/1.1\r\n\r\n"u8.ToArray(), Body.Empty),
            Response = new Message("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"u8.ToArray(), new MemoryBody("""{"id":1234567890}"""u8.ToArray())),
        };

        var finding = Assert.Single(new Classifier(Persona.None).Classify(response).Findings, finding => finding.Detector == Detector.Rule);

        Assert.Equal(("user_id", Direction.Disclosed), (finding.Item, finding.Direction));
    }

    [Fact]
    public void HostileBodies_CostLittle()
    {
        const string head = "POST /a HTTP/1.1\r\nHost: app-measurement.com\r\n\r\n";
        byte[][] bodies =
        [
            [.. Enumerable.Repeat((byte)0x0A, 4_000_000)],
            [.. Enumerable.Repeat((byte)0xFF, 4_000_000)],
            [.. Enumerable.Repeat<byte[]>([0x08, 0x01], 2_000_000).SelectMany(bytes => bytes)],
            Nested(20_000),
        ];

        var started = TimeProvider.System.GetTimestamp();
        foreach (var body in bodies)
        {
            using var flow = Flow("app-measurement.com", head, body);
            _ = new Classifier(Persona.None).Classify(flow);
        }

        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
    }

    // A message in a message in a message …, each with its length.
    private static byte[] Nested(int depth)
    {
        var content = new List<byte>();
        for (var i = 0; i < depth; i++)
        {
            var length = content.Count;
            content.InsertRange(0, length < 128 ? [0x0A, (byte)length] : [0x0A, (byte)(length | 0x80), (byte)((length >> 7) | 0x80), (byte)(length >> 14)]);
        }

        return [.. content];
    }

    private static List<Finding> Rule(string host, string head, string body)
    {
        using var flow = Flow(host, head, Encoding.UTF8.GetBytes(body));
        return [.. new Classifier(Persona.None, RuleSet.BuiltIn).Classify(flow).Findings.Where(finding => finding.Detector == Detector.Rule)];
    }

    private static FlowRecord Flow(string host, string head, byte[] body)
    {
        var flow = Some.Flow();
        return flow with
        {
            Metadata = flow.Metadata with { Host = host },
            Request = new Message(Encoding.ASCII.GetBytes(head), new MemoryBody(body)),
            Response = null,
        };
    }
}
