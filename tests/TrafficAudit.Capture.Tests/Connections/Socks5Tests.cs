using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using TrafficAudit.Capture.Connections;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Model;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Capture.Tests.Connections;

public sealed class Socks5Tests
{
    private static byte[] NoAuthentication => [5, 1, 0];

    [Theory]
    [InlineData(new byte[] { 5, 1, 0, 1, 192, 0, 2, 1, 1, 187 }, "192.0.2.1", 443)]
    [InlineData(new byte[] { 5, 1, 0, 4, 0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 80 }, "2001:db8::1", 80)]
    [InlineData(new byte[] { 5, 1, 0, 3, 5, (byte)'A', (byte)'.', (byte)'b', (byte)'c', (byte)'d', 0, 80 }, "a.bcd", 80)]
    public void Request_NamesItsDestination(byte[] request, string host, int port)
    {
        var (authority, _) = Socks5.Parse(request);

        Assert.Equal(new Authority(host, port), authority);
        Assert.Equal(request.Length, Socks5.RequestLength(request));
    }

    [Theory]
    [InlineData(new byte[] { 5, 2, 0, 1, 192, 0, 2, 1, 1, 187 }, Socks5.Reply.CommandNotSupported)]
    [InlineData(new byte[] { 5, 3, 0, 1, 192, 0, 2, 1, 1, 187 }, Socks5.Reply.CommandNotSupported)]
    [InlineData(new byte[] { 5, 1, 0, 2, 0, 0, 0 }, Socks5.Reply.AddressTypeNotSupported)]
    [InlineData(new byte[] { 5, 1, 0, 1, 192, 0, 2, 1, 0, 0 }, Socks5.Reply.GeneralFailure)]
    [InlineData(new byte[] { 5, 1, 0, 3, 1, (byte)' ', 0, 80 }, Socks5.Reply.GeneralFailure)]
    [InlineData(new byte[] { 4, 1, 0, 1, 192, 0, 2, 1, 1, 187 }, Socks5.Reply.GeneralFailure)]
    [InlineData(new byte[0], Socks5.Reply.GeneralFailure)]
    public void RequestThatCantBeServed_IsRefusedByItsCause(byte[] request, object refusal) =>
        Assert.Equal((null, (Socks5.Reply)refusal), Socks5.Parse(request));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NameByteByByte_IsForwardedAndRecorded(bool credentials)
    {
        await using var proxy = await ProxyHarness.StartAsync(["socks.example:127.0.41.1"]);
        await using var server = await WebServer.StartAsync("127.0.41.1", c => c.Response.WriteAsync("hello"));
        await using var stream = await proxy.ConnectAsync();
        if (credentials)
        {
            await SendSlowlyAsync(stream, [5, 1, 2]);
            Assert.Equal([5, 2], await ReadAsync(stream, 2));
            await SendSlowlyAsync(stream, [1, 2, (byte)'m', (byte)'e', 3, (byte)'a', (byte)'b', (byte)'c']);
            Assert.Equal([1, 0], await ReadAsync(stream, 2));
        }
        else
        {
            await SendSlowlyAsync(stream, [5, 2, 2, 0]);
            Assert.Equal([5, 0], await ReadAsync(stream, 2));
        }

        await SendSlowlyAsync(stream, [5, 1, 0, 3, 13, .. "socks.example"u8, .. Port(server.Endpoint.Port)]);
        Assert.Equal([5, 0, 0, 1, 0, 0, 0, 0, 0, 0], await ReadAsync(stream, 10));
        await stream.WriteAsync("GET /a HTTP/1.1\r\nHost: socks.example\r\nConnection: close\r\n\r\n"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 200", await ProxyHarness.ReadHeadAsync(stream), StringComparison.Ordinal);

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal((Entrance.Socks5, "socks.example", 200), (flow.Metadata.Entrance, flow.Metadata.Host, HttpHead.Parse(flow.Response!.Head.Span).Status));
    }

    [Fact]
    public async Task TlsToAnAddress_IsKnownByItsServerNameAndGoesToThatAddress()
    {
        // The name leads elsewhere by --resolve: the address that the client asked for is the one that counts.
        await using var proxy = await ProxyHarness.StartAsync(["by-address.example:127.0.41.99"]);
        await using var server = await WebServer.StartAsync("127.0.41.2", c => c.Response.WriteAsync("hello"), proxy.Servers.Issue(["by-address.example"]));
        await using var stream = await OpenAsync(proxy, [5, 1, 0, 1, 127, 0, 41, 2, .. Port(server.Endpoint.Port)]);
        await using var tls = await proxy.TlsOverAsync(stream, "by-address.example");

        await tls.WriteAsync("GET / HTTP/1.1\r\nHost: by-address.example\r\nConnection: close\r\n\r\n"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 200", await ProxyHarness.ReadHeadAsync(tls), StringComparison.Ordinal);

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal(("by-address.example", "127.0.41.2"), (flow.Metadata.Host, flow.Metadata.Upstream!.Address));
        Assert.Equal("literal", flow.Metadata.Resolution!.Source);
    }

    [Fact]
    public async Task UnpairedClient_IsToldThatItIsNotAllowed()
    {
        await using var proxy = await ProxyHarness.StartAsync(door: DoorPolicy.Paired);
        await using var stream = await proxy.ConnectAsync();

        await stream.WriteAsync(NoAuthentication);
        await ReadAsync(stream, 2);
        await stream.WriteAsync((byte[])[5, 1, 0, 3, 13, .. "socks.example"u8, 0, 80]);

        Assert.Equal((byte)Socks5.Reply.NotAllowed, (await ReadAsync(stream, 10))[1]);
        Assert.Equal(0, await stream.ReadAsync(new byte[1]));
    }

    [Theory]
    [InlineData(new byte[] { 5, 1, 1 })]
    [InlineData(new byte[] { 5, 0 })]
    public async Task ClientWithoutAnAcceptableMethod_IsToldSo(byte[] greeting)
    {
        await using var proxy = await ProxyHarness.StartAsync();
        await using var stream = await proxy.ConnectAsync();

        await stream.WriteAsync(greeting);

        Assert.Equal([5, 0xff], await ReadAsync(stream, 2));
        Assert.Equal(0, await stream.ReadAsync(new byte[1]));
    }

    [Fact]
    public async Task PrivateDestination_IsDeniedAfterResolving()
    {
        await using var proxy = await ProxyHarness.StartAsync(["rebound.example:127.0.41.3"], allowPrivate: false);
        await using var stream = await OpenAsync(proxy, [5, 1, 0, 3, 15, .. "rebound.example"u8, 0, 80]);

        await stream.WriteAsync("GET / HTTP/1.1\r\nHost: rebound.example\r\n\r\n"u8.ToArray());
        Assert.StartsWith("HTTP/1.1 403", await ProxyHarness.ReadHeadAsync(stream), StringComparison.Ordinal);

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal(FlowFailure.PolicyDenied, flow.Metadata.Failure);
    }

    private static async Task<NetworkStream> OpenAsync(ProxyHarness proxy, byte[] request)
    {
        var stream = await proxy.ConnectAsync();
        await stream.WriteAsync(NoAuthentication);
        await ReadAsync(stream, 2);
        await stream.WriteAsync(request);
        Assert.Equal(0, (await ReadAsync(stream, 10))[1]);
        return stream;
    }

    private static byte[] Port(int port) => [(byte)(port >> 8), (byte)port];

    private static async Task SendSlowlyAsync(NetworkStream stream, byte[] bytes)
    {
        foreach (var value in bytes)
        {
            await stream.WriteAsync(new[] { value });
            await Task.Yield();
        }
    }

    private static async Task<byte[]> ReadAsync(NetworkStream stream, int length)
    {
        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }
}
