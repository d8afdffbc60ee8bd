using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TrafficAudit.Model;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Capture.Tests.Forwarding;

/// <summary>Servers that answer over HTTP/1.1 before they have the whole request.</summary>
public sealed class EarlyAnswerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The client sends a part only when it has the answer to the one before.</summary>
    [Theory]
    [InlineData("Content-Length: 15", false)]
    [InlineData("Transfer-Encoding: chunked", true)]
    public async Task MessagesBothWays_PassOneByOne(string framing, bool isChunked)
    {
        await using var proxy = await ProxyHarness.StartAsync(["talk.example:127.0.47.1"]);
        await using var server = await WebServer.StartAsync("127.0.47.1", EchoAsync, proxy.Servers.Issue(["talk.example"]), HttpProtocols.Http1);
        await using var client = await proxy.TlsTunnelAsync("talk.example", server.Endpoint.Port);

        // The second request goes over the same two connections, whose handler waits for an answer from the start.
        for (var i = 1; i <= 2; i++)
        {
            await client.WriteAsync(Encoding.ASCII.GetBytes($"POST /talk HTTP/1.1\r\nHost: talk.example\r\n{framing}\r\n\r\n"));
            var head = await ProxyHarness.ReadHeadAsync(client).WaitAsync(Patience);
            for (var part = 0; part < 3; part++)
            {
                await client.WriteAsync(Part($"say {part}", isChunked));
                Assert.Equal($"say {part}", await ReadAsync(client, 5, chunk: true));
            }

            await client.WriteAsync(isChunked ? "0\r\n\r\n"u8.ToArray() : []);
            Assert.StartsWith("HTTP/1.1 200", head, StringComparison.Ordinal);
            Assert.Equal("0\r\n\r\n", await ReadAsync(client, 5, chunk: false));
            using var flow = await proxy.Sink.NextAsync();
            Assert.Null(flow.Metadata.Failure);
            Assert.True(flow.Metadata.Request!.Complete && flow.Metadata.Response!.Complete);
            Assert.Equal("say 0say 1say 2", Encoding.ASCII.GetString(flow.Request!.Body.ToMemory().Span));
        }
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task RestOfTheBody_ReachesAServerThatHasAnswered(bool isChunked, bool isSecure)
    {
        var body = RandomNumberGenerator.GetBytes(5_000_000);
        var read = new TaskCompletionSource();
        var digest = new TaskCompletionSource<byte[]>();
        await using var proxy = await ProxyHarness.StartAsync(["rest.example:127.0.47.2"]);
        await using var server = await WebServer.StartAsync(
            "127.0.47.2",
            async context =>
            {
                context.Response.ContentLength = 4;
                await context.Response.WriteAsync("done");
                await read.Task;
                digest.SetResult(await SHA256.HashDataAsync(context.Request.Body));
            },
            isSecure ? proxy.Servers.Issue(["rest.example"]) : null,
            HttpProtocols.Http1);
        var host = $"rest.example:{server.Endpoint.Port}";
        await using Stream client = isSecure ? await proxy.TlsTunnelAsync("rest.example", server.Endpoint.Port) : await proxy.ConnectAsync();
        var framing = isChunked ? "Transfer-Encoding: chunked" : $"Content-Length: {body.Length}";
        var target = isSecure ? "/" : $"http://{host}/";

        await client.WriteAsync(Encoding.ASCII.GetBytes($"PUT {target} HTTP/1.1\r\nHost: {host}\r\n{framing}\r\n\r\n"));
        var answer = await ProxyHarness.ReadHeadAsync(client).WaitAsync(Patience) + await ReadAsync(client, 4, chunk: false);
        read.SetResult();
        foreach (var part in body.Chunk(100_000))
        {
            await client.WriteAsync(isChunked ? [.. Encoding.ASCII.GetBytes($"{part.Length:x}\r\n"), .. part, .. "\r\n"u8] : part);
        }

        await client.WriteAsync(isChunked ? "0\r\n\r\n"u8.ToArray() : []);

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.EndsWith("done", answer, StringComparison.Ordinal);
        using var flow = await proxy.Sink.NextAsync();
        Assert.Null(flow.Metadata.Failure);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(body)), flow.Metadata.Request!.BodySha256);
        Assert.Equal(SHA256.HashData(body), await digest.Task.WaitAsync(Patience));
    }

    [Theory]
    [InlineData("Content-Length: 100000000")]
    [InlineData("Transfer-Encoding: chunked")]
    public async Task ServerThatRefusesALongBodyAndReadsNoMore_IsHeard(string framing)
    {
        await using var proxy = await ProxyHarness.StartAsync(["full.example:127.0.47.3"]);
        await using var server = RawServer.Start("127.0.47.3", async (stream, stop) =>
        {
            await ProxyHarness.ReadHeadAsync(stream);
            await stream.WriteAsync("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig"u8.ToArray(), stop);
            await Task.Delay(Timeout.Infinite, stop);
        });
        var client = await proxy.ConnectAsync();
        var host = $"full.example:{server.Endpoint.Port}";

        await client.WriteAsync(Encoding.ASCII.GetBytes($"PUT http://{host}/ HTTP/1.1\r\nHost: {host}\r\n{framing}\r\n\r\n"));
        var sending = SendMuchAsync(client, framing.StartsWith('T'));
        var answer = await ProxyHarness.ReadHeadAsync(client).WaitAsync(Patience) + await ReadAsync(client, 3, chunk: false);
        await client.DisposeAsync();
        await sending;

        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal("big", Encoding.ASCII.GetString(flow.Response!.Body.ToMemory().Span));
        Assert.True(flow.Metadata.Response!.Complete);
        Assert.False(flow.Metadata.Request!.Complete);
    }

    /// <summary>The connection on which a body was left unfinished must serve nobody else.</summary>
    [Fact]
    public async Task ClientThatLeavesAfterAnEarlyAnswer_DoesNotDisturbTheNextRequest()
    {
        await using var proxy = await ProxyHarness.StartAsync(["left.example:127.0.47.4"]);
        await using var server = await WebServer.StartAsync(
            "127.0.47.4", c => c.Response.WriteAsync(c.Request.Path), proxy.Servers.Issue(["left.example"]), HttpProtocols.Http1);

        for (var i = 0; i < 5; i++)
        {
            await using (var client = await proxy.TlsTunnelAsync("left.example", server.Endpoint.Port))
            {
                await client.WriteAsync("POST /early HTTP/1.1\r\nHost: left.example\r\nContent-Length: 100000\r\n\r\nGET /smuggled HTTP/1.1\r\n"u8.ToArray());
                Assert.StartsWith("HTTP/1.1 200", await ProxyHarness.ReadHeadAsync(client).WaitAsync(Patience), StringComparison.Ordinal);
            }

            using var early = await proxy.Sink.NextAsync();
            using var http = proxy.Client();
            Assert.Equal($"/next/{i}", await http.GetStringAsync($"https://left.example:{server.Endpoint.Port}/next/{i}").WaitAsync(Patience));
            using var next = await proxy.Sink.NextAsync();
            Assert.Null(next.Metadata.Failure);
            Assert.Equal(i, early.Metadata.Number / 2);
        }
    }

    [Fact]
    public async Task ServerThatClosesInTheMiddleOfABodyWithoutAnswering_IsAReset()
    {
        await using var proxy = await ProxyHarness.StartAsync(["gone.example:127.0.47.5"]);
        await using var server = RawServer.Start("127.0.47.5", async (stream, _) => await ProxyHarness.ReadHeadAsync(stream));
        await using var client = await proxy.ConnectAsync();
        var host = $"gone.example:{server.Endpoint.Port}";

        await client.WriteAsync(Encoding.ASCII.GetBytes($"PUT http://{host}/ HTTP/1.1\r\nHost: {host}\r\nContent-Length: 10\r\n\r\n12345"));

        Assert.StartsWith("HTTP/1.1 502", await ProxyHarness.ReadHeadAsync(client).WaitAsync(Patience), StringComparison.Ordinal);
        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal(FlowFailure.UpstreamReset, flow.Metadata.Failure);
        Assert.Equal("12345", Encoding.ASCII.GetString(flow.Request!.Body.ToMemory().Span));
    }

    /// <summary>It was answered with 500 by Kestrel, and no flow was recorded.</summary>
    [Theory]
    [InlineData("Content-Length: 10", "12345")]
    [InlineData("Transfer-Encoding: chunked", "5\r\n12345\r\n")]
    public async Task ClientThatStallsInItsBody_IsAFlowAllTheSame(string framing, string part)
    {
        await using var proxy = await ProxyHarness.StartAsync(["stall.example:127.0.47.6"], idle: TimeSpan.FromSeconds(1));
        await using var server = await WebServer.StartAsync("127.0.47.6", c => c.Request.Body.CopyToAsync(Stream.Null, c.RequestAborted));
        await using var client = await proxy.ConnectAsync();
        var host = $"stall.example:{server.Endpoint.Port}";

        await client.WriteAsync(Encoding.ASCII.GetBytes($"PUT http://{host}/ HTTP/1.1\r\nHost: {host}\r\n{framing}\r\n\r\n{part}"));

        Assert.StartsWith("HTTP/1.1 504", await ProxyHarness.ReadHeadAsync(client).WaitAsync(Patience), StringComparison.Ordinal);
        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal(FlowFailure.UpstreamTimeout, flow.Metadata.Failure);
        Assert.Equal("12345", Encoding.ASCII.GetString(flow.Request!.Body.ToMemory().Span));
    }

    private static async Task EchoAsync(HttpContext context)
    {
        await context.Response.StartAsync();
        await context.Response.Body.FlushAsync();
        var buffer = new byte[100];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer)) > 0)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read));
            await context.Response.Body.FlushAsync();
        }
    }

    private static byte[] Part(string text, bool isChunked) => Encoding.ASCII.GetBytes(isChunked ? $"{text.Length:x}\r\n{text}\r\n" : text);

    /// <summary>Reads so many bytes, of a chunk of just that size when <paramref name="chunk"/>.</summary>
    private static async Task<string> ReadAsync(Stream stream, int length, bool chunk)
    {
        var bytes = new byte[chunk ? length + $"{length:x}".Length + 4 : length];
        await stream.ReadExactlyAsync(bytes).AsTask().WaitAsync(Patience);
        var text = Encoding.ASCII.GetString(bytes);
        return chunk ? text.Split("\r\n")[1] : text;
    }

    private static async Task SendMuchAsync(NetworkStream client, bool isChunked)
    {
        var part = Part(new string('x', 50_000), isChunked);
        try
        {
            for (var i = 0; i < 1_000; i++)
            {
                await client.WriteAsync(part);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The client stops once it has the answer, which is what it is for.
            return;
        }
    }
}
