using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using TrafficAudit.EndToEnd.Tests.Running;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>
/// The main job with a real browser: a page that sends items to several servers. The same page, visited without the proxy and recorded by
/// Chromium itself as HAR, gives the same transfers when that file is imported. (Behind a proxy a browser knows the proxy's address, not the
/// server's, so the HAR is recorded without one.)
/// </summary>
public sealed class ChromiumTests
{
    private const int Port = 8443;

    private static readonly string[] Expected =
    [
        "email px.track-sg.example SG located",
        "gaid px.track-sg.example SG located",
        "phone api.store-cn.example CN located",
        "postal_address www.gate-kr.example KR located",
    ];

    /// <summary>A flow is listed once it is on disk and analysed, which may be a moment after the page has its answer.</summary>
    private static readonly string[] Sent =
    [
        "POST https://api.store-cn.example/order ", "GET https://px.track-sg.example/c ", "POST https://px.track-sg.example/b ",
        "POST https://www.gate-kr.example/a ", "GET https://cdn.banner-us.example/banner.json ",
    ];

    [Fact]
    public async Task WhatThePageSends_IsWhatTransfersList_LiveAndFromChromiumsHar()
    {
        if (!Browser.IsThere)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") is "true", "Chromium is not installed (apt-get install chromium)");
        }

        using var lab = new Laboratory();
        await using var store = await StartAsync(lab, "127.0.21.8", "api.store-cn.example", Page());
        await using var track = await StartAsync(lab, "127.0.22.8", "px.track-sg.example");
        await using var banner = await StartAsync(lab, "127.0.23.8", "cdn.banner-us.example");
        await using var gate = await StartAsync(lab, "127.0.24.8", "www.gate-kr.example");
        string[] names = ["api.store-cn.example:127.0.21.8", "px.track-sg.example:127.0.22.8", "cdn.banner-us.example:127.0.23.8", "www.gate-kr.example:127.0.24.8"];
        await using (var capture = await CaptureProcess.StartAsync(lab, "live", names.SelectMany(n => new[] { "--resolve", n })))
        {
            await Browser.VisitAsync($"https://api.store-cn.example:{Port}/", ["--proxy-server=http://" + capture.Proxy, "--proxy-bypass-list=<-loopback>"], har: null);
            foreach (var sent in Sent)
            {
                await capture.WaitForAsync(sent);
            }

            Assert.Equal(Expected, await Transfers.OfAsync(lab, "live"));
            Assert.Equal(0, await capture.StopAsync());
        }

        var rules = string.Join(',', names.Select(n => $"MAP {n.Replace(":", " ", StringComparison.Ordinal)}"));
        var har = lab.PathOf("chromium.har");
        await Browser.VisitAsync($"https://api.store-cn.example:{Port}/", [$"--host-resolver-rules={rules}"], har);
        var import = await Built.RunAsync(lab, "import", har, "--case", "har", "--persona", lab.Persona);

        Assert.True(import.ExitCode == 0, import.Error);
        Assert.Equal(Expected, await Transfers.OfAsync(lab, "live"));
        Assert.Equal(Expected, await Transfers.OfAsync(lab, "har"));
    }

    private static Task<WebServer> StartAsync(Laboratory lab, string address, string name, string page = "{\"ok\":true}") => WebServer.StartAsync(
        address,
        async context =>
        {
            context.Response.Headers.AccessControlAllowOrigin = "*";
            context.Response.Headers.AccessControlAllowHeaders = "*";
            context.Response.ContentType = page.StartsWith('<') && context.Request.Path == "/" ? "text/html; charset=utf-8" : "application/json";
            await context.Response.WriteAsync(context.Request.Path == "/" ? page : "{\"ok\":true}");
        },
        lab.Servers.Issue([name]),
        port: Port);

    private static string Page()
    {
        var email = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Laboratory.Email)));
        return $$"""
            <!doctype html><title>Test shop (invented)</title><h1>Test shop</h1>
            <script type="module">
              const json = { method: 'POST', headers: { 'Content-Type': 'application/json' } };
              await Promise.all([
                fetch('/order', { ...json, body: JSON.stringify({ receiver: { mobile: '{{Laboratory.Phone}}' }, items: [1, 2] }) }),
                fetch('https://px.track-sg.example:{{Port}}/c?udff%5Bem%5D={{email}}&w=1280'),
                fetch('https://px.track-sg.example:{{Port}}/b', { ...json, body: JSON.stringify({ device: { gaid: '{{Laboratory.Gaid}}' } }) }),
                fetch('https://www.gate-kr.example:{{Port}}/a', { method: 'POST', body: new URLSearchParams({ addr: '{{Laboratory.Address}}' }) }),
                fetch('https://cdn.banner-us.example:{{Port}}/banner.json?size=320x50&ts=1735689600'),
              ]);
              document.title = 'done';
            </script>
            """;
    }
}
