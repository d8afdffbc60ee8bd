using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using TrafficAudit.Capture.Forwarding;
using TrafficAudit.Model;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Capture.Tests;

/// <summary>Another proxy between this one and the servers; the other one is this program, too, or a script.</summary>
public sealed class UpstreamProxyTests
{
    [Theory]
    [InlineData("http://proxy.example:3128", "http", "proxy.example", 3128, "", "")]
    [InlineData("http://proxy.example", "http", "proxy.example", 8080, "", "")]
    [InlineData("http://proxy.example:80/", "http", "proxy.example", 80, "", "")]
    [InlineData("socks5://me:p%40ss@192.0.2.1", "socks5", "192.0.2.1", 1080, "me", "p@ss")]
    public void Url_IsRead(string url, string scheme, string host, int port, string user, string password) =>
        Assert.Equal(new UpstreamProxy(scheme, host, port, user, password), UpstreamProxy.Parse(url));

    [Theory]
    [InlineData("")]
    [InlineData("proxy.example:8080")]
    [InlineData("https://proxy.example")]
    [InlineData("http://proxy.example/path")]
    [InlineData("socks4://proxy.example")]
    public void WhatIsNoUrlOfAProxy_IsRefused(string url) => Assert.Throws<FormatException>(() => UpstreamProxy.Parse(url));

    [Fact]
    public void Password_IsNotInItsText() => Assert.DoesNotContain("hidden", $"{UpstreamProxy.Parse("http://me:hidden@proxy.example")}", StringComparison.Ordinal);

    [Theory]
    [InlineData("http")]
    [InlineData("socks5")]
    public async Task Requests_GoThroughItToTheAddressThatIsRecorded(string scheme)
    {
        await using var outer = await ProxyHarness.StartAsync();
        await using var proxy = await ThroughAsync($"{scheme}://{outer.Endpoint}", "behind.example:127.0.43.1", [outer.Authority]);
        await using var server = await WebServer.StartAsync("127.0.43.1", c => c.Response.WriteAsync("hello"), outer.Servers.Issue(["behind.example"]));
        using var client = proxy.Client();

        Assert.Equal("hello", await client.GetStringAsync($"https://behind.example:{server.Endpoint.Port}/"));

        using var inner = await proxy.Sink.NextAsync();
        Assert.Equal(("127.0.43.1", (TimeSpan?)null), (inner.Metadata.Upstream!.Address, inner.Metadata.Upstream.ConnectTime));
        Assert.Equal([FlowNote.ViaUpstreamProxy], inner.Metadata.Notes!);
        using var seen = await outer.Sink.NextAsync();
        Assert.Equal(("behind.example", "127.0.43.1"), (seen.Metadata.Host, seen.Metadata.Upstream!.Address));
    }

    [Theory]
    [InlineData("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", "(407)")]
    [InlineData("SSH-2.0-x\r\n\r\n", "refused")]
    [InlineData("", "closed the connection")]
    public async Task ProxyThatRefuses_IsToldFromTheServer(string answer, string detail)
    {
        await using var outer = RawServer.Start("127.0.43.2", async (stream, stop) =>
        {
            await ProxyHarness.ReadHeadAsync(stream);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer), stop);
        });
        await using var proxy = await ThroughAsync($"http://{outer.Endpoint}", "never.example:127.0.43.3", []);
        using var client = proxy.Client();

        using var response = await client.GetAsync("http://never.example/");

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        using var flow = await proxy.Sink.NextAsync();
        Assert.Equal(FlowFailure.UpstreamProxyFailed, flow.Metadata.Failure);
        Assert.Contains(detail, flow.Metadata.FailureDetail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_AreSentAndNotRecorded()
    {
        var seen = new TaskCompletionSource<string>();
        await using var outer = RawServer.Start("127.0.43.4", async (stream, stop) =>
        {
            seen.SetResult(await ProxyHarness.ReadHeadAsync(stream));
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), stop);
            await ProxyHarness.ReadHeadAsync(stream);
            await stream.WriteAsync("HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray(), stop);
        });
        await using var proxy = await ThroughAsync($"http://me:hidden@{outer.Endpoint}", "creds.example:127.0.43.5", []);
        using var client = proxy.Client();

        using var response = await client.GetAsync("http://creds.example/");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal($"CONNECT 127.0.43.5:80 HTTP/1.1\r\nHost: 127.0.43.5:80\r\nProxy-Authorization: Basic {Convert.ToBase64String("me:hidden"u8)}\r\n\r\n", await seen.Task);
    }

    private static Task<ProxyHarness> ThroughAsync(
        string url, string resolve, System.Security.Cryptography.X509Certificates.X509Certificate2Collection roots) => ProxyHarness.StartAsync(
        configure: o => o with
        {
            Forwarding = o.Forwarding with { UpstreamProxy = UpstreamProxy.Parse(url), AdditionalRoots = roots, Resolve = ResolveRules.Parse([resolve]) },
        });
}
