using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Capture.Tests;

/// <summary>What goes up is what the phone sent, what comes down is what the server sent: nothing is followed, kept, unpacked or added.</summary>
public sealed class PassThroughTests
{
    [Fact]
    public async Task Server_SeesTheClientsFieldsInOrderAndNothingElse()
    {
        await using var proxy = await ProxyHarness.StartAsync(["order.example:127.0.14.1"]);
        var seen = new TaskCompletionSource<string>();
        await using var server = RawServer.Start("127.0.14.1", async (stream, stop) =>
        {
            seen.SetResult(await ProxyHarness.ReadHeadAsync(stream));
            await stream.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray(), stop);
        });
        await using var client = await proxy.ConnectAsync();
        var fields = "Zeta: 1\r\nAccept: */*\r\nCookie: a=b; c=d\r\nalpha: 2\r\nZeta: 3\r\nUser-Agent: test\r\nX-Empty: \r\n";

        await client.WriteAsync(Encoding.ASCII.GetBytes($"GET http://order.example:{server.Endpoint.Port}/p HTTP/1.1\r\nHost: order.example\r\n{fields}\r\n"));
        await ProxyHarness.ReadHeadAsync(client);

        // A repeated field goes up as one line with all its values (RFC 9110, section 5.3); the evidence has both lines.
        Assert.Equal(
            "GET /p HTTP/1.1\r\nHost: order.example\r\nZeta: 1, 3\r\nAccept: */*\r\nCookie: a=b; c=d\r\nalpha: 2\r\nUser-Agent: test\r\nX-Empty: \r\n\r\n",
            await seen.Task);
        using var flow = await proxy.Sink.NextAsync();
        Assert.Contains(fields, Encoding.ASCII.GetString(flow.Request!.Head.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RedirectsCookiesAndCodings_ArePassedOnAsTheyAre()
    {
        await using var proxy = await ProxyHarness.StartAsync(["as-is.example:127.0.14.2"]);
        var packed = Gzip("packed"u8);
        var cookies = new ConcurrentQueue<string>();
        await using var server = await WebServer.StartAsync(
            "127.0.14.2",
            async context =>
            {
                cookies.Enqueue(context.Request.Headers.Cookie.ToString());
                context.Response.Headers.SetCookie = new(["one=1; Path=/", "two=2"]);
                if (context.Request.Path == "/moved")
                {
                    context.Response.Redirect("/elsewhere");
                    return;
                }

                context.Response.Headers.ContentEncoding = "gzip";
                await context.Response.Body.WriteAsync(packed);
            },
            proxy.Servers.Issue(["as-is.example"]),
            HttpProtocols.Http1);
        using var handler = new SocketsHttpHandler
        {
            Proxy = new WebProxy($"http://{proxy.Endpoint}"),
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        };
        using var client = new HttpClient(handler);

        using var moved = await client.GetAsync($"https://as-is.example:{server.Endpoint.Port}/moved");
        using var gzip = await client.GetAsync($"https://as-is.example:{server.Endpoint.Port}/gzip");

        Assert.Equal(HttpStatusCode.Redirect, moved.StatusCode);
        Assert.Equal(["one=1; Path=/", "two=2"], moved.Headers.GetValues("Set-Cookie"));
        Assert.Equal(packed, await gzip.Content.ReadAsByteArrayAsync());
        Assert.Equal(["", ""], cookies);
        using var first = await proxy.Sink.NextAsync();
        using var second = await proxy.Sink.NextAsync();
        Assert.Equal(packed, second.Response!.Body.ToMemory().ToArray());
    }

    [Theory]
    [InlineData("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n")]
    [InlineData("GET", "HTTP/1.1 204 No Content\r\n\r\n")]
    public async Task ResponseWithoutBody_PassesAndTheConnectionGoesOn(string method, string answer)
    {
        await using var proxy = await ProxyHarness.StartAsync(["bare.example:127.0.14.3"]);
        await using var server = RawServer.Start("127.0.14.3", async (stream, stop) =>
        {
            while ((await ProxyHarness.ReadHeadAsync(stream)).Length > 0)
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), stop);
            }
        });
        await using var client = await proxy.ConnectAsync();
        var request = Encoding.ASCII.GetBytes($"{method} http://bare.example:{server.Endpoint.Port}/ HTTP/1.1\r\nHost: bare.example\r\n\r\n");

        for (var i = 0; i < 2; i++)
        {
            await client.WriteAsync(request);
            var head = await ProxyHarness.ReadHeadAsync(client);
            using var flow = await proxy.Sink.NextAsync();
            Assert.StartsWith(answer.Split('\r')[0], head, StringComparison.Ordinal);
            Assert.Null(flow.Metadata.Failure);
            Assert.Equal(answer, Encoding.ASCII.GetString(flow.Response!.Head.Span));
        }
    }

    private static byte[] Gzip(ReadOnlySpan<byte> bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
