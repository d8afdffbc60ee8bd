using System.Collections.Immutable;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TrafficAudit.Capture.Recording;
using TrafficAudit.Model;
using TrafficAudit.Testing;
using TrafficAudit.Testing.Servers;
using MessageType = TrafficAudit.Model.WebSocketMessageType;

namespace TrafficAudit.Capture.Tests.WebSockets;

public sealed class WebSocketTests
{
    private const string Host = "chat.example";

    public static TheoryData<string, bool, bool> Compressions => new()
    {
        { "none", false, true },
        { "deflate", true, true },
        { "deflate without takeover", true, false },
    };

    [Theory]
    [MemberData(nameof(Compressions))]
    public async Task Conversation_PassesAndIsRecorded(string what, bool isCompressed, bool takesOver)
    {
        Assert.NotEmpty(what);
        await using var proxy = await ProxyHarness.StartAsync([$"{Host}:127.0.31.1"]);
        var accept = new WebSocketAcceptContext { DangerousEnableCompression = isCompressed, DisableServerContextTakeover = !takesOver };
        await using var server = await ServeAsync(proxy, "127.0.31.1", c => Echo.ServeAsync(c, accept));
        using var client = Client(proxy);
        client.Options.DangerousDeflateOptions = isCompressed
            ? new WebSocketDeflateOptions { ClientContextTakeover = takesOver, ServerContextTakeover = takesOver }
            : null;

        await client.ConnectAsync(new Uri($"wss://{Host}:{server.Endpoint.Port}/chat?room=1"), default);
        string[] texts = ["hello", "안녕하세요 안녕하세요 안녕하세요", "", new string('x', 70_000)];
        foreach (var text in texts)
        {
            Assert.Equal(text, await SayAsync(client, text));
        }

        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", default);

        using var flow = await proxy.Sink.NextAsync();
        var m = flow.Metadata;
        Assert.Equal((FlowKind.WebSocket, "websocket", (FlowFailure?)null), (m.Kind, m.Upgrade, m.Failure));
        Assert.Equal(new MessageCounts(5, 5), m.Messages);
        var messages = flow.Messages!.Read().ToList();
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), messages.Select(x => x.Index));
        Assert.Equal(texts, Texts(messages, MessageKind.WebSocketSent));
        Assert.Equal(texts, Texts(messages, MessageKind.WebSocketReceived));
        Assert.Equal([MessageType.Close, MessageType.Close], messages[^2..].Select(x => x.Type));
        Assert.Equal("bye"u8, messages[^1].Payload.Span[2..]);
        Assert.Equal(messages.Where(x => x.Kind == MessageKind.WebSocketSent).Sum(x => x.Length), m.BytesSent);
        Assert.Equal((0, true, true), (m.Request!.BodyLength, m.Request.Complete, m.Response!.Complete));
        Assert.StartsWith("GET /chat?room=1 HTTP/1.1\r\n", Encoding.ASCII.GetString(flow.Request!.Head.Span), StringComparison.Ordinal);
        Assert.Equal(isCompressed, Encoding.ASCII.GetString(flow.Response!.Head.Span).Contains("permessage-deflate", StringComparison.Ordinal));
        Assert.Null(m.Notes);
    }

    [Fact]
    public async Task OpenWebSocket_IsKnownBeforeItEnds_ItsMessagesWithinASecond()
    {
        await using var proxy = await ProxyHarness.StartAsync([$"{Host}:127.0.31.2"]);
        await using var server = await ServeAsync(proxy, "127.0.31.2", c => Echo.ServeAsync(c));
        using var client = Client(proxy);
        await client.ConnectAsync(new Uri($"wss://{Host}:{server.Endpoint.Port}/"), default);

        var opened = await proxy.Sink.NextOpeningAsync();
        await SayAsync(client, "still open");
        await proxy.Sink.AppendedAsync(opened, 2);

        Assert.Equal((FlowKind.WebSocket, Host), (opened.Flow.Metadata.Kind, opened.Flow.Metadata.Host));
        Assert.StartsWith("HTTP/1.1 101 ", Encoding.ASCII.GetString(opened.Flow.Response!.Head.Span), StringComparison.Ordinal);
        await proxy.StopAsync();
        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal(FlowFailure.Interrupted, flow.Metadata.Failure);
        Assert.Equal("still open", Texts(flow.Messages!.Read(), MessageKind.WebSocketReceived).Single());
    }

    [Fact]
    public async Task MessageBeyondTheLimit_PassesWholeAndIsCounted()
    {
        await using var proxy = await ProxyHarness.StartAsync([$"{Host}:127.0.31.3"], new CaptureLimits { MessageBytes = 1000 });
        await using var server = await ServeAsync(proxy, "127.0.31.3", c => Echo.ServeAsync(c));
        using var client = Client(proxy);
        await client.ConnectAsync(new Uri($"wss://{Host}:{server.Endpoint.Port}/"), default);

        var text = new string('y', 200_000);
        Assert.Equal(text, await SayAsync(client, text));
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);

        using var flow = await proxy.Sink.NextAsync();
        var message = flow.Messages!.Read().First();
        Assert.Equal((200_000, 1000, true), (message.Length, message.Payload.Length, message.Sha256 is not null));
        Assert.Equal([FlowNote.MessagesTruncated], flow.Metadata.Notes!.Value);
        Assert.Equal(200_002, flow.Metadata.BytesReceived);
    }

    [Fact]
    public async Task FramesThatCanNotBeRead_PassAllTheSame()
    {
        await using var proxy = await ProxyHarness.StartAsync([$"{Host}:127.0.31.4"]);
        await using var server = RawServer.Start("127.0.31.4", async (stream, stop) =>
        {
            await ProxyHarness.ReadHeadAsync(stream);
            await stream.WriteAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"u8.ToArray(), stop);
            await stream.WriteAsync(Frames.Of(Frames.Text, "fine"), stop);
            await stream.WriteAsync(Frames.Of(7, "not fine"), stop);
            var seven = new byte[7];
            await stream.ReadExactlyAsync(seven, stop);
            await stream.WriteAsync(seven, stop);
        });
        await using var client = await UpgradeAsync(proxy, server.Endpoint, "websocket");

        var expected = (byte[])[.. Frames.Of(Frames.Text, "fine"), .. Frames.Of(7, "not fine")];
        var read = new byte[expected.Length];
        await client.ReadExactlyAsync(read);
        Assert.Equal(expected, read);
        await client.WriteAsync("garbage"u8.ToArray());
        var back = new byte[7];
        await client.ReadExactlyAsync(back);
        Assert.Equal("garbage"u8, back);

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal("fine", Assert.Single(Texts(flow.Messages!.Read(), MessageKind.WebSocketReceived)));
        Assert.Equal([FlowNote.MessagesUnreadable], flow.Metadata.Notes!.Value);
        Assert.Equal((7, 4 + 10 + 7), (flow.Metadata.BytesSent, flow.Metadata.BytesReceived));
    }

    [Fact]
    public async Task UpgradeWeDoNotKnow_PassesAndIsCounted()
    {
        await using var proxy = await ProxyHarness.StartAsync([$"{Host}:127.0.31.5"]);
        var asked = "";
        await using var server = RawServer.Start("127.0.31.5", async (stream, stop) =>
        {
            asked = await ProxyHarness.ReadHeadAsync(stream);
            await stream.WriteAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: Example-Protocol/2\r\n\r\nserver first"u8.ToArray(), stop);
            var four = new byte[4];
            await stream.ReadExactlyAsync(four, stop);
            await stream.WriteAsync(four, stop);
        });
        await using var client = await UpgradeAsync(proxy, server.Endpoint, "Example-Protocol/2");

        var read = new byte[12];
        await client.ReadExactlyAsync(read);
        Assert.Equal("server first"u8, read);
        await client.WriteAsync("ping"u8.ToArray());
        await client.ReadExactlyAsync(read.AsMemory(0, 4));
        Assert.Equal("ping"u8, read.AsSpan(0, 4));

        using var flow = await proxy.Sink.NextAsync();
        var m = flow.Metadata;
        Assert.Contains("Upgrade: Example-Protocol/2\r\n", asked, StringComparison.Ordinal);
        Assert.Equal((FlowKind.Http, "example-protocol/2", null, 4L, 16L), (m.Kind, m.Upgrade, m.Failure, m.BytesSent, m.BytesReceived));
        Assert.Equal("ping"u8, m.FirstBytes!);
        Assert.Null(flow.Messages);
    }

    [Fact]
    public async Task UpgradeToHttp2_IsNotAskedForAndTheRequestIsAnswered()
    {
        await using var proxy = await ProxyHarness.StartAsync([$"{Host}:127.0.31.6"]);
        await using var server = await WebServer.StartAsync("127.0.31.6", c => c.Response.WriteAsync(c.Request.Headers.Upgrade.ToString() + "."));
        await using var client = await proxy.TunnelAsync($"{Host}:{server.Endpoint.Port}");
        await client.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET / HTTP/1.1\r\nHost: {Host}\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n"));

        Assert.StartsWith("HTTP/1.1 200", await ProxyHarness.ReadHeadAsync(client), StringComparison.Ordinal);
        using var flow = await proxy.Sink.NextAsync();
        Assert.Null(flow.Metadata.Upgrade);
    }

    [Fact]
    public async Task ServerThatRefusesTheUpgrade_IsAnOrdinaryExchange()
    {
        await using var proxy = await ProxyHarness.StartAsync([$"{Host}:127.0.31.7"]);
        await using var server = await ServeAsync(proxy, "127.0.31.7", c =>
        {
            c.Response.StatusCode = StatusCodes.Status403Forbidden;
            return c.Response.WriteAsync("no");
        });
        using var client = Client(proxy);

        await Assert.ThrowsAsync<WebSocketException>(() => client.ConnectAsync(new Uri($"wss://{Host}:{server.Endpoint.Port}/"), default));

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal((FlowKind.Http, "no"u8.Length), (flow.Metadata.Kind, (int)flow.Response!.Body.Length));
        Assert.Null(flow.Messages);
    }

    [Fact]
    public async Task ClientThatVanishes_MessagesAreRecorded()
    {
        await using var proxy = await ProxyHarness.StartAsync([$"{Host}:127.0.31.8"]);
        await using var server = await ServeAsync(proxy, "127.0.31.8", c => Echo.ServeAsync(c));
        using var client = Client(proxy);
        await client.ConnectAsync(new Uri($"wss://{Host}:{server.Endpoint.Port}/"), default);
        await SayAsync(client, "once");

        client.Abort();

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal(["once"], Texts(flow.Messages!.Read(), MessageKind.WebSocketSent));
    }

    [Fact]
    public async Task EvidenceThatFails_EndsTheConnection()
    {
        await using var proxy = await ProxyHarness.StartAsync([$"{Host}:127.0.31.9"]);
        await using var server = await ServeAsync(proxy, "127.0.31.9", c => Echo.ServeAsync(c));
        using var client = Client(proxy);
        await client.ConnectAsync(new Uri($"wss://{Host}:{server.Endpoint.Port}/"), default);
        await proxy.Sink.NextOpeningAsync();
        proxy.Sink.Fault = new IOException("the disk is full");

        await Assert.ThrowsAnyAsync<WebSocketException>(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await SayAsync(client, new string('z', 100_000));
            }
        });
    }

    [Fact]
    public async Task EventStream_IsKnownBeforeItEnds()
    {
        await using var proxy = await ProxyHarness.StartAsync([$"{Host}:127.0.31.10"]);
        var end = new TaskCompletionSource();
        await using var server = await WebServer.StartAsync("127.0.31.10", async context =>
        {
            context.Response.ContentType = "text/event-stream; charset=utf-8";
            await context.Response.WriteAsync("data: 1\n\n");
            await context.Response.Body.FlushAsync();
            await end.Task;
        });
        using var client = proxy.Client();
        using var answer = await client.GetAsync($"http://{Host}:{server.Endpoint.Port}/events", HttpCompletionOption.ResponseHeadersRead);

        var opened = await proxy.Sink.NextOpeningAsync();
        end.SetResult();

        Assert.Equal((FlowKind.Http, Host), (opened.Flow.Metadata.Kind, opened.Flow.Metadata.Host));
        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal(opened.Flow.Metadata.Number, flow.Metadata.Number);
        Assert.Equal("data: 1\n\n"u8, flow.Response!.Body.ToMemory().Span);
    }

    public static TheoryData<int, HttpProtocols, string> Versions => new()
    {
        { 1, HttpProtocols.Http1, "HTTP/1.1" },
        { 1, HttpProtocols.Http1AndHttp2, "HTTP/1.1" },
        { 1, HttpProtocols.Http2, "HTTP/2" },
        { 2, HttpProtocols.Http2, "HTTP/2" },
        { 2, HttpProtocols.Http1AndHttp2, "HTTP/2" },
        { 2, HttpProtocols.Http1, "HTTP/1.1" },
    };

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task EveryPairOfVersions_Works(int version, HttpProtocols protocols, string upstream)
    {
        var address = $"127.0.31.{20 + (version * 10) + (int)protocols}";
        await using var proxy = await ProxyHarness.StartAsync([$"{Host}:{address}"]);
        await using var server = await ServeAsync(proxy, address, c => Echo.ServeAsync(c), protocols);

        for (var i = 0; i < 2; i++)
        {
            using var client = await ConnectAsync(proxy, new Uri($"wss://{Host}:{server.Endpoint.Port}/chat"), version);
            Assert.Equal("over any version", await SayAsync(client, "over any version"));
            await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);

            using var flow = await proxy.Sink.NextAsync();
            var m = flow.Metadata;
            Assert.Equal((FlowKind.WebSocket, "websocket", null), (m.Kind, m.Upgrade, m.Failure));
            Assert.Equal((version == 2 ? "HTTP/2" : "HTTP/1.1", upstream), (m.Client!.HttpVersion, m.Upstream!.HttpVersion));
            Assert.Equal(["over any version"], Texts(flow.Messages!.Read(), MessageKind.WebSocketSent));
            Assert.Equal(["over any version"], Texts(flow.Messages.Read(), MessageKind.WebSocketReceived));
            var head = HttpHead.Parse(flow.Request!.Head.Span);
            Assert.Equal((version == 2 ? "CONNECT" : "GET", "/chat"), (head.Method, head.Target));
            Assert.Equal(version == 2 ? HeadForm.Reconstructed : HeadForm.Exact, m.Request!.Head);
            Assert.Equal(upstream == "HTTP/2" ? 200 : 101, HttpHead.Parse(flow.Response!.Head.Span).Status);
        }
    }

    private static Task<WebServer> ServeAsync(
        ProxyHarness proxy, string address, RequestDelegate handler, HttpProtocols protocols = HttpProtocols.Http1AndHttp2) =>
        WebServer.StartAsync(address, handler, proxy.Servers.Issue([Host]), protocols);

    private static ClientWebSocket Client(ProxyHarness proxy)
    {
        var client = new ClientWebSocket();
        client.Options.Proxy = new WebProxy($"http://{proxy.Endpoint}");
        client.Options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        return client;
    }

    private static async Task<ClientWebSocket> ConnectAsync(ProxyHarness proxy, Uri url, int version)
    {
        var client = new ClientWebSocket();
        client.Options.HttpVersion = new Version(version, version == 2 ? 0 : 1);
        client.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        var handler = new SocketsHttpHandler
        {
            Proxy = new WebProxy($"http://{proxy.Endpoint}"), SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        };
        await client.ConnectAsync(url, new HttpMessageInvoker(handler), default);
        return client;
    }

    private static async Task<System.Net.Sockets.NetworkStream> UpgradeAsync(ProxyHarness proxy, IPEndPoint server, string protocol)
    {
        var stream = await proxy.TunnelAsync($"{Host}:{server.Port}");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET / HTTP/1.1\r\nHost: {Host}\r\nConnection: Upgrade\r\nUpgrade: {protocol}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        var head = await ProxyHarness.ReadHeadAsync(stream);
        Assert.StartsWith("HTTP/1.1 101", head, StringComparison.Ordinal);
        return stream;
    }

    private static async Task<string> SayAsync(ClientWebSocket client, string text)
    {
        await client.SendAsync(Encoding.UTF8.GetBytes(text), System.Net.WebSockets.WebSocketMessageType.Text, true, default);
        using var answer = new MemoryStream();
        var buffer = new byte[16 * 1024];
        ValueWebSocketReceiveResult received;
        do
        {
            received = await client.ReceiveAsync(buffer.AsMemory(), default);
            answer.Write(buffer, 0, received.Count);
        }
        while (!received.EndOfMessage);
        return Encoding.UTF8.GetString(answer.ToArray());
    }

    private static IEnumerable<string> Texts(IEnumerable<WebSocketMessage> messages, MessageKind kind) =>
        messages.Where(m => m.Kind == kind && m.Type == MessageType.Text).Select(m => Encoding.UTF8.GetString(m.Payload.Span)).ToImmutableArray();
}
