using System.Net;
using TrafficAudit.EndToEnd.Tests.Running;
using TrafficAudit.Testing.Servers;
using Microsoft.AspNetCore.Http;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>The doors of the built program.</summary>
public sealed class PairingTests
{
    [Fact]
    public async Task UnpairedPhone_IsServedOnlyAfterItOpenedTheLinkOnTheTerminal()
    {
        using var lab = new Laboratory();
        await using var server = await WebServer.StartAsync("127.0.24.4", c => c.Response.WriteAsync("hello"), lab.Servers.Issue(["www.pair-kr.example"]));
        await using var capture = await CaptureProcess.StartAsync(
            lab, ["--allow-private-destinations", "--resolve", "www.pair-kr.example:127.0.24.4"], "pairing");
        string[] curl = ["-sS", "--proxy", $"http://{capture.Proxy}", "--cacert", capture.Authority, $"https://www.pair-kr.example:{server.Endpoint.Port}/"];

        var before = await Built.RunOtherAsync("curl", curl);
        using var phone = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var secret = capture.PairingLink!.Query[3..];
        using var paired = await phone.PostAsync(
            capture.PairingLink, new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["s"] = secret, ["name"] = "Test phone" }));
        var after = await Built.RunOtherAsync("curl", curl);

        Assert.NotEqual(0, before.ExitCode);
        Assert.Contains("403", before.Error, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, paired.StatusCode);
        Assert.Equal("hello", after.Output);
    }

    [Fact]
    public async Task PrivateDestination_IsRefusedUnlessAllowed()
    {
        using var lab = new Laboratory();
        await using var server = await WebServer.StartAsync("127.0.24.5", c => c.Response.WriteAsync("must not be reached"));
        await using var capture = await CaptureProcess.StartAsync(lab, ["--accept-devices", "all", "--resolve", "inside.example:127.0.24.5"], "policy");

        var curl = await Built.RunOtherAsync(
            "curl", "-sS", "-i", "--proxy", $"http://{capture.Proxy}", $"http://inside.example:{server.Endpoint.Port}/");

        Assert.Contains("TrafficAudit-Failure: policy_denied", curl.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("must not be reached", curl.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReviewPage_IsBehindItsTokenAndOutOfTheProxysReach()
    {
        using var lab = new Laboratory();
        await using var capture = await CaptureProcess.StartAsync(lab, "review");
        var address = capture.Review.GetLeftPart(UriPartial.Authority);
        using var browser = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        using var without = await browser.GetAsync(address);
        using var with = await browser.GetAsync(capture.Review);
        var proxied = await Built.RunOtherAsync("curl", "-sS", "-i", "--proxy", $"http://{capture.Proxy}", capture.Review.AbsoluteUri);

        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal(HttpStatusCode.OK, with.StatusCode);
        Assert.Contains("policy_denied", proxied.Output, StringComparison.Ordinal);
    }
}
