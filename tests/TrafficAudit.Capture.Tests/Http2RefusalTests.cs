using TrafficAudit.Model;
using static TrafficAudit.Capture.Tests.Http2Frames;

namespace TrafficAudit.Capture.Tests;

/// <summary>What Kestrel refuses in HTTP/2 becomes no request; the connection's flow says so.</summary>
public sealed class Http2RefusalTests
{
    [Fact]
    public async Task FrameThatBreaksTheConnection_IsClientProtocolError()
    {
        // DATA on stream 0 (RFC 9113, section 6.1).
        var detail = await DetailAsync(Frame(Data, 0, 0, "x"u8));

        Assert.Contains("ended with PROTOCOL_ERROR", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "x-a", "1\r\nX-Smuggled: 2")]
    [InlineData("/", "x-a", "1\0")]
    [InlineData("/", "X-A", "1")]
    [InlineData("/", "connection", "close")]
    [InlineData("/", "te", "gzip")]
    public async Task FieldThatHttp1CouldNotCarry_IsClientProtocolError(string path, string name, string value)
    {
        var detail = await DetailAsync(RequestFrame(path, name, value));

        Assert.Contains("PROTOCOL_ERROR", detail, StringComparison.Ordinal);
    }

    /// <summary>What Kestrel lets through and what an HTTP/1.1 server would read as something else: answered with 400, and nobody else sees it.</summary>
    [Theory]
    [InlineData("/a b", "x-a", "1", ":path")]
    [InlineData("/", "transfer-encoding", "chunked", "Transfer-Encoding")]
    [InlineData("/", "keep-alive", "1", "Keep-Alive")]
    public async Task RequestThatHttp1WouldReadDifferently_IsAnsweredAndRecorded(string path, string name, string value, string reason)
    {
        await using var proxy = await ProxyHarness.StartAsync(["two.example:127.0.36.1"]);

        await SendAsync(proxy, RequestFrame(path, name, value), Headers);

        using var flow = await proxy.Sink.NextAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal((FlowKind.Http, FlowFailure.ClientProtocolError, null), (flow.Metadata.Kind, flow.Metadata.Failure, flow.Metadata.Upstream));
        Assert.Contains(reason, flow.Metadata.FailureDetail, StringComparison.Ordinal);
    }

    /// <summary>As browsers keep some in reserve.</summary>
    [Fact]
    public async Task ConnectionWithoutARequest_IsRecordedWithItsHost()
    {
        await using var proxy = await ProxyHarness.StartAsync(["two.example:127.0.36.1"]);

        await SendAsync(proxy, [], Settings);

        using var flow = await proxy.Sink.NextAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal((FlowKind.Opaque, FlowFailure.ClientSentNothing), (flow.Metadata.Kind, flow.Metadata.Failure));
        Assert.Equal(("https", "two.example", 443), (flow.Metadata.Scheme, flow.Metadata.Host, flow.Metadata.Port));
        Assert.Equal(["127.0.36.1"], flow.Metadata.Resolution!.Addresses);
        Assert.Equal("h2", flow.Metadata.Client!.Tls!.Alpn);
    }

    private static async Task<string> DetailAsync(byte[] frame)
    {
        await using var proxy = await ProxyHarness.StartAsync(["two.example:127.0.36.1"]);

        await SendAsync(proxy, frame, RstStream, GoAway);

        using var flow = await proxy.Sink.NextAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal((FlowKind.Opaque, FlowFailure.ClientProtocolError), (flow.Metadata.Kind, flow.Metadata.Failure));
        return flow.Metadata.FailureDetail!;
    }

    /// <summary>Sends frames behind the connection's preface, and reads the answer's until one of these types is there.</summary>
    private static async Task SendAsync(ProxyHarness proxy, byte[] frames, params byte[] answers)
    {
        await using var tls = await proxy.TlsOverAsync(await proxy.TunnelAsync("two.example:443"), "two.example", alpn: "h2");
        await tls.WriteAsync((byte[])[.. Opening, .. frames]);
        byte type;
        do
        {
            type = (await ReadAsync(tls).WaitAsync(TimeSpan.FromSeconds(20)))!.Value.Type;
        }
        while (!answers.Contains(type));
    }

    private static byte[] RequestFrame(string path, string name, string value) =>
        Frame(Headers, EndStream | EndHeaders, 1, [.. Get("two.example", path), 0x00, .. Text(name), .. Text(value)]);
}
