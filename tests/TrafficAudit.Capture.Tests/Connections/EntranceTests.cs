using System.Net;
using Microsoft.AspNetCore.Http;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Capture.Tests.Handshakes;
using TrafficAudit.Model;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Capture.Tests.Connections;

/// <summary>How connections come to the proxy, and which name and address they are taken for.</summary>
public sealed class EntranceTests
{
    [Fact]
    public async Task TlsWithoutATunnel_GoesWhereItsServerNameSays()
    {
        await using var proxy = await ProxyHarness.StartAsync(["unaware.example:127.0.42.10"]);
        await using var server = await WebServer.StartAsync(
            "127.0.42.10", c => c.Response.WriteAsync("hello"), proxy.Servers.Issue(["unaware.example"]), port: 443);
        await using var tls = await proxy.TlsOverAsync(await proxy.ConnectAsync(), "unaware.example");

        await tls.WriteAsync("GET / HTTP/1.1\r\nHost: unaware.example\r\nConnection: close\r\n\r\n"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 200", await ProxyHarness.ReadHeadAsync(tls), StringComparison.Ordinal);

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal((Entrance.Transparent, "unaware.example", 443), (flow.Metadata.Entrance, flow.Metadata.Host, flow.Metadata.Port));
    }

    [Fact]
    public async Task HttpWithoutATunnel_GoesWhereItsHostSays()
    {
        await using var proxy = await ProxyHarness.StartAsync(["unaware2.example:127.0.42.11"]);
        await using var server = await WebServer.StartAsync("127.0.42.11", c => c.Response.WriteAsync("hello"), port: 80);
        await using var stream = await proxy.ConnectAsync();

        await stream.WriteAsync("GET /x HTTP/1.1\r\nHost: unaware2.example\r\nConnection: close\r\n\r\n"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 200", await ProxyHarness.ReadHeadAsync(stream), StringComparison.Ordinal);

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal((Entrance.Transparent, "unaware2.example"), (flow.Metadata.Entrance, flow.Metadata.Host));
    }

    [Fact]
    public async Task TlsWithoutATunnelOfAnUnpairedClient_IsClosed()
    {
        await using var proxy = await ProxyHarness.StartAsync(door: DoorPolicy.Paired);
        await using var stream = await proxy.ConnectAsync();

        await stream.WriteAsync(Hellos.Chromium);

        Assert.Equal(0, await stream.ReadAsync(new byte[1]));
    }

    [Fact]
    public async Task ServerNameThatIsNotTheTunnels_IsTheOneThatTheServerGets()
    {
        await using var proxy = await ProxyHarness.StartAsync(["front.example:127.0.42.15"]);
        await using var server = await WebServer.StartAsync("127.0.42.15", c => c.Response.WriteAsync("x"), proxy.Servers.Issue(["behind.example"]));
        await using var tls = await proxy.TlsOverAsync(await proxy.TunnelAsync($"front.example:{server.Endpoint.Port}"), "behind.example");

        await tls.WriteAsync("GET / HTTP/1.1\r\nHost: behind.example\r\nConnection: close\r\n\r\n"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 200", await ProxyHarness.ReadHeadAsync(tls), StringComparison.Ordinal);

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal(("front.example", "behind.example"), (flow.Metadata.Host, flow.Metadata.Upstream!.Tls!.ServerName));
    }

    [Fact]
    public async Task ConnectionsAreNumbered_AndSharedByTheirFlows()
    {
        await using var proxy = await ProxyHarness.StartAsync(["shared.example:127.0.42.12"]);
        await using var server = await WebServer.StartAsync("127.0.42.12", c => c.Response.WriteAsync("x"), proxy.Servers.Issue(["shared.example"]));
        using var client = proxy.Client(HttpVersion.Version20);
        var url = $"https://shared.example:{server.Endpoint.Port}/";

        await client.GetStringAsync(url);
        await client.GetStringAsync(url);

        using var first = await proxy.Sink.NextAsync();
        using var second = await proxy.Sink.NextAsync();
        Assert.Equal(first.Metadata.Connection, second.Metadata.Connection);
        Assert.Equal("h2", first.Metadata.ClientHello!.Alpn[0]);
        Assert.StartsWith("t13d", first.Metadata.ClientHello.Ja4, StringComparison.Ordinal);
    }
}
