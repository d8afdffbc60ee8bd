using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Microsoft.AspNetCore.Http;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Capture.Handshakes;
using TrafficAudit.Capture.Tests.Handshakes;
using TrafficAudit.Model;
using TrafficAudit.Testing;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Capture.Tests.Connections;

/// <summary>Connections that can't be read: each has its cause, and the app behind it keeps working where that is possible.</summary>
public sealed class OpaqueTests
{
    [Fact]
    public async Task BypassedHost_IsRelayedUndecrypted()
    {
        await using var proxy = await ProxyHarness.StartAsync(
            ["bank.bypass.example:127.0.42.1"], configure: o => o with { Bypass = HostPatterns.Parse(["*.bypass.example"]) });
        await using var server = await WebServer.StartAsync("127.0.42.1", c => c.Response.WriteAsync("secret"), proxy.Servers.Issue(["bank.bypass.example"]));

        Assert.EndsWith("secret", await GetPinnedAsync(proxy, "bank.bypass.example", server.Endpoint.Port), StringComparison.Ordinal);

        using var flow = await proxy.Sink.NextAsync();
        var m = flow.Metadata;
        Assert.Equal((FlowKind.Opaque, FlowFailure.Bypassed, "tls", "bank.bypass.example"), (m.Kind, m.Failure, m.Scheme, m.Host));
        Assert.Equal(("127.0.42.1", "bank.bypass.example"), (m.Upstream!.Address, m.ClientHello!.ServerName));
        Assert.True(m.BytesSent > 200 && m.BytesReceived > 500, $"{m.BytesSent} {m.BytesReceived}");
        Assert.Equal(256, m.FirstBytes!.Length);
    }

    [Fact]
    public async Task AppThatPinsItsCertificate_IsRefusedOnceAndThenRelayed()
    {
        var checks = new SetupChecks();
        var journal = new List<Exemption>();
        await using var proxy = await ProxyHarness.StartAsync(
            ["pinned.example:127.0.42.2"],
            configure: o => o with
            {
                Checks = checks,
                Exempted = e =>
                {
                    journal.Add(e);
                    return Task.CompletedTask;
                },
            });
        await using var server = await WebServer.StartAsync("127.0.42.2", c => c.Response.WriteAsync("secret"), proxy.Servers.Issue(["pinned.example"]));
        checks.Pass("127.0.0.1", SetupCheck.CaTrusted);

        Assert.Equal(60, await CurlPinnedAsync(proxy, $"https://pinned.example:{server.Endpoint.Port}/"));
        using var refused = await proxy.Sink.NextAsync();
        Assert.Equal(FlowFailure.ClientRejectedCertificate, refused.Metadata.Failure);
        Assert.Null(refused.Metadata.Upstream);
        Assert.Equal(["127.0.42.2"], refused.Metadata.Resolution!.Addresses);
        Assert.Equal("pinned.example", Assert.Single(journal).Host);

        Assert.Equal(0, await CurlPinnedAsync(proxy, $"https://pinned.example:{server.Endpoint.Port}/"));
        using var relayed = await proxy.Sink.NextAsync();
        Assert.Equal(FlowFailure.Exempted, relayed.Metadata.Failure);
    }

    [Fact]
    public async Task PinnedAppBeforeTheCheck_IsNotExempted()
    {
        await using var proxy = await ProxyHarness.StartAsync(["pinned2.example:127.0.42.3"]);
        await using var server = await WebServer.StartAsync("127.0.42.3", c => c.Response.WriteAsync("secret"), proxy.Servers.Issue(["pinned2.example"]));

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(60, await CurlPinnedAsync(proxy, $"https://pinned2.example:{server.Endpoint.Port}/"));
            using var refused = await proxy.Sink.NextAsync();
            Assert.Equal(FlowFailure.ClientRejectedCertificate, refused.Metadata.Failure);
        }
    }

    [Fact]
    public async Task ClientThatClosesTwiceAfterTheHandshake_IsTakenForARefusal()
    {
        var checks = new SetupChecks();
        checks.Pass("127.0.0.1", SetupCheck.CaTrusted);
        await using var proxy = await ProxyHarness.StartAsync(configure: o => o with { Checks = checks });

        foreach (var expected in (FlowFailure[])[FlowFailure.ClientSentNothing, FlowFailure.ClientRejectedCertificate])
        {
            await using (await proxy.TlsTunnelAsync("okhttp.example", 443))
            {
                // OkHttp's CertificatePinner ends the connection after a handshake that has succeeded.
            }

            using var flow = await proxy.Sink.NextAsync();
            Assert.Equal(expected, flow.Metadata.Failure);
            Assert.NotNull(flow.Metadata.Client!.Tls);
        }
    }

    [Fact]
    public async Task ClientThatReadBefore_MayCloseAsOftenAsItLikes()
    {
        var checks = new SetupChecks();
        checks.Pass("127.0.0.1", SetupCheck.CaTrusted);
        await using var proxy = await ProxyHarness.StartAsync(["spare.example:127.0.42.4"], configure: o => o with { Checks = checks });
        await using var server = await WebServer.StartAsync("127.0.42.4", c => c.Response.WriteAsync("x"), proxy.Servers.Issue(["spare.example"]));
        await using (var first = await proxy.TlsTunnelAsync("spare.example", server.Endpoint.Port))
        {
            await first.WriteAsync("GET / HTTP/1.1\r\nHost: spare.example\r\nConnection: close\r\n\r\n"u8.ToArray());
            await ProxyHarness.ReadHeadAsync(first);
        }

        (await proxy.Sink.NextAsync()).Dispose();
        for (var i = 0; i < 3; i++)
        {
            await using (await proxy.TlsTunnelAsync("spare.example", server.Endpoint.Port))
            {
                // Browsers keep connections in reserve and close them unused.
            }

            using var flow = await proxy.Sink.NextAsync();
            Assert.Equal(FlowFailure.ClientSentNothing, flow.Metadata.Failure);
        }
    }

    [Fact]
    public async Task ClientThatOffersOtherProtocolsOnly_IsRelayedUndecrypted()
    {
        await using var proxy = await ProxyHarness.StartAsync(["push.example:127.0.42.5"]);
        using var certificate = proxy.Servers.Issue(["push.example"]);
        await using var server = RawServer.Start("127.0.42.5", (stream, stop) => EchoOverTlsAsync(stream, certificate, "mqtt", stop));
        await using (var tls = await PinnedAsync(proxy, await proxy.TunnelAsync($"push.example:{server.Endpoint.Port}"), "push.example", "mqtt"))
        {
            await ExpectEchoAsync(tls);
        }

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal((FlowFailure.NotHttp, "tls"), (flow.Metadata.Failure, flow.Metadata.Scheme));
        Assert.Equal(["mqtt"], flow.Metadata.ClientHello!.Alpn);
    }

    [Fact]
    public async Task DecryptedBytesThatAreNoHttp_ReachTheServerAndAreKeptInTheClear()
    {
        await using var proxy = await ProxyHarness.StartAsync(["binary.example:127.0.42.6"]);
        using var certificate = proxy.Servers.Issue(["binary.example"]);
        await using var server = RawServer.Start("127.0.42.6", (stream, stop) => EchoOverTlsAsync(stream, certificate, null, stop));
        await using (var tls = await proxy.TlsTunnelAsync("binary.example", server.Endpoint.Port))
        {
            await ExpectEchoAsync(tls);
        }

        using var flow = await proxy.Sink.NextAsync();
        var m = flow.Metadata;
        Assert.Equal((FlowKind.Opaque, FlowFailure.NotHttp, "tls", 4L, 4L), (m.Kind, m.Failure, m.Scheme, m.BytesSent, m.BytesReceived));
        Assert.Equal([0x10, 1, 2, 3], m.FirstBytes);
        Assert.Equal("TLSv1.3", m.Upstream!.Tls!.Version);
        Assert.Equal(2, m.Upstream.Tls.Certificates.Length + 1);
    }

    [Fact]
    public async Task ServerThatNeverAnswersTheRelaysHandshake_EndsInTime()
    {
        await using var proxy = await ProxyHarness.StartAsync(
            ["mute.example:127.0.42.18"], configure: o => o with { Forwarding = o.Forwarding with { ConnectTimeout = TimeSpan.FromSeconds(1) } });
        await using var server = RawServer.Start("127.0.42.18", static (_, stop) => Task.Delay(Timeout.Infinite, stop));
        await using var tls = await proxy.TlsTunnelAsync("mute.example", server.Endpoint.Port);

        await tls.WriteAsync(new byte[] { 0x10, 1, 2, 3 });

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal((FlowFailure.UpstreamTimeout, "127.0.42.18"), (flow.Metadata.Failure, flow.Metadata.Upstream!.Address));
    }

    [Theory]
    [InlineData("CONNECT nonsense HTTP/1.1\r\n\r\n")]
    [InlineData("\u0005\u0001\u0000\u0005\u0003\u0000\u0001\u0000\u0000\u0000\u0000\u0000\u0000")]
    public async Task OpeningThatIsRefused_IsAFlow(string said)
    {
        await using var proxy = await ProxyHarness.StartAsync();
        await using var stream = await proxy.ConnectAsync();

        await stream.WriteAsync(Encoding.Latin1.GetBytes(said));

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal((FlowKind.Opaque, FlowFailure.ClientProtocolError), (flow.Metadata.Kind, flow.Metadata.Failure));
    }

    [Fact]
    public async Task GarbageInsideAHandshake_IsNoRefusal()
    {
        var checks = new SetupChecks();
        checks.Pass("127.0.0.1", SetupCheck.CaTrusted);
        await using var proxy = await ProxyHarness.StartAsync(configure: o => o with { Checks = checks });
        for (var i = 0; i < 3; i++)
        {
            await using var tunnel = await proxy.TunnelAsync("garbage.example:443");
            await tunnel.WriteAsync((byte[])[.. Hellos.Chromium, 0x17, 3, 3, 0, 4, 1, 2, 3, 4]);

            using var flow = await proxy.Sink.NextAsync();
            Assert.True(
                flow.Metadata.Failure is FlowFailure.ClientProtocolError or FlowFailure.ClientNoSharedCipher, $"{flow.Metadata.Failure} {flow.Metadata.FailureDetail}");
        }
    }

    /// <summary>Every truncation of a ClientHello, then a close: a flow each, and nothing claimed that is not known.</summary>
    [Fact]
    public async Task EveryTruncatedClientHello_IsAFlowOfItsOwn()
    {
        await using var proxy = await ProxyHarness.StartAsync();
        for (var length = 1; length < Hellos.Chromium.Length; length += 7)
        {
            await using (var tunnel = await proxy.TunnelAsync("cut.example:443"))
            {
                await tunnel.WriteAsync(Hellos.Chromium.AsMemory(0, length));
            }

            using var flow = await proxy.Sink.NextAsync();
            Assert.Equal((FlowFailure.ClientClosedInHandshake, "cut.example"), (flow.Metadata.Failure, flow.Metadata.Host));
        }
    }

    /// <summary>A client that trusts its server's own authority alone, as an app does that pins it.</summary>
    private static async Task<string> GetPinnedAsync(ProxyHarness proxy, string host, int port)
    {
        await using var tls = await PinnedAsync(proxy, await proxy.TunnelAsync($"{host}:{port}"), host);
        await tls.WriteAsync(Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(tls, Encoding.ASCII);
        return (await reader.ReadToEndAsync()).TrimEnd('0', '\r', '\n');
    }

    private static async Task<int> CurlPinnedAsync(ProxyHarness proxy, string url)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("servers.pem"), proxy.Servers.Pem);
        using var curl = Process.Start(new ProcessStartInfo(
            "curl", ["-s", "-o", folder.File("answer"), "--proxy", $"http://{proxy.Endpoint}", "--cacert", folder.File("servers.pem"), url]))!;
        await curl.WaitForExitAsync();
        return curl.ExitCode;
    }

    private static async Task<SslStream> PinnedAsync(ProxyHarness proxy, Stream stream, string host, string? alpn = null)
    {
        var ssl = new SslStream(stream);
        try
        {
            await ssl.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = host,
                ApplicationProtocols = alpn is null ? null : [new SslApplicationProtocol(alpn)],
                CertificateChainPolicy = new()
                {
                    TrustMode = System.Security.Cryptography.X509Certificates.X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { proxy.Servers.Root },
                    RevocationMode = System.Security.Cryptography.X509Certificates.X509RevocationMode.NoCheck,
                },
            });
            return ssl;
        }
        catch
        {
            await ssl.DisposeAsync();
            throw;
        }
    }

    private static async Task EchoOverTlsAsync(
        NetworkStream stream, System.Security.Cryptography.X509Certificates.X509Certificate2 certificate, string? alpn, CancellationToken stop)
    {
        await using var ssl = new SslStream(stream, leaveInnerStreamOpen: true);
        try
        {
            await ssl.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = certificate,
                    ApplicationProtocols = alpn is null ? null : [new SslApplicationProtocol(alpn)],
                },
                stop);
            var buffer = new byte[4];
            await ssl.ReadExactlyAsync(buffer, stop);
            await ssl.WriteAsync(buffer, stop);
        }
        catch (AuthenticationException e)
        {
            throw new IOException("handshake", e);
        }
    }

    private static async Task ExpectEchoAsync(SslStream tls)
    {
        byte[] sent = [0x10, 1, 2, 3];
        await tls.WriteAsync(sent);
        var back = new byte[4];
        await tls.ReadExactlyAsync(back);
        Assert.Equal(sent, back);
    }
}
