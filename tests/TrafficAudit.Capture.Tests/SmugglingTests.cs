using System.Collections.Concurrent;
using System.Text;
using TrafficAudit.Model;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Capture.Tests;

/// <summary>
/// A second request inside a first: whatever the shape, the server sees nothing of the second, the client gets 400 and the end of its
/// connection, and the evidence has the bytes.
/// </summary>
public sealed class SmugglingTests
{
    private const string Smuggled = "GET /smuggled HTTP/1.1\r\nHost: shapes.example\r\n\r\n";

    [Theory]
    [InlineData("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n")]
    [InlineData("Content-Length: 0\r\nContent-Length: 51\r\n\r\n")]
    [InlineData("Content-Length: +0\r\n\r\n")]
    [InlineData("Content-Length: 0, 0\r\n\r\n")]
    [InlineData("Content-Length : 51\r\n\r\n")]
    [InlineData("X: 1\r\n Content-Length: 51\r\n\r\n")]
    [InlineData("X: 1\nContent-Length: 51\r\n\r\n")]
    [InlineData("X: 1\rContent-Length: 51\r\n\r\n")]
    [InlineData("X: 1\n\n")]
    [InlineData("X\0: 1\r\n\r\n")]
    [InlineData("X: \u0001\r\n\r\n")]
    [InlineData("Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding\u000b: chunked\r\n\r\n0\r\n\r\n")]
    public async Task HeadThatServersReadDifferently_NeverReachesTheServer(string rest)
    {
        await using var proxy = await ProxyHarness.StartAsync(["shapes.example:127.0.35.1"]);
        var seen = new ConcurrentQueue<string>();
        await using var server = Listening("127.0.35.1", seen);
        foreach (var inTunnel in new[] { false, true })
        {
            await using var stream = inTunnel ? await proxy.TunnelAsync($"shapes.example:{server.Endpoint.Port}") : await proxy.ConnectAsync();
            var target = inTunnel ? "/" : $"http://shapes.example:{server.Endpoint.Port}/";
            var bytes = Encoding.Latin1.GetBytes($"POST {target} HTTP/1.1\r\nHost: shapes.example\r\n{rest}{Smuggled}");

            await stream.WriteAsync(bytes);
            var answer = await new StreamReader(stream, Encoding.Latin1)
                .ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));

            using var flow = await proxy.Sink.NextAsync();
            Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", answer, StringComparison.Ordinal);
            Assert.Equal(1, Count(answer, "HTTP/1.1 "));
            Assert.Equal(FlowFailure.ClientProtocolError, flow.Metadata.Failure);
            Assert.Contains("(RFC 91", flow.Metadata.FailureDetail, StringComparison.Ordinal);
            Assert.Equal(bytes, flow.Metadata.FirstBytes);
        }

        Assert.Empty(seen);
    }

    [Theory]
    [InlineData("5\nhello\r\n0\r\n\r\n")]
    [InlineData("5\r\nhello\n0\r\n\r\n")]
    [InlineData("5\r\nhello\r\n0\n\r\n")]
    [InlineData("5\r\nhello\r\n0\r\n\n")]
    [InlineData("5\rhello\r\n0\r\n\r\n")]
    [InlineData("5;a=\nb\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5;\n\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5;a\rb\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5 \r\nhello\r\n0\r\n\r\n")]
    [InlineData(" 5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("0x5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("+5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("-5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("FFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n")]
    [InlineData("100000005\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5\r\nhelloX\r\n0\r\n\r\n")]
    [InlineData("\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5\r\nhello\r\n0\r\nTrailer: a\nb: c\r\n\r\n")]
    [InlineData("5\r\nhello\r\n0\r\nTrailer: a\r\n folded\r\n\r\n")]
    [InlineData("5\r\nhello\r\n0\r\nTrailer : a\r\n\r\n")]
    [InlineData("5\r\nhello\r\n0\r\nX: a\0b\r\n\r\n")]
    public async Task ChunksThatServersReadDifferently_EndTheConnection(string body)
    {
        await using var proxy = await ProxyHarness.StartAsync(["chunks.example:127.0.35.2"]);
        var seen = new ConcurrentQueue<string>();
        await using var server = Listening("127.0.35.2", seen);
        await using var stream = await proxy.ConnectAsync();

        await stream.WriteAsync(Encoding.Latin1.GetBytes(
            $"POST http://chunks.example:{server.Endpoint.Port}/ HTTP/1.1\r\nHost: chunks.example\r\nTransfer-Encoding: chunked\r\n\r\n{body}{Smuggled}"));
        var answer = await new StreamReader(stream, Encoding.Latin1).ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(20));

        using var flow = await proxy.Sink.NextAsync();
        Assert.StartsWith("HTTP/1.1 400 Bad Request\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(1, Count(answer, "HTTP/1.1 "));
        Assert.Equal(FlowFailure.ClientProtocolError, flow.Metadata.Failure);
        Assert.False(flow.Metadata.Request!.Complete);
        Assert.DoesNotContain(seen, s => s.Contains("smuggled", StringComparison.Ordinal));
    }

    [Fact]
    public async Task HeadOfWhichTheEndLooksLikeABody_IsOneRequestEach()
    {
        await using var proxy = await ProxyHarness.StartAsync(["pair.example:127.0.35.3"]);
        await using var server = await WebServer.StartAsync("127.0.35.3", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, $"{context.Request.Path}:{await reader.ReadToEndAsync()};");
        });
        await using var stream = await proxy.TunnelAsync($"pair.example:{server.Endpoint.Port}");

        // A length that covers the second request makes it a body; the third is a request again. An empty line before it is passed over.
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /1 HTTP/1.1\r\nHost: shapes.example\r\nContent-Length: {Smuggled.Length}\r\n\r\n{Smuggled}\r\nGET /2 HTTP/1.1\r\nHost: pair.example\r\nConnection: close\r\n\r\n"));
        var answer = await new StreamReader(stream).ReadToEndAsync();

        Assert.Contains($"/1:{Smuggled};", answer, StringComparison.Ordinal);
        Assert.Contains("/2:;", answer, StringComparison.Ordinal);
        Assert.Equal(2, Count(answer, "HTTP/1.1 200"));
        using var first = await proxy.Sink.NextAsync();
        using var second = await proxy.Sink.NextAsync();
        Assert.StartsWith("GET /2 HTTP/1.1\r\n", Encoding.ASCII.GetString(second.Request!.Head.Span), StringComparison.Ordinal);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    /// <summary>A server that notes everything it is sent, and answers each request that it believes to see.</summary>
    private static RawServer Listening(string address, ConcurrentQueue<string> seen) => RawServer.Start(address, async (stream, stop) =>
    {
        var buffer = new byte[4096];
        int read;
        while ((read = await stream.ReadAsync(buffer, stop)) > 0)
        {
            var text = Encoding.Latin1.GetString(buffer, 0, read);
            seen.Enqueue(text);
            if (text.Contains("0\r\n\r\n", StringComparison.Ordinal))
            {
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), stop);
            }
        }
    });
}
