using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using TrafficAudit.Model;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Capture.Tests.WebSockets;

/// <summary>Servers whose HTTP/2 has no WebSockets (RFC 8441), as most have it; they take them over HTTP/1.1.</summary>
public sealed class WithoutExtendedConnectTests
{
    private const string Host = "chat.example";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task WebSocket_IsOpenedOverHttp1(int version)
    {
        await using var proxy = await ProxyHarness.StartAsync([$"{Host}:127.0.49.{version}"]);
        using var certificate = proxy.Servers.Issue([Host]);
        await using var server = RawServer.Start($"127.0.49.{version}", async (socket, stop) =>
        {
            await using var tls = new SslStream(socket);
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = certificate, ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
                },
                stop);
            await (tls.NegotiatedApplicationProtocol == SslApplicationProtocol.Http2 ? ServeHttp2Async(tls, stop) : ServeHttp1Async(tls, stop));
        });
        using var client = new ClientWebSocket();
        client.Options.HttpVersion = version == 2 ? HttpVersion.Version20 : HttpVersion.Version11;
        client.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var invoker = new HttpMessageInvoker(proxy.Handler());

        await client.ConnectAsync(new Uri($"wss://{Host}:{server.Endpoint.Port}/chat"), invoker, default).WaitAsync(TimeSpan.FromSeconds(20));
        await client.SendAsync(Encoding.UTF8.GetBytes("hello"), System.Net.WebSockets.WebSocketMessageType.Text, true, default);
        var buffer = new byte[100];
        var answer = await client.ReceiveAsync(buffer, default);
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);

        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, answer.Count));
        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal((FlowKind.WebSocket, null), (flow.Metadata.Kind, flow.Metadata.Failure));
        Assert.Equal(($"HTTP/{(version == 2 ? "2" : "1.1")}", "HTTP/1.1"), (flow.Metadata.Client!.HttpVersion, flow.Metadata.Upstream!.HttpVersion));
    }

    /// <summary>Says what it can (SETTINGS without ENABLE_CONNECT_PROTOCOL) and waits for the client to go.</summary>
    private static async Task ServeHttp2Async(SslStream stream, CancellationToken stop)
    {
        await stream.WriteAsync(Http2Frames.Frame(Http2Frames.Settings, 0, 0, []), stop);
        await stream.WriteAsync(Http2Frames.Frame(Http2Frames.Settings, Http2Frames.Ack, 0, []), stop);
        await stream.CopyToAsync(Stream.Null, stop);
    }

    private static async Task ServeHttp1Async(SslStream stream, CancellationToken stop)
    {
        var head = HttpHead.Parse(Encoding.ASCII.GetBytes(await ProxyHarness.ReadHeadAsync(stream)));
        var key = head.Fields.First(f => f.Is("Sec-WebSocket-Key")).Value;
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))); // RFC 6455, section 1.3
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"), stop);
        using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true });
        var buffer = new byte[100];
        var received = await socket.ReceiveAsync(buffer.AsMemory(), stop);
        await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, true, stop);
        await socket.ReceiveAsync(buffer.AsMemory(), stop);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, stop);
    }
}
