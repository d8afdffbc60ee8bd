using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TrafficAudit.EndToEnd.Tests.Running;
using TrafficAudit.Testing.Har;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>Identifiers that nobody declared, found by comparing invented devices with the built program.</summary>
public sealed class CorrelationTests
{
    private const string Sdk = "https://log.sdk-kr.example/v1/events";

    [Fact]
    public async Task ImportsOfTwoDevices_ShowWhatStaysOnEach()
    {
        using var lab = new Laboratory();
        for (var session = 1; session <= 3; session++)
        {
            foreach (var device in new[] { "A", "B" })
            {
                var import = await ImportAsync(lab, "two", device, session);
                Assert.True(import.ExitCode == 0, import.Error);
            }
        }

        var found = await FindingsAsync(lab, "two");
        var correlate = await JsonAsync(lab, "correlate", "--case", "two", "--format", "json");
        var table = await Built.RunAsync(lab, "correlate", "--case", "two");
        var transfers = await Transfers.OfAsync(lab, "two");

        Assert.Equal(
            ["certain vendor_device_id x1 18", "likely install_id x2 18"],
            found.GroupBy(f => f).Select(g => $"{g.Key} {g.Count()}").Order(StringComparer.Ordinal));
        Assert.Equal(["vendor_device_id x1", "install_id x2"], Places(correlate, "identifiers"));
        Assert.Equal([" adid", " x4"], Places(correlate, "app_constants"));
        Assert.Equal(["vendor_device_id model"], Places(correlate, "near_misses"));
        Assert.Equal("short", correlate.GetProperty("near_misses")[0].GetProperty("lacking")[0].GetString());
        var identifier = correlate.GetProperty("identifiers")[0];
        Assert.Equal("gaid", identifier.GetProperty("links")[0].GetProperty("item").GetString());
        Assert.Equal(["Phone A", "Phone B"], identifier.GetProperty("values").EnumerateArray().Select(v => v.GetProperty("device_name").GetString()));
        Assert.Contains("Phone A in 3 sessions, over a re-install", identifier.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Value("x1", "A", 1, 0), correlate.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("Compared 2 devices over 6 sessions: 2 identifiers that nobody declared", table.Output, StringComparison.Ordinal);
        Assert.Contains(transfers, t => t.Contains("vendor_device_id", StringComparison.Ordinal));

        // Everything can be thrown away and comes again.
        Assert.Equal(0, (await Built.RunAsync(lab, "analyze", "--case", "two")).ExitCode);
        Assert.Equal(found, await FindingsAsync(lab, "two"));
        Directory.Delete(Path.Combine(lab.Folder, "captures", "two", "index"), recursive: true);
        Assert.Equal(found, await FindingsAsync(lab, "two"));
    }

    [Fact]
    public async Task ErasedDevice_TakesItsComparisonWithIt()
    {
        using var lab = new Laboratory();
        for (var session = 1; session <= 3; session++)
        {
            await ImportAsync(lab, "erased", "A", session);
            await ImportAsync(lab, "erased", "B", session);
        }

        var erase = await Built.RunAsync(lab, "erase", "--case", "erased", "--filter", "device:\"Phone B\"", "--reason", "a test", "--yes");

        Assert.True(erase.ExitCode == 0, erase.Error);
        Assert.Empty(await FindingsAsync(lab, "erased"));
        var correlate = await JsonAsync(lab, "correlate", "--case", "erased", "--format", "json");
        Assert.Equal(["vendor_device_id model", "vendor_device_id x1", "install_id x2", "vendor_device_id x4"], Places(correlate, "near_misses"));
        Assert.Contains("one_device", correlate.GetProperty("near_misses")[1].GetProperty("lacking").EnumerateArray().Select(l => l.GetString()));
        Assert.DoesNotContain("Phone B", correlate.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneRecording_HasNothingToCompare()
    {
        using var lab = new Laboratory();
        var import = await ImportAsync(lab, "one", "A", 1);

        var correlate = await Built.RunAsync(lab, "correlate", "--case", "one");

        Assert.DoesNotContain("Compared", import.Error, StringComparison.Ordinal);
        Assert.Contains("Nothing to compare: 1 device, none of them in more than one session. Record each of two devices twice", correlate.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoPhonesRecordedTwice_AreComparedBesideTheRecordingAndAtItsEnd()
    {
        using var lab = new Laboratory();
        await using var server = await WebServer.StartAsync("127.0.79.1", c => c.Response.WriteAsync("ok"));
        var url = $"http://log.sdk-kr.example:{server.Endpoint.Port}/v1/events";
        string[] options = ["--allow-private-destinations", "--resolve", "log.sdk-kr.example:127.0.79.1", "--app-version", "5.1"];
        await using (var first = await StartAsync(lab, options))
        {
            await PairAsync(first.PairingLink!, "A", "127.0.79.2");
            var next = await first.WaitForAsync("Pair   ", after: 1);
            await PairAsync(new Uri(next.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]), "B", "127.0.79.3");
            await SendAsync(first, url, session: 1);
            Assert.Equal(0, await first.StopAsync());
            Assert.DoesNotContain("Compared", first.Terminal, StringComparison.Ordinal);
        }

        await using var second = await StartAsync(lab, [.. options, "--scenario", "reinstall"]);
        await SendAsync(second, url, session: 2);
        await second.WaitForAsync("#8 ");
        var beside = await JsonAsync(lab, "correlate", "--case", "phones", "--format", "json");
        Assert.Equal(0, await second.StopAsync());

        Assert.Equal(["vendor_device_id x1"], Places(beside, "identifiers"));
        Assert.Contains("Compared 2 devices over 4 sessions: 1 identifier that nobody declared", second.Terminal, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Repeat("certain vendor_device_id x1", 8), await FindingsAsync(lab, "phones"));
    }

    /// <summary>x1 stays on the device, x2 on the installation, x3 for one request, x4 everywhere, x5 tells the time.</summary>
    private static string Body(string device, int session, int i) => $$"""
        {"x1":"{{Value("x1", device, session, i)}}","x2":"{{Value("x2", device, session, i)}}","x3":"{{Value("x3", device, session, i)}}","x4":"{{Value("x4", device, session, i)}}",
         "x5":{{1767323045678 + (session * 1000) + i}},"adid":"{{Laboratory.Gaid}}","model":"SM-{{device}}525F"}
        """;

    private static string Value(string name, string device, int session, int i)
    {
        var what = name switch { "x1" => device, "x2" => $"{device} {session > 2}", "x3" => $"{device} {session} {i}", _ => "" };
        return Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes($"{name} {what}")));
    }

    private static Task<Outcome> ImportAsync(Laboratory lab, string caseName, string device, int session)
    {
        // By turns: A, B, A, B …
        var har = new HarBuilder($"{device}{session}", new DateTimeOffset(2026, 1, session, device == "A" ? 9 : 10, 0, 0, TimeSpan.Zero)).Page("page", TimeSpan.Zero);
        for (var i = 0; i < 3; i++)
        {
            har.Add(new HarExchange("POST", Sdk, "127.0.24.9") { RequestBody = ("application/json", Body(device, session, i)) });
        }

        var file = lab.PathOf($"{caseName}-{device}{session}.har");
        File.WriteAllBytes(file, har.ToBytes());
        return Built.RunAsync(
            lab, "import", file, "--case", caseName, "--persona", lab.Persona, "--device", $"Phone {device}", "--app-version", "5.1",
            "--scenario", session == 3 ? "reinstall" : "browse");
    }

    /// <summary>The counted findings of the detector, in order: confidence, item, path.</summary>
    private static async Task<List<string>> FindingsAsync(Laboratory lab, string caseName)
    {
        var all = await JsonAsync(lab, "findings", "--case", caseName, "--filter", "detector:correlation", "--format", "json");
        return [.. all.EnumerateArray().Select(f => $"{f.GetProperty("confidence")} {f.GetProperty("item")} {f.GetProperty("location").GetProperty("path")}")];
    }

    private static IEnumerable<string> Places(JsonElement report, string list) =>
        report.GetProperty(list).EnumerateArray().Select(p => $"{p.GetProperty("item")} {p.GetProperty("place").GetProperty("path")}");

    private static async Task<JsonElement> JsonAsync(Laboratory lab, params string[] arguments)
    {
        var outcome = await Built.RunAsync(lab, arguments);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        using var json = JsonDocument.Parse(outcome.Output);
        return json.RootElement.Clone();
    }

    private static Task<CaptureProcess> StartAsync(Laboratory lab, IEnumerable<string> options) => CaptureProcess.StartAsync(
        lab,
        ["capture", "--case", "phones", "--listen", "127.0.79.22:0", "--review", "127.0.0.1:0", "--persona", lab.Persona, .. options],
        new Dictionary<string, string>(StringComparer.Ordinal));

    private static async Task PairAsync(Uri link, string name, string from)
    {
        var curl = await Built.RunOtherAsync(
            "curl", "-sS", "--interface", from, "-o", "/dev/null", "-w", "%{http_code}", "--data-urlencode", $"s={link.Query[3..]}", "--data-urlencode", $"name={name}", $"http://{link.Authority}/pair");
        Assert.Equal("303", curl.Output);
    }

    private static async Task SendAsync(CaptureProcess capture, string url, int session)
    {
        for (var i = 0; i < 2; i++)
        {
            foreach (var (device, from) in new[] { ("A", "127.0.79.2"), ("B", "127.0.79.3") })
            {
                var curl = await Built.RunOtherAsync(
                    "curl", "-sS", "--interface", from, "--proxy", $"http://{capture.Proxy}", "-H", "Content-Type: application/json",
                    "-d", $$"""{"x1":"{{Value("x1", device, session, i)}}","x3":"{{Value("x3", device, session, i)}}","x4":"{{Value("x4", device, session, i)}}"}""", url);
                Assert.Equal("ok", curl.Output);
            }
        }
    }
}
