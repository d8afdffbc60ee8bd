using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using TrafficAudit.Capture.Recording;
using TrafficAudit.Model;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Capture.Tests;

public sealed class ForwardingTests
{
    [Fact]
    public async Task Https_IsForwardedAndRecordedWithExactHeadAndAddress()
    {
        await using var proxy = await ProxyHarness.StartAsync(["api.shop.example:127.0.11.1"]);
        await using var server = await WebServer.StartAsync("127.0.11.1", Echo, proxy.Servers.Issue(["api.shop.example"]), HttpProtocols.Http1);
        proxy.Sessions.SetPhaseOfAll("before_consent");
        await using var tls = await proxy.TlsTunnelAsync("api.shop.example", server.Endpoint.Port);
        var head = "POST /a/../b%41?q=1%20&r=%ED HTTP/1.1\r\nhost: api.shop.example\r\nX-Two: 1\r\nAccept: */*\r\nx-two: 2\r\nContent-Length: 5\r\nConnection: close\r\n\r\n";

        await tls.WriteAsync(Encoding.Latin1.GetBytes(head + "hello"));
        var answer = await new StreamReader(tls).ReadToEndAsync();

        using var flow = await proxy.Sink.NextAsync();
        Assert.Contains("POST /a/../b%41?q=1%20&r=%ED hello", answer, StringComparison.Ordinal);
        Assert.Equal(head, Encoding.Latin1.GetString(flow.Request!.Head.Span));
        Assert.Equal("hello"u8, flow.Request.Body.ToMemory().Span);
        Assert.Equal(HeadForm.Exact, flow.Metadata.Request!.Head);
        Assert.True(flow.Metadata.Request.Complete);
        Assert.Equal(200, HttpHead.Parse(flow.Response!.Head.Span).Status);
        Assert.True(flow.Metadata.Response!.Complete);
        var m = flow.Metadata;
        Assert.Null(m.Failure);
        Assert.Equal(("https", "api.shop.example", server.Endpoint.Port), (m.Scheme, m.Host, m.Port));
        Assert.Equal((Assert.Single(proxy.Sessions.All).Id, "before_consent"), (m.Session, m.Phase));
        Assert.Equal(("127.0.11.1", server.Endpoint.Port, "HTTP/1.1"), (m.Upstream!.Address, m.Upstream.Port, m.Upstream.HttpVersion));
        Assert.Equal("api.shop.example", m.Upstream.Tls!.ServerName);
        Assert.Single(m.Upstream.Tls.Certificates);
        Assert.StartsWith("TLS_", m.Client!.Tls!.CipherSuite, StringComparison.Ordinal);
        Assert.Equal("option", m.Resolution!.Source);
        Assert.Equal(["127.0.11.1"], m.Resolution.Addresses);
    }

    [Fact]
    public async Task SeveralRequestsOnOneConnection_EachHaveTheirOwnHead()
    {
        await using var proxy = await ProxyHarness.StartAsync(["keep.example:127.0.11.2"]);
        await using var server = await WebServer.StartAsync("127.0.11.2", Echo, proxy.Servers.Issue(["keep.example"]), HttpProtocols.Http1);
        await using var tls = await proxy.TlsTunnelAsync("keep.example", server.Endpoint.Port);
        string[] heads =
        [
            "POST /1 HTTP/1.1\r\nHost: keep.example\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET /2 HTTP/1.1\r\nHost: keep.example\r\nA: b\r\n\r\n",
            "PUT /3 HTTP/1.1\r\nContent-Length: 3\r\nHost: keep.example\r\n\r\n",
            "GET /4 HTTP/1.1\r\nHost: keep.example\r\nConnection: close\r\n\r\n",
        ];

        // All at once: pipelined requests must not bleed into one another's heads.
        await tls.WriteAsync(Encoding.ASCII.GetBytes(heads[0] + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n" + heads[1] + heads[2] + "xyz" + heads[3]));
        await new StreamReader(tls).ReadToEndAsync();

        string[] bodies = ["abcde", "", "xyz", ""];
        for (var i = 0; i < heads.Length; i++)
        {
            using var flow = await proxy.Sink.NextAsync();
            Assert.Equal(heads[i], Encoding.ASCII.GetString(flow.Request!.Head.Span));
            Assert.Equal(bodies[i], Encoding.ASCII.GetString(flow.Request.Body.ToMemory().Span));
        }
    }

    [Fact]
    public async Task PlainHttpInAbsoluteForm_IsForwarded()
    {
        await using var proxy = await ProxyHarness.StartAsync(["plain.example:127.0.11.3"]);
        await using var server = await WebServer.StartAsync("127.0.11.3", Echo);
        using var client = proxy.Client();

        var answer = await client.GetStringAsync($"http://plain.example:{server.Endpoint.Port}/x?y=z");

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal("GET /x?y=z ", answer);
        Assert.Equal(("http", "plain.example", "127.0.11.3"), (flow.Metadata.Scheme, flow.Metadata.Host, flow.Metadata.Upstream!.Address));
        Assert.Null(flow.Metadata.Upstream.Tls);
    }

    [Fact]
    public async Task HundredHttp2StreamsOnOneConnection_AllArriveIntact()
    {
        await using var proxy = await ProxyHarness.StartAsync(["two.example:127.0.11.4"]);
        await using var server = await WebServer.StartAsync(
            "127.0.11.4",
            async context =>
            {
                var seed = int.Parse(context.Request.Query["n"]!);
                var bytes = Pseudorandom(seed, 200_000);
                context.Response.ContentLength = bytes.Length;
                await context.Response.Body.WriteAsync(bytes);
            },
            proxy.Servers.Issue(["two.example"]));
        using var client = proxy.Client(HttpVersion.Version20);

        var all = await Task.WhenAll(Enumerable.Range(0, 100).Select(async n =>
            (n, bytes: await client.GetByteArrayAsync($"https://two.example:{server.Endpoint.Port}/?n={n}"))));

        Assert.All(all, r => Assert.Equal(SHA256.HashData(Pseudorandom(r.n, 200_000)), SHA256.HashData(r.bytes)));
        for (var i = 0; i < 100; i++)
        {
            using var flow = await proxy.Sink.NextAsync();
            Assert.Equal(("HTTP/2", "HTTP/2"), (flow.Metadata.Client!.HttpVersion, flow.Metadata.Upstream!.HttpVersion));
            Assert.Equal(HeadForm.Reconstructed, flow.Metadata.Request!.Head);
            Assert.StartsWith("GET /?n=", Encoding.ASCII.GetString(flow.Request!.Head.Span), StringComparison.Ordinal);
            Assert.Equal(200_000, flow.Metadata.Response!.BodyLength);
        }
    }

    [Fact]
    public async Task BodyOverTheLimit_PassesWholeAndIsRecordedTruncated()
    {
        var limits = new CaptureLimits { MemoryBytes = 1000, BodyBytes = 50_000 };
        await using var proxy = await ProxyHarness.StartAsync(["big.example:127.0.11.5"], limits);
        var bytes = Pseudorandom(7, 300_000);
        await using var server = await WebServer.StartAsync(
            "127.0.11.5",
            async context =>
            {
                await context.Request.Body.CopyToAsync(Stream.Null);
                await context.Response.Body.WriteAsync(bytes);
            },
            proxy.Servers.Issue(["big.example"]));
        using var client = proxy.Client();

        using var answer = await client.PostAsync($"https://big.example:{server.Endpoint.Port}/", new ByteArrayContent(bytes));
        var got = await answer.Content.ReadAsByteArrayAsync();

        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal(bytes, got);
        foreach (var (facts, body) in new[] { (flow.Metadata.Request!, flow.Request!.Body), (flow.Metadata.Response!, flow.Response!.Body) })
        {
            Assert.Equal((300_000L, 50_000L, true), (facts.BodyLength, facts.BodyCaptured, facts.Complete));
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), facts.BodySha256);
            Assert.Equal(bytes[..50_000], body.ToMemory().ToArray());
        }
    }

    [Fact]
    public async Task AltSvc_StaysInTheEvidenceAndNeverReachesThePhone()
    {
        await using var proxy = await ProxyHarness.StartAsync(["alt.example:127.0.11.6"]);
        await using var server = await WebServer.StartAsync(
            "127.0.11.6",
            context =>
            {
                context.Response.Headers.AltSvc = "h3=\":443\"";
                context.Response.Headers["X-Kept"] = new(["1", "2"]);
                return Task.CompletedTask;
            },
            proxy.Servers.Issue(["alt.example"]));
        using var client = proxy.Client();

        using var answer = await client.GetAsync($"https://alt.example:{server.Endpoint.Port}/");

        using var flow = await proxy.Sink.NextAsync();
        Assert.False(answer.Headers.Contains("Alt-Svc"));
        Assert.Equal(["1", "2"], answer.Headers.GetValues("X-Kept"));
        Assert.Equal("h3=\":443\"", HttpHead.Parse(flow.Response!.Head.Span)["Alt-Svc"]);
    }

    [Fact]
    public async Task ServerThatNeverReadsTheBody_DoesNotDisturbTheNextRequest()
    {
        await using var proxy = await ProxyHarness.StartAsync(["early.example:127.0.11.7"]);
        await using var server = await WebServer.StartAsync(
            "127.0.11.7",
            context =>
            {
                context.Response.StatusCode = context.Request.Path == "/early" ? 413 : 200;
                return Task.CompletedTask;
            },
            proxy.Servers.Issue(["early.example"]),
            HttpProtocols.Http1);
        await using var tls = await proxy.TlsTunnelAsync("early.example", server.Endpoint.Port);

        await tls.WriteAsync("POST /early HTTP/1.1\r\nHost: early.example\r\nContent-Length: 100000\r\n\r\n"u8.ToArray());
        await tls.WriteAsync(new byte[100_000]);
        var first = await ProxyHarness.ReadHeadAsync(tls);
        await tls.WriteAsync("GET /next HTTP/1.1\r\nHost: early.example\r\nConnection: close\r\n\r\n"u8.ToArray());
        var second = await ProxyHarness.ReadHeadAsync(tls);

        Assert.StartsWith("HTTP/1.1 413", first, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", second, StringComparison.Ordinal);
        using var one = await proxy.Sink.NextAsync();
        using var two = await proxy.Sink.NextAsync();
        Assert.Equal(413, HttpHead.Parse(one.Response!.Head.Span).Status);
        Assert.StartsWith("GET /next", Encoding.ASCII.GetString(two.Request!.Head.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http2ServerThatAnswersWithoutReadingTheBody_IsNoFailure()
    {
        await using var proxy = await ProxyHarness.StartAsync(["eager.example:127.0.11.8"]);
        await using var server = await WebServer.StartAsync(
            "127.0.11.8", context => context.Response.WriteAsync("enough"), proxy.Servers.Issue(["eager.example"]));
        using var client = proxy.Client(HttpVersion.Version20);

        for (var i = 0; i < 20; i++)
        {
            using var answer = await client.PostAsync($"https://eager.example:{server.Endpoint.Port}/{i}", new ByteArrayContent(new byte[3_000_000]));
            Assert.Equal("enough", await answer.Content.ReadAsStringAsync());
            using var flow = await proxy.Sink.NextAsync();
            Assert.Null(flow.Metadata.Failure);
            Assert.True(flow.Metadata.Response!.Complete);
        }
    }

    [Fact]
    public async Task Http2ClientFasterThanTheRecording_IsNotTakenForAnAttack()
    {
        await using var proxy = await ProxyHarness.StartAsync(["fast.example:127.0.11.9"]);
        await using var server = await WebServer.StartAsync("127.0.11.9", context => context.Response.WriteAsync("ok"), proxy.Servers.Issue(["fast.example"]));
        proxy.Sink.Delay = TimeSpan.FromMilliseconds(500);
        using var client = proxy.Client(HttpVersion.Version20);

        var answers = await Task.WhenAll(Enumerable.Range(0, 1500).Select(n => client.GetStringAsync($"https://fast.example:{server.Endpoint.Port}/{n}")));

        Assert.All(answers, answer => Assert.Equal("ok", answer));
    }

    private static async Task Echo(HttpContext context)
    {
        var body = await new StreamReader(context.Request.Body).ReadToEndAsync();
        var raw = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        await context.Response.WriteAsync($"{context.Request.Method} {raw} {body}");
    }

    private static byte[] Pseudorandom(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
