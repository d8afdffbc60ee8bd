using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using TrafficAudit.Model;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Capture.Tests.Connections;

/// <summary>Tunnels whose bytes are passed on as they are: who speaks first, how each side ends, and what is no HTTP.</summary>
public sealed class RelayTests
{
    [Fact]
    public async Task ServerThatSpeaksFirst_IsRelayed()
    {
        await using var proxy = await ProxyHarness.StartAsync(["mail.example:127.0.42.7"]);
        await using var server = RawServer.Start("127.0.42.7", async (stream, stop) =>
        {
            await stream.WriteAsync("220 mail.example\r\n"u8.ToArray(), stop);
            await stream.ReadExactlyAsync(new byte[6], stop);
            await stream.WriteAsync("221 bye\r\n"u8.ToArray(), stop);
        });
        await using (var tunnel = await proxy.TunnelAsync($"mail.example:{server.Endpoint.Port}"))
        {
            var buffer = new byte[18];
            await tunnel.ReadExactlyAsync(buffer);
            Assert.Equal("220 mail.example\r\n", Encoding.ASCII.GetString(buffer));
            await tunnel.WriteAsync("QUIT\r\n"u8.ToArray());
            await tunnel.ReadExactlyAsync(buffer.AsMemory(0, 9));
        }

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal((FlowFailure.NotHttp, 6L, 27L), (flow.Metadata.Failure, flow.Metadata.BytesSent, flow.Metadata.BytesReceived));
        Assert.Contains("server spoke first", flow.Metadata.FailureDetail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientThatIsSilentAndThenSpeaksHttp_IsRead()
    {
        await using var proxy = await ProxyHarness.StartAsync(["late.example:127.0.42.8"]);
        await using var server = await WebServer.StartAsync("127.0.42.8", c => c.Response.WriteAsync("late"));
        await using var tunnel = await proxy.TunnelAsync($"late.example:{server.Endpoint.Port}");

        // Longer than the proxy waits before it asks the server: the probe's connection must not get in the way.
        await Task.Delay(TimeSpan.FromSeconds(3.5));
        await tunnel.WriteAsync("GET / HTTP/1.1\r\nHost: late.example\r\nConnection: close\r\n\r\n"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 200", await ProxyHarness.ReadHeadAsync(tunnel), StringComparison.Ordinal);

        using var flow = await proxy.Sink.NextAsync();
        Assert.Null(flow.Metadata.Failure);
    }

    [Fact]
    public async Task ClientThatStopsSending_StillGetsItsAnswer()
    {
        await using var proxy = await ProxyHarness.StartAsync(["half.example:127.0.42.13"]);
        await using var server = RawServer.Start("127.0.42.13", async (stream, stop) =>
        {
            var all = new MemoryStream();
            await stream.CopyToAsync(all, stop);
            await stream.WriteAsync(all.ToArray().Reverse().ToArray(), stop);
        });
        await using var tunnel = await proxy.ConnectAsync();

        // All at once, before the proxy has read any of it.
        await tunnel.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes($"CONNECT half.example:{server.Endpoint.Port} HTTP/1.1\r\n\r\n"), 1, 2, 3]);
        tunnel.Socket.Shutdown(SocketShutdown.Send);
        await ProxyHarness.ReadHeadAsync(tunnel);
        var back = new byte[3];
        await tunnel.ReadExactlyAsync(back);

        Assert.Equal([3, 2, 1], back);
        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal((FlowFailure.NotHttp, 3L, 3L), (flow.Metadata.Failure, flow.Metadata.BytesSent, flow.Metadata.BytesReceived));
    }

    [Fact]
    public async Task ClientThatIsGone_EndsTheRelay()
    {
        await using var proxy = await ProxyHarness.StartAsync(["flood.example:127.0.42.14"]);
        await using var server = RawServer.Start("127.0.42.14", async (stream, stop) =>
        {
            await stream.ReadExactlyAsync(new byte[1], stop);
            while (true)
            {
                await stream.WriteAsync(new byte[64 * 1024], stop);
            }
        });
        await using (var tunnel = await proxy.TunnelAsync($"flood.example:{server.Endpoint.Port}"))
        {
            await tunnel.WriteAsync(new byte[] { 0 });
            await tunnel.ReadExactlyAsync(new byte[1000]);
        }

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal(FlowFailure.NotHttp, flow.Metadata.Failure);
        Assert.True(flow.Metadata.BytesReceived >= 1000);
    }

    [Fact]
    public async Task TunnelThatIsNeverUsed_IsAFlow()
    {
        await using var proxy = await ProxyHarness.StartAsync();
        await using (await proxy.TunnelAsync("unused.example:443"))
        {
            // Closed at once.
        }

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal((FlowFailure.ClientSentNothing, "unused.example", "tcp"), (flow.Metadata.Failure, flow.Metadata.Host, flow.Metadata.Scheme));
    }

    [Theory]
    [InlineData(new byte[] { 0x16, 3, 1, 0, 1, 2, 9, 9 }, FlowFailure.NotTls)]
    [InlineData(new byte[] { 0x16, 9, 9, 9, 9, 9, 9, 9 }, FlowFailure.NotTls)]
    [InlineData(new byte[] { 0, 1, 2, 3, 4, 5, 6, 7 }, FlowFailure.NotHttp)]
    public async Task BytesThatOnlyLookLikeTls_AreRelayed(byte[] bytes, FlowFailure expected)
    {
        await using var proxy = await ProxyHarness.StartAsync(["fake.example:127.0.42.9"]);
        await using var server = RawServer.Start("127.0.42.9", async (stream, stop) =>
        {
            var buffer = new byte[bytes.Length];
            await stream.ReadExactlyAsync(buffer, stop);
            await stream.WriteAsync(buffer, stop);
        });
        await using (var tunnel = await proxy.TunnelAsync($"fake.example:{server.Endpoint.Port}"))
        {
            await tunnel.WriteAsync(bytes);
            var back = new byte[bytes.Length];
            await tunnel.ReadExactlyAsync(back);
            Assert.Equal(bytes, back);
        }

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal((expected, 8L, 8L), (flow.Metadata.Failure, flow.Metadata.BytesSent, flow.Metadata.BytesReceived));
    }

    /// <summary>Protocols of other kinds begin with letters as methods do.</summary>
    [Theory]
    [InlineData("SSH-2.0-client\r\n")]
    [InlineData("NICK me\r\n")]
    [InlineData("WA\u0006\u0003abc")]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    public async Task ProtocolThatBeginsWithLetters_IsRelayed(string said)
    {
        var bytes = Encoding.Latin1.GetBytes(said);
        await using var proxy = await ProxyHarness.StartAsync(["letters.example:127.0.42.16"]);
        await using var server = RawServer.Start("127.0.42.16", async (stream, stop) =>
        {
            var buffer = new byte[bytes.Length];
            await stream.ReadExactlyAsync(buffer, stop);
            await stream.WriteAsync(buffer, stop);
        });
        await using (var tunnel = await proxy.TunnelAsync($"letters.example:{server.Endpoint.Port}"))
        {
            foreach (var value in bytes)
            {
                await tunnel.WriteAsync(new[] { value });
            }

            var back = new byte[bytes.Length];
            await tunnel.ReadExactlyAsync(back).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
            Assert.Equal(bytes, back);
        }

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal((FlowFailure.NotHttp, (long)bytes.Length), (flow.Metadata.Failure, flow.Metadata.BytesReceived));
    }

    [Fact]
    public async Task TunnelThatTheClientResetsUnused_IsAFlow()
    {
        await using var proxy = await ProxyHarness.StartAsync();
        await using (var tunnel = await proxy.TunnelAsync("reset.example:443"))
        {
            tunnel.Socket.LingerState = new LingerOption(true, 0);
        }

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal((FlowFailure.ClientSentNothing, "reset.example"), (flow.Metadata.Failure, flow.Metadata.Host));
    }

    [Fact]
    public async Task ServerThatClosesBeforeAnybodySpoke_IsUpstreamReset()
    {
        await using var proxy = await ProxyHarness.StartAsync(["shy.example:127.0.42.17"]);
        await using var server = RawServer.Start("127.0.42.17", static (_, _) => Task.CompletedTask);
        await using var tunnel = await proxy.TunnelAsync($"shy.example:{server.Endpoint.Port}");

        using var flow = await proxy.Sink.NextAsync();

        Assert.Equal(FlowFailure.UpstreamReset, flow.Metadata.Failure);
    }
}
