using System.Net.Security;
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
    public async Task FieldThatHttp1CouldNotCarry_IsClientProtocolError(string path, string name, string value)
    {
        byte[] block = [.. Get("two.example", path), 0x00, .. Text(name), .. Text(value)];

        var detail = await DetailAsync(Frame(Headers, EndStream | EndHeaders, 1, block));

        Assert.Contains("PROTOCOL_ERROR", detail, StringComparison.Ordinal);
    }

    private static async Task<string> DetailAsync(byte[] frame)
    {
        await using var proxy = await ProxyHarness.StartAsync(["two.example:127.0.36.1"]);
        await using (var tls = new SslStream(await proxy.TunnelAsync("two.example:443")))
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "two.example",
                ApplicationProtocols = [SslApplicationProtocol.Http2],
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
            });
            await tls.WriteAsync((byte[])[.. Opening, .. frame]);

            // The answer's frames are read until the refusal is there: RST_STREAM or GOAWAY.
            byte type;
            do
            {
                type = (await ReadAsync(tls).WaitAsync(TimeSpan.FromSeconds(20)))!.Value.Type;
            }
            while (type is not (RstStream or GoAway));
        }

        using var flow = await proxy.Sink.NextAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal((FlowKind.Opaque, FlowFailure.ClientProtocolError), (flow.Metadata.Kind, flow.Metadata.Failure));
        return flow.Metadata.FailureDetail!;
    }
}
