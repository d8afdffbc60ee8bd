using Microsoft.AspNetCore.Http;
using TrafficAudit.EndToEnd.Tests.Running;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>What is decrypted and what is not, by the options of the built program.</summary>
public sealed class InterceptionTests
{
    [Fact]
    public async Task TlsKeys_AreWrittenForBothSidesOnlyWhenAskedFor()
    {
        using var lab = new Laboratory();
        await using var server = await WebServer.StartAsync("127.0.21.8", c => c.Response.WriteAsync("x"), lab.Servers.Issue(["keys.shop-cn.example"]));
        var keys = lab.PathOf("keys.log");
        string[] options = ["--resolve", "keys.shop-cn.example:127.0.21.8"];
        await using (var capture = await StartAsync(lab, "with", keys, [.. options, "--tls-keys", keys]))
        {
            await CurlAsync(capture, $"https://keys.shop-cn.example:{server.Endpoint.Port}/", "--cacert", capture.Authority);
            Assert.Contains("keys of every TLS session", await capture.WaitForAsync("TLS keys"), StringComparison.Ordinal);
            await capture.StopAsync();
        }

        var lines = await File.ReadAllLinesAsync(keys);
        Assert.Equal(2, lines.Where(l => l.StartsWith("CLIENT_TRAFFIC_SECRET_0 ", StringComparison.Ordinal)).Select(l => l.Split(' ')[1]).Distinct().Count());
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(keys) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));

        // The variable alone does nothing.
        File.Delete(keys);
        await using (var capture = await StartAsync(lab, "without", keys, options))
        {
            await CurlAsync(capture, $"https://keys.shop-cn.example:{server.Endpoint.Port}/", "--cacert", capture.Authority);
            await capture.StopAsync();
        }

        Assert.False(File.Exists(keys));
    }

    [Fact]
    public async Task SocksClient_AndBypassedHost_AreWhatTheyAre()
    {
        using var lab = new Laboratory();
        await using var server = await WebServer.StartAsync(
            "127.0.22.8", c => c.Response.WriteAsync("x"), lab.Servers.Issue(["a.shop-sg.example", "b.shop-sg.example"]));
        await using var capture = await CaptureProcess.StartAsync(lab, "socks", "--resolve", "*.shop-sg.example:127.0.22.8", "--bypass", "b.shop-sg.example");
        var socks = $"socks5h://{capture.Proxy}";

        await CurlAsync(capture, $"https://a.shop-sg.example:{server.Endpoint.Port}/", "--cacert", capture.Authority, "--proxy", socks, "--http2");
        await CurlAsync(capture, $"https://b.shop-sg.example:{server.Endpoint.Port}/", "--cacert", lab.ServersCa, "--proxy", socks);
        await capture.WaitForAsync("#2 ");
        await capture.StopAsync();

        var read = await Built.RunAsync(lab, "show", "--case", "socks", "--flow", "1");
        Assert.Contains("socks5, connection 1", read.Output, StringComparison.Ordinal);
        Assert.Contains("JA4 t13d", read.Output, StringComparison.Ordinal);
        var relayed = await Built.RunAsync(lab, "show", "--case", "socks", "--flow", "2");
        Assert.Contains("bypassed: ", relayed.Output, StringComparison.Ordinal);
        Assert.Contains("tls://b.shop-sg.example", relayed.Output, StringComparison.Ordinal);
    }

    /// <summary>curl that trusts the server's authority alone is an app that pins its certificate.</summary>
    [Fact]
    public async Task PinnedApp_IsRefusedOnceAndThenRelayed_OnAPhoneThatHasPassedTheCheck()
    {
        using var lab = new Laboratory();
        await using var server = await WebServer.StartAsync("127.0.23.8", c => c.Response.WriteAsync("x"), lab.Servers.Issue(["pinned.shop-us.example"]));
        await using var capture = await CaptureProcess.StartAsync(lab, "pinned", "--resolve", "pinned.shop-us.example:127.0.23.8");
        var url = $"https://pinned.shop-us.example:{server.Endpoint.Port}/";
        string[] pinned = ["-s", "--max-time", "60", "--proxy", $"http://{capture.Proxy}", "--cacert", lab.ServersCa, url];

        Assert.Equal(60, (await Built.RunOtherAsync("curl", pinned)).ExitCode);
        Assert.Equal(60, (await Built.RunOtherAsync("curl", pinned)).ExitCode);
        var probe = await Built.RunOtherAsync(
            "curl", "-sS", "--max-time", "60", "--proxy", $"http://{capture.Proxy}", "--cacert", capture.Authority, "https://audit.test/check/probe");
        Assert.True(probe.ExitCode == 0, probe.Error);
        Assert.Equal(60, (await Built.RunOtherAsync("curl", pinned)).ExitCode);
        Assert.Contains("refuses the proxy's certificate for pinned.shop-us.example", await capture.WaitForAsync("! 127.0.0.1"), StringComparison.Ordinal);
        Assert.Equal("x", (await Built.RunOtherAsync("curl", pinned)).Output);

        await capture.WaitForAsync("#4 ");
        await capture.StopAsync();
        var coverage = await Built.RunAsync(lab, "coverage", "--case", "pinned");
        Assert.Contains("3 client_rejected_certificate, 1 exempted", coverage.Output, StringComparison.Ordinal);
        var journal = await Built.RunOtherAsync("sh", "-c", $"gzip -dc {lab.Folder}/captures/pinned/evidence-00001.warc.gz | grep -c '^TA-Journal: exemption'");
        Assert.Equal("1", journal.Output.Trim());
    }

    [Theory]
    [InlineData("--bypass", "a b", "'a b' is no host pattern")]
    [InlineData("--upstream-proxy", "ftp://me:hidden@x", "--upstream-proxy: write it as")]
    [InlineData("--tls-keys", "no/such/folder/keys", "can't be written")]
    public async Task OptionThatCantBeUsed_IsOneClearLine(string option, string value, string expected)
    {
        using var lab = new Laboratory();

        var outcome = await Built.RunAsync(lab, "capture", "--listen", "127.0.0.1:0", option, value);

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("wlan0; reboot", "8080")]
    [InlineData("", "8080")]
    [InlineData("wlan0", "0")]
    public async Task FirewallRules_AreNotMadeOfAnything(string link, string port)
    {
        using var lab = new Laboratory();

        var outcome = await Built.RunAsync(lab, "firewall", "--interface", link, "--port", port);

        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Output));
    }

    private static Task<CaptureProcess> StartAsync(Laboratory lab, string caseName, string keys, IEnumerable<string> options) => CaptureProcess.StartAsync(
        lab,
        [
            "capture", "--case", caseName, "--listen", "127.0.0.1:0", "--review", "127.0.0.1:0", "--upstream-ca", lab.ServersCa, "--accept-devices", "all",
            "--allow-private-destinations", .. options,
        ],
        new Dictionary<string, string>(StringComparer.Ordinal) { ["SSLKEYLOGFILE"] = keys });

    private static async Task CurlAsync(CaptureProcess capture, string url, params IEnumerable<string> options)
    {
        var outcome = await Built.RunOtherAsync("curl", ["-sS", "--max-time", "60", "--proxy", $"http://{capture.Proxy}", .. options, url]);
        Assert.True(outcome.Output == "x", $"{url}: {outcome.Output} {outcome.Error}");
    }
}
