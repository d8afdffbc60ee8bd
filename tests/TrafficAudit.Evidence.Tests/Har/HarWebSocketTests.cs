using System.Text;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Tests.Har;

/// <summary>Messages of WebSockets as Chrome, mitmproxy and HTTP Toolkit write them, and HTTP Toolkit's failed handshakes.</summary>
public sealed class HarWebSocketTests
{
    private const string Handshake = """ "method":"GET","url":"wss://chat.example/live?id=1","httpVersion":"HTTP/1.1","headers":[] """;
    private const string Switching = """ "status":101,"statusText":"Switching Protocols","headers":[{"name":"Upgrade","value":"websocket"}],"content":{"size":0} """;

    [Fact]
    public async Task Messages_AreKeptWithDirectionTimeAndBytes()
    {
        var flow = await HarText.FlowAsync(HarText.Entry(Handshake, Switching, """
            "_resourceType":"websocket","_webSocketMessages":[
              {"type":"send","time":1767323046.1234567,"opcode":1,"data":"안녕 010-0000-0000"},
              {"type":"receive","time":1767323046.5,"opcode":2,"data":"AAEC/w=="},
              {"type":"receive","time":1767323047,"opcode":8,"data":"A+g="}]
            """));

        var messages = flow.Messages!.Read().ToList();
        Assert.Equal(["안녕 010-0000-0000", "000102ff", "03e8"], messages.Select(Shown));
        Assert.Equal([WebSocketMessageType.Text, WebSocketMessageType.Binary, WebSocketMessageType.Close], messages.Select(m => m.Type));
        Assert.Equal([MessageKind.WebSocketSent, MessageKind.WebSocketReceived, MessageKind.WebSocketReceived], messages.Select(m => m.Kind));
        Assert.Equal("2026-01-02T03:04:06.1234567+00:00", messages[0].Time.ToString("o"));
        Assert.Equal([0, 1, 2], messages.Select(m => m.Index));
        Assert.Equal((FlowKind.WebSocket, "websocket", new MessageCounts(1, 2)), (flow.Metadata.Kind, flow.Metadata.Upgrade, flow.Metadata.Messages));
        Assert.Equal((20, 6), (flow.Metadata.BytesSent, flow.Metadata.BytesReceived));
    }

    [Fact]
    public async Task MessagesThatCanNotBeRead_AreLeftOutAndSaidSo()
    {
        var (result, flows) = await HarText.ImportAsync(HarText.File(HarText.Entry(Handshake, Switching, """
            "_webSocketMessages":[{"type":"error","time":1767323046,"opcode":-1,"data":"net::ERR"},7,{"type":"send","opcode":2,"data":"no base64!"}],
            "_webSocketClose":{"code":1001,"reason":"bye","timestamp":1767323048}
            """)));

        var flow = Assert.Single(flows);
        var message = Assert.Single(flow.Messages!.Read());
        Assert.Equal("no base64!", Encoding.UTF8.GetString(message.Payload.Span));
        Assert.Equal(flow.Metadata.Started, message.Time);
        Assert.Equal([FlowNote.MessagesTruncated], flow.Metadata.Notes!.Value);
        Assert.Equal(
            [
                "_webSocketClose: code 1001; the file does not say which side closed, so that no message stands for it",
                "_webSocketMessages: 2 are left out: no direction or opcode of RFC 6455",
                "_webSocketMessages: 1 have no time of their own: that of the request stands for it",
                "_webSocketMessages: 1 are not in base64 as they should be: their text is kept as it stands",
            ],
            result.Notes.Select(n => n.Text));
    }

    [Theory]
    [InlineData("cert-rejected", FlowFailure.ClientRejectedCertificate)]
    [InlineData("closed", FlowFailure.ClientClosedInHandshake)]
    [InlineData("reset", FlowFailure.ClientReset)]
    [InlineData("no-shared-cipher", FlowFailure.ClientNoSharedCipher)]
    [InlineData("handshake-timeout", null)]
    [InlineData("somebody@example.com", null)]
    public async Task TlsError_IsAnOpaqueFlowWithItsCause(string cause, FlowFailure? failure)
    {
        var (result, flows) = await HarText.ImportAsync($$$"""
            {"log":{"_tlsErrors":[{"startedDateTime":"2026-01-02T12:04:05.678+09:00","time":12.5,"hostname":"Pinned.example","cause":"{{{cause}}}",
              "clientIPAddress":"::ffff:198.51.100.7","clientPort":50123,"tlsMetadata":{"sniHostname":"other.example"}}],"entries":[]}}
            """);

        Assert.Equal((1, null), (result.Imported, result.Fault));
        var metadata = Assert.Single(flows).Metadata;
        Assert.Equal((FlowKind.Opaque, "tls", "pinned.example"), (metadata.Kind, metadata.Scheme, metadata.Host));
        Assert.Equal((failure, new Peer("198.51.100.7", 50123)), (metadata.Failure, metadata.Client));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), metadata.Started);
        Assert.Equal("_tlsErrors[0]", metadata.Source!.Place);
        Assert.DoesNotContain("example.com", metadata.FailureDetail!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TlsErrorWithoutATime_IsSkipped()
    {
        var (result, flows) = await HarText.ImportAsync("""{"log":{"entries":[],"_tlsErrors":[{"cause":"closed"},7]}}""");

        Assert.Empty(flows);
        Assert.Equal(["_tlsErrors[0]", "_tlsErrors[1]"], result.Skipped.Select(s => s.Place));
    }

    private static string Shown(WebSocketMessage message) => message.Type == WebSocketMessageType.Text
        ? Encoding.UTF8.GetString(message.Payload.Span)
        : Convert.ToHexStringLower(message.Payload.Span);
}
