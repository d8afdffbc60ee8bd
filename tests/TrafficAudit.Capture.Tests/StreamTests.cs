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

    /// <summary>.NET gives an upload over HTTP/2 up when the server has answered: what the client then still sent was not in the evidence.</summary>
    [Fact]
    public async Task BodyThatComesAfterTheAnswer_IsRecordedOverHttp2()
    {
        await using var proxy = await ProxyHarness.StartAsync(["early.example:127.0.44.5"]);
        await using var server = await WebServer.StartAsync("127.0.44.5", c => c.Response.WriteAsync("done"), proxy.Servers.Issue(["early.example"]));
        using var client = proxy.Client(HttpVersion.Version20);
        var content = new TalkingContent();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"https://early.example:{server.Endpoint.Port}/order")
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = content,
        };

        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("done", await response.Content.ReadAsStringAsync().WaitAsync(TimeSpan.FromSeconds(20)));
        await content.SayAsync(1);
        await content.SayAsync(2);
        content.End();

        using var flow = await proxy.Sink.NextAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Null(flow.Metadata.Failure);
        Assert.Equal([1, 2], flow.Request!.Body.ToMemory().ToArray());
        Assert.True(flow.Metadata.Request!.Complete && flow.Metadata.Response!.Complete);
    }

    [Theory]
    [InlineData("1\r\na\r\n", "a")]
    [InlineData("", "")]
    [InlineData("3\r\nabc\r\n2\r\nde\r\n", "abcde")]
    public async Task TrailersOfAnUpload_ReachTheServerAndAreRecorded(string chunks, string body)
    {
        await using var proxy = await ProxyHarness.StartAsync(["trail.example:127.0.44.3"]);
        var seen = new List<(string Trailer, string Announced, string Body)>();
        await using var server = await WebServer.StartAsync("127.0.44.3", async c =>
        {
            var text = await new StreamReader(c.Request.Body).ReadToEndAsync();
            seen.Add((c.Request.GetTrailer("X-Sum").ToString(), c.Request.Headers.Trailer.ToString(), text));
            c.Response.StatusCode = 204;
        });
        await using var client = await proxy.ConnectAsync();
        var host = $"trail.example:{server.Endpoint.Port}";
        var request = $"POST http://{host}/ HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n{chunks}0\r\nX-Sum: 97\r\n\r\n";

        // Twice: the connection to the server must be as good as new behind the trailers.
        for (var i = 0; i < 2; i++)
        {
            await client.WriteAsync(Encoding.ASCII.GetBytes(request));
            Assert.StartsWith("HTTP/1.1 204", await ProxyHarness.ReadHeadAsync(client), StringComparison.Ordinal);
            using var flow = await proxy.Sink.NextAsync();
            Assert.Equal([new HeaderField("X-Sum", "97")], flow.Metadata.Request!.Trailers!);
            Assert.Equal(body, Encoding.ASCII.GetString(flow.Request!.Body.ToMemory().Span));
        }

        Assert.Equal([("97", "X-Sum", body), ("97", "X-Sum", body)], seen);
    }

    [Theory]
    [InlineData("Trailer: X-Sum\r\n", "")]
    [InlineData("", "TE: trailers\r\nConnection: TE\r\n")]
    public async Task TrailersOfAResponse_ReachAnHttp11ClientAndAreRecorded(string announced, string asked)
    {
        await using var proxy = await ProxyHarness.StartAsync(["trail.example:127.0.44.4"]);
        await using var server = RawServer.Start("127.0.44.4", async (stream, stop) =>
        {
            for (var i = 0; i < 2; i++)
            {
                await ReadUntilAsync(stream, "\r\n\r\n", stop);
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{announced}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX-Sum: 97\r\n\r\n"), stop);
            }
        });
        await using var client = await proxy.ConnectAsync();
        var host = $"trail.example:{server.Endpoint.Port}";

        // Twice: the next answer must begin where this one ends.
        for (var i = 0; i < 2; i++)
        {
            await client.WriteAsync(Encoding.ASCII.GetBytes($"GET http://{host}/ HTTP/1.1\r\nHost: {host}\r\n{asked}\r\n"));
            var head = await ProxyHarness.ReadHeadAsync(client);
            Assert.StartsWith("HTTP/1.1 200", head, StringComparison.Ordinal);
            Assert.Equal(announced.Length > 0, head.Contains("Trailer: X-Sum\r\n", StringComparison.Ordinal));
            var body = await ReadUntilAsync(client, "\r\n\r\n", TestContext.Current.CancellationToken);
            Assert.EndsWith("\r\n0\r\nX-Sum: 97\r\n\r\n", body, StringComparison.Ordinal);
            using var flow = await proxy.Sink.NextAsync();
            Assert.Equal([new HeaderField("X-Sum", "97")], flow.Metadata.Response!.Trailers!);
            Assert.Equal("abcde", Encoding.ASCII.GetString(flow.Response!.Body.ToMemory().Span));
        }
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

    private static async Task<string> ReadUntilAsync(Stream stream, string text, CancellationToken stop)
    {
        var seen = new StringBuilder();
        var buffer = new byte[1024];
        while (!seen.ToString().Contains(text, StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, stop);
            Assert.NotEqual(0, read);
            seen.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        return seen.ToString();
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
