using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TrafficAudit.Model;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Capture.Tests;

/// <summary>Messages whose parts wait for one another: nothing may be held back until there is more of it.</summary>
public sealed class StreamTests
{
    [Theory]
    [InlineData("Content-Length: 6", "abc", "def")]
    [InlineData("Transfer-Encoding: chunked", "3\r\nabc\r\n", "3\r\ndef\r\n0\r\n\r\n")]
    public async Task FirstBytesOfAnUpload_ReachTheServerBeforeTheRest(string framing, string first, string rest)
    {
        await using var proxy = await ProxyHarness.StartAsync(["slow.example:127.0.44.1"]);
        var sawFirst = new TaskCompletionSource();
        await using var server = RawServer.Start("127.0.44.1", async (stream, stop) =>
        {
            await ReadUntilAsync(stream, "abc", stop);
            sawFirst.SetResult();
            await ReadUntilAsync(stream, "def", stop);
            await stream.WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray(), stop);
        });
        await using var client = await proxy.ConnectAsync();
        var url = $"http://slow.example:{server.Endpoint.Port}/";

        await client.WriteAsync(Encoding.ASCII.GetBytes($"POST {url} HTTP/1.1\r\nHost: slow.example:{server.Endpoint.Port}\r\n{framing}\r\n\r\n{first}"));
        await sawFirst.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await client.WriteAsync(Encoding.ASCII.GetBytes(rest));

        Assert.StartsWith("HTTP/1.1 204", await ProxyHarness.ReadHeadAsync(client), StringComparison.Ordinal);
        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal("abcdef", Encoding.ASCII.GetString(flow.Request!.Body.ToMemory().Span));
    }

    /// <summary>As gRPC does it: messages both ways on one stream, each an answer to the one before, and the status behind the body.</summary>
    [Fact]
    public async Task BidirectionalStream_PassesMessageByMessage_AndItsTrailersAreRecorded()
    {
        await using var proxy = await ProxyHarness.StartAsync(["grpc.example:127.0.44.2"]);
        await using var server = await WebServer.StartAsync("127.0.44.2", AnswerEachAsync, proxy.Servers.Issue(["grpc.example"]));
        using var client = proxy.Client(HttpVersion.Version20);
        var content = new TalkingContent();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"https://grpc.example:{server.Endpoint.Port}/svc/Talk")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
            Headers = { { "TE", "trailers" } },
        };

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(TimeSpan.FromSeconds(20));
        await using var answers = await response.Content.ReadAsStreamAsync();
        for (byte i = 1; i <= 3; i++)
        {
            await content.SayAsync(i);
            var answer = new byte[1];
            await answers.ReadExactlyAsync(answer).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
            Assert.Equal(i * 10, answer[0]);
        }

        content.End();
        Assert.Equal(0, await answers.ReadAsync(new byte[1]));
        Assert.Equal("0", response.TrailingHeaders.GetValues("grpc-status").Single());
        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal([new HeaderField("grpc-status", "0")], flow.Metadata.Response!.Trailers!);
        Assert.Equal([1, 2, 3], flow.Request!.Body.ToMemory().ToArray());
    }

    [Fact]
    public async Task TrailersOfAnUpload_AreRecorded()
    {
        await using var proxy = await ProxyHarness.StartAsync(["trail.example:127.0.44.3"]);
        await using var server = await WebServer.StartAsync("127.0.44.3", async c =>
        {
            await c.Request.Body.CopyToAsync(Stream.Null);
            c.Response.StatusCode = 204;
        });
        await using var client = await proxy.ConnectAsync();
        var host = $"trail.example:{server.Endpoint.Port}";

        await client.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST http://{host}/ HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n1\r\na\r\n0\r\nX-Sum: 97\r\n\r\n"));

        Assert.StartsWith("HTTP/1.1 204", await ProxyHarness.ReadHeadAsync(client), StringComparison.Ordinal);
        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal([new HeaderField("X-Sum", "97")], flow.Metadata.Request!.Trailers!);
    }

    private static async Task AnswerEachAsync(HttpContext context)
    {
        context.Response.DeclareTrailer("grpc-status");
        await context.Response.StartAsync();
        await context.Response.Body.FlushAsync();
        var one = new byte[1];
        while (await context.Request.Body.ReadAsync(one) > 0)
        {
            await context.Response.Body.WriteAsync(new[] { (byte)(one[0] * 10) });
            await context.Response.Body.FlushAsync();
        }

        context.Response.AppendTrailer("grpc-status", "0");
    }

    private static async Task ReadUntilAsync(Stream stream, string text, CancellationToken stop)
    {
        var seen = new StringBuilder();
        var buffer = new byte[1024];
        while (!seen.ToString().Contains(text, StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, stop);
            Assert.NotEqual(0, read);
            seen.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }
    }

    /// <summary>A request body that says one byte when it is told to.</summary>
    private sealed class TalkingContent : HttpContent
    {
        private readonly TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task SayAsync(byte value)
        {
            var stream = await _stream.Task;
            await stream.WriteAsync(new[] { value });
            await stream.FlushAsync();
        }

        public void End() => _end.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.FlushAsync();
            _stream.SetResult(stream);
            await _end.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
