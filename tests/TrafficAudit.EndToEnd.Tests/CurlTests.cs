using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TrafficAudit.EndToEnd.Tests.Running;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>The main job with curl: the transfers are exactly what was sent, under the right country.</summary>
public sealed class CurlTests
{
    [Fact]
    public async Task WhatCurlSends_IsWhatTransfersList()
    {
        using var lab = new Laboratory();
        await using var shop = await ServerAsync(lab, "127.0.21.1", "api.shop-cn.example");
        await using var tracker = await ServerAsync(lab, "127.0.22.1", "t.tracker-sg.example");
        await using var ads = await ServerAsync(lab, "127.0.23.1", "px.ads-us.example");
        await using var pay = await ServerAsync(lab, "127.0.24.1", "www.pay-kr.example");
        await using var capture = await CaptureProcess.StartAsync(
            lab, "curl", "--resolve", "api.shop-cn.example:127.0.21.1", "--resolve", "*.tracker-sg.example:127.0.22.1",
            "--resolve", "px.ads-us.example:127.0.23.1", "--resolve", "www.pay-kr.example:127.0.24.1");
        var emailDigest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Laboratory.Email)));
        Assert.Equal(0, (await Built.RunAsync(lab, "phase", "before_consent", "--case", "curl")).ExitCode);

        await CurlAsync(capture, $"https://api.shop-cn.example:{shop.Endpoint.Port}/order", "--http1.1", "--json", $$"""{ "receiver": { "mobile": "{{Laboratory.Phone}}", "pccc": "{{Laboratory.Pccc}}" } }""");
        await CurlAsync(capture, $"https://t.tracker-sg.example:{tracker.Endpoint.Port}/collect?v=1&udff%5Bem%5D={emailDigest}", "--http2");
        await CurlAsync(capture, $"https://www.pay-kr.example:{pay.Endpoint.Port}/address", "--http2", "--data-urlencode", $"addr={Laboratory.Address}");
        Assert.Equal(0, (await Built.RunAsync(lab, "phase", "consented", "--case", "curl")).ExitCode);
        await CurlAsync(capture, $"https://px.ads-us.example:{ads.Endpoint.Port}/pixel.gif?w=1&h=1&ts=1735689600", "--http1.1");
        await CurlAsync(capture, $"https://t.tracker-sg.example:{tracker.Endpoint.Port}/b", "--http1.1", "--data", Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{ "ids": [ { "gaid": "{{Laboratory.Gaid}}" } ] }""")));
        await capture.WaitForAsync("#5 ");

        string[] expected =
        [
            "email t.tracker-sg.example SG located",
            "gaid t.tracker-sg.example SG located",
            "pccc api.shop-cn.example CN located",
            "phone api.shop-cn.example CN located",
            "postal_address www.pay-kr.example KR located",
        ];
        Assert.Equal(expected, await Transfers.OfAsync(lab, "curl"));
        Assert.Equal(0, await capture.StopAsync());
        Assert.Equal(expected, await Transfers.OfAsync(lab, "curl"));
        await FindingFollowsTheContractAsync(lab);
        await EverythingCanBeComputedAgainAsync(lab, expected);
    }

    [Fact]
    public async Task FiveHundredRequests_AreAllRecorded()
    {
        using var lab = new Laboratory();
        await using var shop = await ServerAsync(lab, "127.0.21.2", "many.shop-cn.example");
        await using var capture = await CaptureProcess.StartAsync(lab, "many", "--resolve", "many.shop-cn.example:127.0.21.2");

        await CurlAsync(capture, $"https://many.shop-cn.example:{shop.Endpoint.Port}/n?i=[1-500]", "--http1.1", "--parallel", "--parallel-max", "20");
        await capture.StopAsync();

        var flows = await Built.RunAsync(lab, "flows", "--case", "many", "--format", "ndjson", "--filter", "status:200");
        Assert.Equal(500, flows.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static async Task FindingFollowsTheContractAsync(Laboratory lab)
    {
        var findings = await Built.RunAsync(lab, "findings", "--case", "curl", "--format", "json");
        using var json = JsonDocument.Parse(findings.Output);
        var email = json.RootElement.EnumerateArray().First(f => f.GetProperty("item").GetString() == "email");
        Assert.Equal("persona", email.GetProperty("detector").GetString());
        Assert.Equal("certain", email.GetProperty("confidence").GetString());
        Assert.Equal("hashed", email.GetProperty("state").GetString());
        Assert.Equal("collected", email.GetProperty("direction").GetString());
        Assert.Equal("before_consent", email.GetProperty("phase").GetString());
        Assert.Equal("127.0.22.1", email.GetProperty("ip").GetString());
        var location = email.GetProperty("location");
        Assert.Equal(("request", "query", "udff[em]"), (location.GetProperty("message").GetString(), location.GetProperty("part").GetString(), location.GetProperty("path").GetString()));
        Assert.Equal(["percent"], location.GetProperty("decodings").EnumerateArray().Select(d => d.GetString()));
        Assert.Equal("sha256", email.GetProperty("encodings").EnumerateArray().Last().GetString());
        Assert.DoesNotContain(Laboratory.Phone, findings.Output, StringComparison.Ordinal);
        var revealed = await Built.RunAsync(lab, "findings", "--case", "curl", "--format", "json", "--reveal", "--filter", "item:phone");
        Assert.Contains(Laboratory.Phone, revealed.Output, StringComparison.Ordinal);
        var shown = await Built.RunAsync(lab, "show", "--case", "curl", "--flow", email.GetProperty("flow").ToString());
        Assert.Contains("t.tracker-sg.example", shown.Output, StringComparison.Ordinal);
        Assert.Contains("◆ email", shown.Output, StringComparison.Ordinal);
    }

    private static async Task EverythingCanBeComputedAgainAsync(Laboratory lab, string[] expected)
    {
        Assert.Equal(0, (await Built.RunAsync(lab, "analyze", "--case", "curl")).ExitCode);
        Assert.Equal(expected, await Transfers.OfAsync(lab, "curl"));
        Directory.Delete(Path.Combine(lab.Folder, "captures", "curl", "index"), recursive: true);
        Assert.Equal(expected, await Transfers.OfAsync(lab, "curl"));
        foreach (var segment in Directory.EnumerateFiles(Path.Combine(lab.Folder, "captures", "curl"), "*.warc.gz"))
        {
            Assert.Equal(0, (await Built.RunOtherAsync("gzip", "-t", segment)).ExitCode);
        }
    }

    private static Task<WebServer> ServerAsync(Laboratory lab, string address, string name) =>
        WebServer.StartAsync(address, context => context.Response.WriteAsJsonAsync(new { ok = true }), lab.Servers.Issue([name]));

    private static async Task CurlAsync(CaptureProcess capture, string url, params IEnumerable<string> options)
    {
        var curl = await Built.RunOtherAsync("curl", ["-sS", "--fail", "--proxy", $"http://{capture.Proxy}", "--cacert", capture.Authority, .. options, url]);
        Assert.True(curl.ExitCode == 0, $"curl {url}: {curl.Error}\n{capture.Terminal}");
    }
}
