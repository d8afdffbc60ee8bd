using TrafficAudit.Classification.Correlation;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests.Correlation;

/// <summary>Where identifiers are looked for, and what they are called there.</summary>
public sealed class CorrelationPlaceTests
{
    [Theory]
    [InlineData("GET /v1/e?did={0} HTTP/1.1\nHost: h", "vendor_device_id", "request query did")]
    [InlineData("GET /v1/devices/{0}/events HTTP/1.1\nHost: h", "vendor_device_id", "request path [2]")]
    [InlineData("GET /v1/e HTTP/1.1\nHost: h\nX-Device-Thing: {0}", "vendor_device_id", "request header x-device-thing")]
    [InlineData("GET /v1/e HTTP/1.1\nHost: h\nCookie: lang=ko; uuid={0}", "web_id_cookie", "request cookie uuid")]
    [InlineData("GET /v1/e HTTP/1.1\nHost: h\nAuthorization: Custom {0}", "vendor_device_id", "request header authorization")]
    public void EveryPartOfARequest_IsLookedAt(string head, string item, string place)
    {
        var recordings = Recordings.OfTwoDevices((_, _, _) => "{}");
        var flows = recordings.Flows.ToList();
        recordings.Flows.Clear();
        foreach (var flow in flows)
        {
            var request = Some.Message(string.Format(head, Generated.Hex(flow.Metadata.Device!)));
            recordings.Flows.Add(flow with { Request = request });
        }

        var found = Assert.Single(recordings.Judge().Identifiers);

        Assert.Equal(item, found.Item);
        Assert.EndsWith(place, found.Place.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("If-None-Match: \"{0}\"")]
    [InlineData("Sec-WebSocket-Key: {0}")]
    [InlineData("User-Agent: {0}")]
    public void FieldsOfHttpItself_AreNot(string field)
    {
        var recordings = Recordings.OfTwoDevices((_, _, _) => "{}");
        for (var i = 0; i < recordings.Flows.Count; i++)
        {
            var flow = recordings.Flows[i];
            recordings.Flows[i] = flow with { Request = Some.Message($"GET / HTTP/1.1\nHost: h\n{string.Format(field, Generated.Hex(flow.Metadata.Device!))}") };
        }

        var result = recordings.Judge();

        Assert.Empty(result.Identifiers);
        Assert.Empty(result.NearMisses);
    }

    [Fact]
    public void PositionOfAnObject_IsNoPartOfThePlace_ThatOfAValueIs()
    {
        var recordings = Recordings.OfTwoDevices((device, _, i) => $$"""
            {"pad":[{{string.Join(',', Enumerable.Repeat("{}", i))}}],
             "events":[{{string.Join(',', Enumerable.Repeat("{\"n\":1}", i).Append($"{{\"id\":\"{Generated.Hex(device)}\"}}"))}}],
             "record":["{{Generated.Uuid($"{device}{i}")}}","{{Generated.Hex(device)}}"]}
            """);

        Assert.Equal(["events[*].id", "record[1]"], recordings.Judge().Identifiers.Select(i => i.Place.Path));
    }

    [Fact]
    public void LongValue_IsAFingerprint()
    {
        var found = Assert.Single(Recordings.OfTwoDevices((device, _, _) => $$"""{"blob":"{{Generated.Base64(device, 300)}}"}""").Judge().Identifiers);

        Assert.Equal(("device_fingerprint", Strength.C), (found.Item, found.Strength));
    }

    [Fact]
    public void BytesThatNoDecoderReads_AreLookedAt()
    {
        var recordings = Recordings.OfTwoDevices((_, _, _) => "{}");
        for (var i = 0; i < recordings.Flows.Count; i++)
        {
            var flow = recordings.Flows[i];
            recordings.Flows[i] = flow with
            {
                Request = Some.Message("POST /v1/b HTTP/1.1\nHost: h\nContent-Type: application/octet-stream", Generated.Bytes(flow.Metadata.Device!, 48)),
            };
        }

        Assert.Equal("vendor_device_id", Assert.Single(recordings.Judge().Identifiers).Item);
    }

    [Fact]
    public void MessagesOfAWebSocket_AreLookedAt()
    {
        var recordings = new Recordings();
        var number = 0;
        foreach (var session in new[] { 1, 2 })
        {
            foreach (var device in new[] { "a", "b" })
            {
                recordings.Session(device, session, reinstalled: session == 2);
                var flow = Some.WebSocket(++number, 2) with
                {
                    Messages = new MemoryConversation(
                    [
                        Some.WebSocketMessage(0, "{\"hello\":1}"),
                        Some.WebSocketMessage(1, $$"""{"id":"{{Generated.Hex(device)}}","n":"{{Generated.Hex($"{device}{session}")}}"}"""),
                        Some.WebSocketMessage(2, $$"""{"id":"{{Generated.Hex(device)}}","n":"{{Generated.Hex($"{device}{session}+")}}"}"""),
                        Some.WebSocketMessage(3, $$"""{"server":"{{Generated.Hex(device)}}"}""", sent: false),
                    ]),
                };
                recordings.Send(flow, device, session);
            }
        }

        var result = recordings.Judge();
        var finding = Assert.Single(Recordings.Find(new CorrelationMatcher(result, recordings.Launches()), recordings.Flows[0]));

        Assert.Equal("chat.shop.example/chat, ws_sent body id", Assert.Single(result.Identifiers).Place.ToString());
        Assert.Equal((MessageKind.WebSocketSent, "[1].id"), (finding.Location.Message, finding.Location.Path));
    }
}
