using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using TrafficAudit.EndToEnd.Tests.Running;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>Setting phones up with the built program: Chromium and curl are the phones.</summary>
public sealed class SetupTests
{
    [Fact]
    public async Task Checklist_PassesInChromiumThatTrustsTheAuthority_AndFailsInOneThatDoesNot()
    {
        if (!Browser.IsThere)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") is "true", "Chromium is not installed (apt-get install chromium)");
        }

        using var lab = new Laboratory();
        await using var capture = await StartAsync(lab, "checks", "127.0.33.20:0");

        var stranger = await CheckAsync(capture, $"http://{capture.Proxy}/", []);
        var trusting = await CheckAsync(capture, $"http://{capture.Proxy}/", [$"--ignore-certificate-errors-spki-list={await KeyOfAsync(capture)}"]);
        var byName = await CheckAsync(capture, "http://audit.test/", [$"--ignore-certificate-errors-spki-list={await KeyOfAsync(capture)}"]);

        Assert.Equal(["proxy_reached passed", "ca_trusted failed", "http2 waiting", "web_socket waiting", "ca_fingerprint waiting"], stranger);
        string[] all = ["proxy_reached passed", "ca_trusted passed", "http2 passed", "web_socket passed", "ca_fingerprint passed"];
        Assert.Equal(all, trusting);
        Assert.Equal(all, byName);
        await capture.WaitForAsync("web_socket passed");
        Assert.Equal(0, await capture.StopAsync());
    }

    [Fact]
    public async Task Curl_GetsTheProfileAndTheAutomaticConfiguration()
    {
        using var lab = new Laboratory();
        await using var capture = await StartAsync(lab, "files", "127.0.33.21:0");

        var profile = await Built.RunOtherAsync("curl", "-sS", "--fail", "-G", "--data-urlencode", "ssid=</string> 시험실", $"http://{capture.Proxy}/ios.mobileconfig");
        var pac = await Built.RunOtherAsync("curl", "-sS", "--fail", "-i", $"http://{capture.Proxy}/proxy.pac");
        var tooLong = await Built.RunOtherAsync("curl", "-sS", "-o", lab.PathOf("none"), "-w", "%{http_code}", $"http://{capture.Proxy}/ios.mobileconfig?ssid={new string('x', 33)}");

        var xml = new XmlDocument { XmlResolver = null };
        xml.LoadXml(Regex.Replace(profile.Output, "<!DOCTYPE[^>]*>", "", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Equal("</string> 시험실", xml.SelectSingleNode("//string[preceding-sibling::key[1]='SSID_STR']")!.InnerText);
        Assert.Equal(capture.Proxy.Split(':')[0], xml.SelectSingleNode("//string[preceding-sibling::key[1]='ProxyServer']")!.InnerText);
        Assert.Contains("Content-Type: application/x-ns-proxy-autoconfig", pac.Output, StringComparison.Ordinal);
        Assert.Contains($"PROXY {capture.Proxy}", pac.Output, StringComparison.Ordinal);
        Assert.Equal("400", tooLong.Output);
    }

    [Fact]
    public async Task TwoPhones_AreTwoDevicesInTwoSessions_RenamedAndBlockedByCommand()
    {
        using var lab = new Laboratory();
        await using var server = await WebServer.StartAsync("127.0.24.33", c => c.Response.WriteAsync("hello"));
        await using var capture = await StartAsync(
            lab, "two", "127.0.33.22:0", "--allow-private-destinations", "--resolve", "www.two-kr.example:127.0.24.33");
        var url = $"http://www.two-kr.example:{server.Endpoint.Port}/";
        await PairAsync(capture.PairingLink!, "one", "127.0.33.2");
        var next = await capture.WaitForAsync("Pair   ", after: 1);
        await PairAsync(new Uri(next.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]), "two", "127.0.33.3");

        Assert.Equal("hello", await GetAsync(capture, url, "127.0.33.2"));
        Assert.Equal(0, (await Built.RunAsync(lab, "phase", "consented", "--case", "two", "--device", "two")).ExitCode);
        Assert.Equal("hello", await GetAsync(capture, url, "127.0.33.3"));
        await capture.WaitForAsync("#2 ");
        var devices = await DevicesAsync(lab);
        var rename = await Built.RunAsync(lab, "devices", "rename", "one", "first phone");
        var block = await Built.RunAsync(lab, "devices", "block", devices[0].GetProperty("id").GetString()!);
        var refused = await GetAsync(capture, url, "127.0.33.2");
        var wrong = await Built.RunAsync(lab, "devices", "block", "nobody");
        Assert.Equal(0, await capture.StopAsync());
        var later = await DevicesAsync(lab);
        var unblock = await Built.RunAsync(lab, "devices", "unblock", "first phone");

        Assert.Equal(["one", "two"], devices.Select(d => d.GetProperty("name").GetString()));
        Assert.Equal([1L, 1L], devices.Select(d => d.GetProperty("flows").GetInt64()));
        Assert.Equal(2, devices.Select(d => d.GetProperty("session").GetString()).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal([null, "consented"], devices.Select(d => d.GetProperty("phase").GetString()));
        Assert.Equal((0, 0, 0, 2), (rename.ExitCode, block.ExitCode, unblock.ExitCode, wrong.ExitCode));
        Assert.Contains("There is no device nobody", wrong.Error, StringComparison.Ordinal);
        Assert.Contains("was blocked", refused, StringComparison.Ordinal);
        Assert.Equal(("first phone", true), (later[0].GetProperty("name").GetString(), later[0].GetProperty("blocked").GetBoolean()));
        Assert.False((await DevicesAsync(lab))[0].GetProperty("blocked").GetBoolean());
        Assert.Equal(
            ["device_paired", "session_started", "device_paired", "session_started", "phase", "device_renamed", "device_blocked", "session_stopped", "session_stopped"],
            await JournalAsync(lab, "two"));
    }

    private static Task<CaptureProcess> StartAsync(Laboratory lab, string caseName, string listen, params IEnumerable<string> more) => CaptureProcess.StartAsync(
        lab,
        ["capture", "--case", caseName, "--listen", listen, "--review", "127.0.0.1:0", .. more],
        new Dictionary<string, string>(StringComparer.Ordinal));

    private static async Task<List<string>> CheckAsync(CaptureProcess capture, string page, IEnumerable<string> arguments)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--proxy-server=http://" + capture.Proxy, "--proxy-bypass-list=<-loopback>", .. arguments,
            ],
        });
        var tab = await browser.NewPageAsync();
        await tab.GotoAsync(page);
        var undecided = tab.Locator("section [data-check]:not([data-state=passed], [data-state=failed], [data-state=waiting])");
        await Assertions.Expect(undecided).ToHaveCountAsync(0, new LocatorAssertionsToHaveCountOptions { Timeout = 30_000 });
        if (Environment.GetEnvironmentVariable("TRAFFICAUDIT_PICTURES") is { } folder)
        {
            await tab.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"setup-{Guid.NewGuid():N}.png"), FullPage = true });
        }

        // By attributes alone: the page's policy lets no test evaluate a script in it, either.
        var states = new List<string>();
        foreach (var check in await tab.Locator("section [data-check]").AllAsync())
        {
            states.Add($"{await check.GetAttributeAsync("data-check")} {await check.GetAttributeAsync("data-state")}");
        }

        return states;
    }

    /// <summary>The key of the certificates that the proxy shows, as Chromium wants it to trust it.</summary>
    private static async Task<string> KeyOfAsync(CaptureProcess capture)
    {
        var key = "";
        using var client = new HttpClient(new SocketsHttpHandler
        {
            Proxy = new WebProxy($"http://{capture.Proxy}"),
            SslOptions =
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    key = Convert.ToBase64String(SHA256.HashData(((X509Certificate2)certificate!).PublicKey.ExportSubjectPublicKeyInfo()));
                    return true;
                },
            },
        });
        await client.GetStringAsync("https://audit.test/style.css");
        return key;
    }

    private static async Task PairAsync(Uri link, string name, string from)
    {
        var curl = await Built.RunOtherAsync(
            "curl", "-sS", "--interface", from, "-o", "/dev/null", "-w", "%{http_code}", "--data-urlencode", $"s={link.Query[3..]}", "--data-urlencode", $"name={name}", $"http://{link.Authority}/pair");
        Assert.Equal("303", curl.Output);
    }

    private static async Task<string> GetAsync(CaptureProcess capture, string url, string from) =>
        (await Built.RunOtherAsync("curl", "-sS", "--interface", from, "--proxy", $"http://{capture.Proxy}", url)).Output;

    private static async Task<List<JsonElement>> DevicesAsync(Laboratory lab)
    {
        var outcome = await Built.RunAsync(lab, "devices", "--format", "json");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        using var json = JsonDocument.Parse(outcome.Output);
        return [.. json.RootElement.EnumerateArray().Select(d => d.Clone())];
    }

    /// <summary>What the journal says of devices and sessions, in its order.</summary>
    private static async Task<List<string>> JournalAsync(Laboratory lab, string caseName)
    {
        var text = await Built.RunOtherAsync("sh", "-c", $"zcat {Path.Combine(lab.Folder, "captures", caseName)}/*.warc.gz");
        return
        [
            .. Regex.Matches(text.Output, "^TA-Journal: (?<kind>[a-z_]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5))
                .Select(m => m.Groups["kind"].Value)
                .Where(k => k.StartsWith("device_", StringComparison.Ordinal) || k.StartsWith("session_", StringComparison.Ordinal) || k == "phase"),
        ];
    }
}
