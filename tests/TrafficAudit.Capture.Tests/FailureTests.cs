using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TrafficAudit.Capture.Forwarding;
using TrafficAudit.Capture.Tests.Handshakes;
using TrafficAudit.Model;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Capture.Tests;

/// <summary>Peers that misbehave: each failure is a recorded flow with its token, an answer that says so, and disturbs nothing else.</summary>
public sealed class FailureTests
{
    [Fact]
    public async Task RefusingServer_IsUpstreamRefused()
    {
        await using var proxy = await ProxyHarness.StartAsync(["gone.example:127.0.12.1"]);
        using var listener = new TcpListener(IPAddress.Parse("127.0.12.1"), 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        await ExpectAsync(proxy, $"http://gone.example:{port}/", FlowFailure.UpstreamRefused, HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task ResettingServer_IsUpstreamReset()
    {
        await using var proxy = await ProxyHarness.StartAsync(["reset.example:127.0.12.2"]);
        await using var server = RawServer.Start("127.0.12.2", async (stream, stop) =>
        {
            await stream.ReadExactlyAsync(new byte[10], stop);
            stream.Socket.LingerState = new LingerOption(true, 0);
        });

        await ExpectAsync(proxy, $"http://reset.example:{server.Endpoint.Port}/", FlowFailure.UpstreamReset, HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task StallingServer_IsUpstreamTimeout()
    {
        await using var proxy = await ProxyHarness.StartAsync(["stall.example:127.0.12.3"], idle: TimeSpan.FromSeconds(1));
        await using var server = RawServer.Start("127.0.12.3", (_, stop) => Task.Delay(Timeout.Infinite, stop));

        await ExpectAsync(proxy, $"http://stall.example:{server.Endpoint.Port}/", FlowFailure.UpstreamTimeout, HttpStatusCode.GatewayTimeout);
    }

    [Fact]
    public async Task ServerThatSpeaksNoHttp_IsUpstreamProtocolError()
    {
        await using var proxy = await ProxyHarness.StartAsync(["ssh.example:127.0.12.4"]);
        await using var server = RawServer.Start("127.0.12.4", async (stream, stop) => await stream.WriteAsync("SSH-2.0-test\r\n\r\n"u8.ToArray(), stop));

        await ExpectAsync(proxy, $"http://ssh.example:{server.Endpoint.Port}/", FlowFailure.UpstreamProtocolError, HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task NameWithoutAddress_IsDnsFailed()
    {
        await using var proxy = await ProxyHarness.StartAsync();

        await ExpectAsync(proxy, "http://no-such-host.invalid/", FlowFailure.DnsFailed, HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task PrivateDestination_IsPolicyDenied()
    {
        await using var proxy = await ProxyHarness.StartAsync(["inside.example:127.0.12.5"], allowPrivate: false);
        await using var server = await WebServer.StartAsync("127.0.12.5", _ => throw new InvalidOperationException("must not be reached"));

        await ExpectAsync(proxy, $"http://inside.example:{server.Endpoint.Port}/", FlowFailure.PolicyDenied, HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("bad.example", true, false)]
    [InlineData("bad.example", false, true)]
    [InlineData("other.example", false, false)]
    public async Task BadServerCertificate_IsUpstreamCertificateInvalid(string name, bool expired, bool selfSigned)
    {
        await using var proxy = await ProxyHarness.StartAsync(["bad.example:127.0.12.6"]);
        await using var server = await WebServer.StartAsync(
            "127.0.12.6", _ => throw new InvalidOperationException("must not be reached"), proxy.Servers.Issue([name], expired, selfSigned));

        await ExpectAsync(proxy, $"https://bad.example:{server.Endpoint.Port}/", FlowFailure.UpstreamCertificateInvalid, HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task ServerWithoutTls_IsUpstreamTlsFailed()
    {
        await using var proxy = await ProxyHarness.StartAsync(["nontls.example:127.0.12.7"]);
        await using var server = RawServer.Start("127.0.12.7", async (stream, stop) => await stream.WriteAsync("HTTP/1.1 400 no\r\n\r\n"u8.ToArray(), stop));

        await ExpectAsync(proxy, $"https://nontls.example:{server.Endpoint.Port}/", FlowFailure.UpstreamTlsFailed, HttpStatusCode.BadGateway);
    }

    [Fact]
    public async Task ResponseThatBreaksOff_IsRecordedAsFarAsItCame()
    {
        await using var proxy = await ProxyHarness.StartAsync(["half.example:127.0.12.8"]);
        await using var server = RawServer.Start("127.0.12.8", async (stream, stop) =>
        {
            await stream.ReadExactlyAsync(new byte[10], stop);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789"u8.ToArray(), stop);
        });
        using var client = proxy.Client();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetStringAsync($"http://half.example:{server.Endpoint.Port}/"));

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal(FlowFailure.UpstreamReset, flow.Metadata.Failure);
        Assert.Equal((10L, false), (flow.Metadata.Response!.BodyLength, flow.Metadata.Response.Complete));
        Assert.Equal("0123456789"u8, flow.Response!.Body.ToMemory().Span);
    }

    [Fact]
    public async Task ClientThatVanishesInMidUpload_IsClientReset()
    {
        await using var proxy = await ProxyHarness.StartAsync(["up.example:127.0.12.9"]);
        await using var server = await WebServer.StartAsync(
            "127.0.12.9", async c => await c.Request.Body.CopyToAsync(Stream.Null), proxy.Servers.Issue(["up.example"]));
        await using (var tls = await proxy.TlsTunnelAsync("up.example", server.Endpoint.Port))
        {
            await tls.WriteAsync("POST / HTTP/1.1\r\nHost: up.example\r\nContent-Length: 1000\r\n\r\n0123456789"u8.ToArray());
        }

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal(FlowFailure.ClientReset, flow.Metadata.Failure);
        Assert.False(flow.Metadata.Request!.Complete);
        Assert.Equal("0123456789"u8, flow.Request!.Body.ToMemory().Span);
    }

    [Fact]
    public async Task ClientThatLeavesDuringTheDownload_DoesNotEndTheRecording()
    {
        await using var proxy = await ProxyHarness.StartAsync(["down.example:127.0.12.10"]);
        var clientLeft = new TaskCompletionSource();
        await using var server = await WebServer.StartAsync(
            "127.0.12.10",
            async context =>
            {
                await context.Response.WriteAsync("first");
                await context.Response.Body.FlushAsync();
                await clientLeft.Task;
                await context.Response.WriteAsync(new string('x', 8_000_000));
            },
            proxy.Servers.Issue(["down.example"]));
        await using (var tls = await proxy.TlsTunnelAsync("down.example", server.Endpoint.Port))
        {
            await tls.WriteAsync("GET / HTTP/1.1\r\nHost: down.example\r\n\r\n"u8.ToArray());
            await ProxyHarness.ReadHeadAsync(tls);
        }

        clientLeft.SetResult();

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal(8_000_005, flow.Metadata.Response!.BodyLength);
        Assert.True(flow.Metadata.Response.Complete);
        Assert.Equal(FlowFailure.ClientReset, flow.Metadata.Failure);
    }

    [Fact]
    public async Task AlertWithAResetBehindIt_IsStillRead()
    {
        await using var proxy = await ProxyHarness.StartAsync(["alert.example:127.0.12.11"]);
        var hello = Hellos.Record(Hellos.Message(
            0x0303,
            [0xc02b],
            [(0x0000, Hellos.ServerName("alert.example")), (0x000d, Hellos.List16(0x0403)), (0x000b, [1, 0]), (0x000a, Hellos.List16(0x0017))]));
        for (var i = 0; i < 20; i++)
        {
            await using (var client = await proxy.TunnelAsync("alert.example:443"))
            {
                await client.WriteAsync(hello);
                await client.ReadExactlyAsync(new byte[5]); // the server's flight has begun; its rest stays unread

                client.Socket.LingerState = new LingerOption(enable: true, seconds: 0);
                await client.WriteAsync(new byte[] { 21, 3, 3, 0, 2, 2, 48 }); // RFC 5246, section 7.2: fatal, unknown_ca
            }

            using var flow = await proxy.Sink.NextAsync();
            Assert.True(flow.Metadata.Failure == FlowFailure.ClientRejectedCertificate, $"{i}: {flow.Metadata.Failure}");
        }
    }

    [Fact]
    public async Task ClientThatDistrustsTheAuthority_IsClientRejectedCertificate()
    {
        await using var proxy = await ProxyHarness.StartAsync(["pinned.example:127.0.12.11"]);
        var curl = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("curl", ["-s", "--proxy", $"http://{proxy.Endpoint}", "https://pinned.example/"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await curl.WaitForExitAsync();

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal(60, curl.ExitCode); // curl: peer certificate cannot be authenticated
        Assert.True(flow.Metadata.Failure == FlowFailure.ClientRejectedCertificate, flow.Metadata.FailureDetail);
        Assert.Equal((FlowKind.Opaque, FlowFailure.ClientRejectedCertificate), (flow.Metadata.Kind, flow.Metadata.Failure));
        Assert.Equal(("tls", "pinned.example", 443), (flow.Metadata.Scheme, flow.Metadata.Host, flow.Metadata.Port));
    }

    [Fact]
    public async Task ClientThatClosesInTheHandshake_IsRecordedWithoutAClaim()
    {
        await using var proxy = await ProxyHarness.StartAsync();
        await using (var stream = await proxy.TunnelAsync("closed.example:443"))
        {
            await stream.WriteAsync(new byte[] { 0x16, 3, 1, 0, 200, 1, 0 });
        }

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal(FlowFailure.ClientClosedInHandshake, flow.Metadata.Failure);
    }

    [Theory]
    [InlineData("\u0001\u0002\u0003\u0004", FlowFailure.NotHttp)]
    [InlineData("EHLO mail.example\r\n\r\n", FlowFailure.NotHttp)]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nbad header line\r\n\r\n", FlowFailure.ClientProtocolError)]
    public async Task BytesThatAreNoRequest_AreAnsweredAndRecorded(string bytes, FlowFailure expected)
    {
        await using var proxy = await ProxyHarness.StartAsync();
        await using var stream = await proxy.ConnectAsync();

        await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes));
        var answer = await ProxyHarness.ReadHeadAsync(stream);

        using var flow = await proxy.Sink.NextAsync();
        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Equal(expected, flow.Metadata.Failure);
        Assert.Equal(Encoding.Latin1.GetBytes(bytes), flow.Metadata.FirstBytes);
    }

    [Fact]
    public async Task TunnelThatIsNeitherTlsNorHttp_IsRelayedAndRecorded()
    {
        await using var proxy = await ProxyHarness.StartAsync(["raw.example:127.0.12.12"]);
        await using var server = RawServer.Start("127.0.12.12", async (stream, stop) =>
        {
            var buffer = new byte[4];
            await stream.ReadExactlyAsync(buffer, stop);
            await stream.WriteAsync(buffer.Reverse().ToArray(), stop);
        });
        await using var tunnel = await proxy.TunnelAsync($"raw.example:{server.Endpoint.Port}");

        await tunnel.WriteAsync(new byte[] { 1, 2, 3, 4 });
        var back = new byte[4];
        await tunnel.ReadExactlyAsync(back);

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal(new byte[] { 4, 3, 2, 1 }, back);
        Assert.Equal(FlowFailure.NotHttp, flow.Metadata.Failure);
        Assert.Equal((4L, 4L, "127.0.12.12"), (flow.Metadata.BytesSent, flow.Metadata.BytesReceived, flow.Metadata.Upstream!.Address));
        Assert.Equal([1, 2, 3, 4], flow.Metadata.FirstBytes);
    }

    [Fact]
    public async Task EvidenceThatCantBeWritten_StopsForwarding()
    {
        await using var proxy = await ProxyHarness.StartAsync(["stop.example:127.0.12.13"]);
        var served = 0;
        await using var server = await WebServer.StartAsync("127.0.12.13", c => c.Response.WriteAsync($"{Interlocked.Increment(ref served)}"));
        proxy.Sink.Fault = new IOException("the disk is full");
        using var client = proxy.Client();

        using var first = await client.GetAsync($"http://stop.example:{server.Endpoint.Port}/");
        using var second = await client.GetAsync($"http://stop.example:{server.Endpoint.Port}/");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal(HttpStatusCode.BadGateway, second.StatusCode);
        Assert.Contains("the disk is full", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, served);
    }

    private static async Task ExpectAsync(ProxyHarness proxy, string url, FlowFailure failure, HttpStatusCode status)
    {
        using var client = proxy.Client();

        using var answer = await client.GetAsync(url);

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal(failure, flow.Metadata.Failure);
        Assert.NotNull(flow.Metadata.FailureDetail);
        Assert.Null(flow.Response);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(Token.Of(failure), answer.Headers.GetValues(FailurePage.Header).Single());
        Assert.Contains(flow.Metadata.FailureDetail!, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
