using System.Text;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Evidence.Mitmproxy;
using TrafficAudit.Evidence.Tests.Imports;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Tests.Mitmproxy;

/// <summary>Flow files of every version since 5, by the field names that each had.</summary>
public sealed class FlowFileFormatTests
{
    public static TheoryData<int> Versions => [.. Enumerable.Range(5, 17)];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task HttpFlow_BecomesAFlowWithEverythingItSays(int version)
    {
        var flow = await OneAsync(Flows.Http(version));

        var m = flow.Metadata;
        Assert.Equal((FlowKind.Http, "mitmproxy", new FlowSource("i1", "flow 0")), (m.Kind, m.Origin, m.Source));
        Assert.Equal("2026-01-02T03:04:05.6789012+00:00", m.Started.ToString("o"));
        Assert.Equal((TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(250)), (m.Duration, m.TimeToResponse));
        Assert.Equal(("https", "shop.example", 443), (m.Scheme, m.Host, m.Port));
        Assert.Equal(("198.51.100.7", 50123, "HTTP/2"), (m.Client!.Address, m.Client.Port, m.Client.HttpVersion));
        Assert.Equal(("192.0.2.10", 443, "HTTP/2", TimeSpan.FromMilliseconds(40)), (m.Upstream!.Address, m.Upstream.Port, m.Upstream.HttpVersion, m.Upstream.ConnectTime));
        Assert.Equal(("TLSv1.3", "TLS_AES_256_GCM_SHA384", "h2", "shop.example"), (m.Upstream.Tls!.Version, m.Upstream.Tls.CipherSuite, m.Upstream.Tls.Alpn, m.Upstream.Tls.ServerName));
        Assert.Equal([0, 1, 2, 3], Assert.Single(m.Upstream.Tls.Certificates));
        Assert.Equal(
            "POST /items?phone=010-0000-0000 HTTP/1.1\r\nHost: shop.example\r\ncontent-type: text/plain\r\nx-bytes: é\r\n\r\n", Encoding.UTF8.GetString(flow.Request!.Head.Span));
        Assert.Equal("HTTP/1.1 200 \r\ncontent-encoding: gzip\r\nset-cookie: a=1\r\nset-cookie: b=2\r\n\r\n", Encoding.UTF8.GetString(flow.Response!.Head.Span));
        Assert.Equal("hello", Encoding.UTF8.GetString(flow.Request.Body.ToMemory().Span));
        Assert.Equal([0x1F, 0x8B, 0xFF], flow.Response.Body.ToMemory().ToArray());
        Assert.Equal((HeadForm.Reconstructed, 3, true), (m.Response!.Head, m.Response.BodyLength, m.Response.Complete));
        Assert.Equal(version < 8 ? null : "grpc-status", m.Response.Trailers?[0].Name);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task WebSocket_BecomesOneFlowWithItsMessages(int version)
    {
        var flow = await OneAsync(version < 12 ? [.. Flows.OldWebSocket(version)] : [Flows.WebSocket(version)]);

        var messages = flow.Messages!.Read().ToList();
        Assert.Equal((FlowKind.WebSocket, new MessageCounts(2, 1)), (flow.Metadata.Kind, flow.Metadata.Messages));
        Assert.Equal("안녕", Encoding.UTF8.GetString(messages[0].Payload.Span));
        Assert.Equal([0, 255], messages[1].Payload.ToArray());
        Assert.Equal([0x03, 0xE8, .. "bye"u8], messages[2].Payload.ToArray());
        Assert.Equal([WebSocketMessageType.Text, WebSocketMessageType.Binary, WebSocketMessageType.Close], messages.Select(m => m.Type));
        Assert.Equal("2026-01-02T03:04:06.6789012+00:00", messages[0].Time.ToString("o"));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task TcpFlow_IsOpaqueWithItsFirstBytes(int version)
    {
        var flow = await OneAsync(Flows.Tcp(version, (true, "MQTT"), (false, new string('x', 500)), (true, new string('y', 500))));

        var m = flow.Metadata;
        Assert.Equal((FlowKind.Opaque, FlowFailure.NotHttp, "tls", "shop.example", 443), (m.Kind, m.Failure, m.Scheme, m.Host, m.Port));
        Assert.Equal((504, 500, "192.0.2.10"), (m.BytesSent, m.BytesReceived, m.Upstream!.Address));
        Assert.Equal($"MQTT{new string('y', 252)}", Encoding.ASCII.GetString(m.FirstBytes!));
        Assert.Null(flow.Request);
    }

    [Fact]
    public async Task TransparentFlow_HasTheNameThatItsRequestHas()
    {
        var state = Flows.Http(17);
        Flows.Part(state, "request")["host"] = "192.0.2.10";

        Assert.Equal("shop.example", (await OneAsync(state)).Metadata.Host);
    }

    [Fact]
    public async Task BodyThatWasStreamed_IsNotComplete()
    {
        var state = Flows.Http(17);
        var response = Flows.Part(state, "response");
        response["content"] = null;
        response["headers"] = Flows.Headers(("content-length", "1000"));

        var facts = (await OneAsync(state)).Metadata.Response!;

        Assert.Equal((1000, 0, false), (facts.BodyLength, facts.BodyCaptured, facts.Complete));
    }

    [Fact]
    public async Task FlowWithAnError_HasItsCause()
    {
        var state = Flows.Http(17);
        state["response"] = null;
        state["error"] = new Dictionary<string, object?> { ["msg"] = "Client disconnected.", ["timestamp"] = Flows.Start + 3 };

        var m = (await OneAsync(state)).Metadata;

        Assert.Equal((FlowFailure.ClientReset, TimeSpan.FromSeconds(3), null), (m.Failure, m.Duration, m.Response));
    }

    [Fact]
    public async Task HostileHeads_CanNotStartLinesOfTheirOwn()
    {
        var state = Flows.Http(17);
        Flows.Part(state, "request")["headers"] = Flows.Headers(("a", "1\r\nb: 2"), ("c\r\nd", "3"), ("", "4"));

        var (result, flows) = await ImportAsync(state);

        Assert.Equal("POST /items?phone=010-0000-0000 HTTP/1.1\r\nHost: shop.example\r\na: 1  b: 2\r\n\r\n", Encoding.UTF8.GetString(flows[0].Request!.Head.Span));
        Assert.Equal("headers: 2 fields are left out, their names are no HTTP field names", Assert.Single(result.Notes).Text);
    }

    [Theory]
    [InlineData("version", 4, "its format version is older than 5")]
    [InlineData("version", null, "its format version is older than 5")]
    [InlineData("type", "dns", "a flow of type dns")]
    [InlineData("type", 7, "it is no flow")]
    [InlineData("request", null, "request.timestamp_start is no time")]
    public async Task WhatCanNotBeImported_IsSkippedWithItsReason(string key, object? value, string reason)
    {
        var state = Flows.Http(17);
        state[key] = value;

        var (result, flows) = await ImportAsync(state);

        Assert.Empty(flows);
        Assert.StartsWith(reason, Assert.Single(result.Skipped).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewerVersion_IsReadAndSaidSo()
    {
        var (result, flows) = await ImportAsync(Flows.Http(99));

        Assert.Single(flows);
        Assert.Equal("format version 99 is newer than 21, the newest that is known; it is read as that", Assert.Single(result.Notes).Text);
    }

    [Fact]
    public async Task LostHandshakeAndLostMessages_AreNotLostThemselves()
    {
        var both = Flows.OldWebSocket(10).ToList();

        var (first, handshake) = await ImportAsync(both[0]);
        var (second, _) = await ImportAsync(both[1]);

        Assert.Equal((1, FlowKind.WebSocket), (first.Imported, handshake[0].Metadata.Kind));
        Assert.Equal("a WebSocket whose handshake is not in the file in front of it", Assert.Single(second.Skipped).Text);
    }

    [Fact]
    public async Task EveryTruncation_KeepsWhatCameBefore()
    {
        var first = Tnet.Of(Flows.Http(17));
        byte[] file = [.. first, .. Tnet.Of(Flows.Tcp(17, (true, "x")))];
        for (var length = first.Length + 1; length < file.Length; length++)
        {
            var (result, flows) = await new FlowFileFormat().ImportAsync(file[..length]);
            Assert.Single(flows);
            Assert.Contains("in flow 1, at byte ", result.Fault, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task LargeFlow_IsPassedOver()
    {
        byte[] file = [.. Tnet.Of(Flows.Http(17)), .. Tnet.Of(Flows.Tcp(17, (true, "x")))];
        var list = new FlowList();

        var result = await new FlowFileFormat(Tnet.Of(Flows.Http(17)).Length - 10).ImportAsync(new MemoryStream(file), "a.flows", list);

        Assert.Equal(FlowKind.Opaque, Assert.Single(list.Flows).Metadata.Kind);
        Assert.Equal("flow 0", Assert.Single(result.Skipped).Place);
    }

    [Theory]
    [InlineData("999999999999:x")]
    [InlineData("12345678901234:")]
    [InlineData("x")]
    public async Task WhatIsNoTnetstring_BreaksOff(string rest)
    {
        var (result, flows) = await new FlowFileFormat().ImportAsync([.. Tnet.Of(Flows.Http(17)), .. Encoding.ASCII.GetBytes(rest)]);

        Assert.Single(flows);
        Assert.NotNull(result.Fault);
    }

    [Theory]
    [InlineData("{\"log\":{}}")]
    [InlineData("5:hello,")]
    [InlineData("WARC/1.1")]
    [InlineData("")]
    public void OtherContent_IsNoFlowFile(string content) => Assert.False(new FlowFileFormat().Recognises(Encoding.ASCII.GetBytes(content)));

    private static Task<(ImportResult Result, List<FlowRecord> Flows)> ImportAsync(params Dictionary<string, object?>[] states) =>
        new FlowFileFormat().ImportAsync([.. states.SelectMany(Tnet.Of)]);

    private static async Task<FlowRecord> OneAsync(params Dictionary<string, object?>[] states)
    {
        var (result, flows) = await ImportAsync(states);
        Assert.Equal((0, 0, null), (result.SkippedCount, result.NoteCount, result.Fault));
        return Assert.Single(flows);
    }
}
