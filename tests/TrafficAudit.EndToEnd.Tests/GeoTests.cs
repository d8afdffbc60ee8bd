using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TrafficAudit.EndToEnd.Tests.Running;
using TrafficAudit.Testing.Mmdb;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>The commands about countries and companies, and databases that change while a recording runs.</summary>
public sealed class GeoTests
{
    [Fact]
    public async Task Status_SaysHowOldEachDatabaseIsAndWhatToDo()
    {
        using var lab = new Laboratory();

        var outcome = await Built.RunAsync(lab, "geo", "status", "--format", "json");
        var text = await Built.RunAsync(lab, "geo", "status");

        using var json = JsonDocument.Parse(outcome.Output);
        var row = json.RootElement.EnumerateArray().Single(r => r.GetProperty("name").GetString() == "lab.mmdb");
        var age = (int)(TimeProvider.System.GetUtcNow() - new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)).TotalDays;
        Assert.Equal(age, row.GetProperty("age_days").GetInt32());
        Assert.True(row.GetProperty("outdated").GetBoolean());
        Assert.Equal(64, row.GetProperty("sha256").GetString()!.Length);
        Assert.Contains($"! lab.mmdb is {age.ToString(CultureInfo.InvariantCulture)} days old", text.Error, StringComparison.Ordinal);
        Assert.Contains("geo update", text.Error, StringComparison.Ordinal);
        Assert.Contains("IP Geolocation by DB-IP https://db-ip.com", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_TakesAFileThatWasFetchedElsewhere()
    {
        using var lab = new Laboratory();
        await using (var file = File.Create(lab.PathOf("GeoLite2-City_20260101.tar.gz")))
        await using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
        await using (var tar = new TarWriter(gzip))
        {
            var database = MmdbWriter.City("GeoLite2-City", ("127.0.21.0/24", "JP")).ToArray();
            await tar.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.RegularFile, "GeoLite2-City_20260101/GeoLite2-City.mmdb") { DataStream = new MemoryStream(database) }, TestContext.Current.CancellationToken);
        }

        var update = await Built.RunAsync(lab, "geo", "update", "--from", "GeoLite2-City_20260101.tar.gz");
        var lookup = await Built.RunAsync(lab, "geo", "lookup", "127.0.21.1");
        var wrong = await Built.RunAsync(lab, "geo", "update", "--from", "persona.json");

        Assert.True(update.ExitCode == 0, update.Error);
        Assert.StartsWith("127.0.21.1  JP (disputed)", lookup.Output, StringComparison.Ordinal);
        Assert.Equal(2, wrong.ExitCode);
        Assert.StartsWith("trafficaudit: persona.json", wrong.Error, StringComparison.Ordinal);
        Assert.Single(wrong.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Update_GoesThroughTheProxyOfTheEnvironment()
    {
        using var lab = new Laboratory();
        var asked = new List<string>();
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(MmdbWriter.Country("DBIP-Country-Lite", ("127.0.21.0/24", "JP")).ToArray(), TestContext.Current.CancellationToken);
        }

        await using var proxy = await WebServer.StartAsync("127.0.92.1", async context =>
        {
            asked.Add($"{context.Request.Host}{context.Request.Path}");
            await context.Response.Body.WriteAsync(packed.ToArray());
        });

        var outcome = await Built.RunOtherAsync(
            "env", $"http_proxy=http://{proxy.Endpoint}", "dotnet", Built.Program, "geo", "update", "--edition", "country", "--source-address", "http://mirror.example/", "--geo-data", lab.GeoData);

        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.StartsWith("mirror.example/free/dbip-country-lite-", Assert.Single(asked), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(lab.GeoData, "dbip-country.mmdb")));
    }

    [Fact]
    public async Task Update_WantsAccountAndKeyTogetherAndSaysNoKey()
    {
        using var lab = new Laboratory();
        await File.WriteAllTextAsync(lab.PathOf("key"), "s3cret-key\n", TestContext.Current.CancellationToken);

        var alone = await Built.RunAsync(lab, "geo", "update", "--account-id", "12345");
        var unreachable = await Built.RunAsync(
            lab, "geo", "update", "--account-id", "12345", "--licence-key-file", "key", "--source-address", "http://127.0.92.9:9/");

        Assert.Equal((2, 2), (alone.ExitCode, unreachable.ExitCode));
        Assert.Contains("--licence-key-file", alone.Error, StringComparison.Ordinal);
        Assert.Contains("127.0.92.9 can't be reached", unreachable.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret-key", unreachable.Error + unreachable.Output, StringComparison.Ordinal);
        Assert.Equal(["lab.mmdb"], Directory.GetFileSystemEntries(lab.GeoData).Select(Path.GetFileName));
    }

    [Fact]
    public async Task DatabaseThatIsReplacedWhileRecording_LocatesFromThenOn()
    {
        using var lab = new Laboratory();
        await using var server = await WebServer.StartAsync("127.0.21.92", context => context.Response.WriteAsync("hello"));
        await using var capture = await CaptureProcess.StartAsync(lab, "c");
        await GetAsync(capture, $"http://{server.Endpoint}/1");
        await capture.WaitForAsync("#1 ");

        await File.WriteAllTextAsync(Path.Combine(lab.GeoData, "lab.mmdb"), "no database", TestContext.Current.CancellationToken);
        Assert.Contains("stays in use", await capture.WaitForAsync("! geo database lab.mmdb"), StringComparison.Ordinal);
        await GetAsync(capture, $"http://{server.Endpoint}/2");
        await capture.WaitForAsync("#2 ");

        MmdbWriter.Flat(("127.0.21.0/24", "JP")).Write(Path.Combine(lab.GeoData, "lab.mmdb"));
        await capture.WaitForAsync("Databases ");
        await GetAsync(capture, $"http://{server.Endpoint}/3");
        await capture.WaitForAsync("#3 ");
        var countries = await Built.RunAsync(lab, "flows", "--case", "c", "--format", "ndjson");
        Assert.Equal(0, await capture.StopAsync());

        Assert.Equal(["CN", "CN", "JP"], countries.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Field(line, "country")).Order(StringComparer.Ordinal));
        var journal = await Built.RunOtherAsync("sh", "-c", $"zcat {lab.PathOf("captures/c/evidence-00001.warc.gz")} | grep -ac databases_changed");
        Assert.NotEqual("0", journal.Output.Trim());
    }

    [Fact]
    public async Task HostThatLeadsToATracker_IsItsOwnersWithTheTrackerBesideIt()
    {
        using var lab = new Laboratory();
        await using var server = await WebServer.StartAsync("127.0.21.93", context => context.Response.WriteAsync("hello"));
        await File.WriteAllTextAsync(lab.PathOf("hosts"), "127.0.21.93 shop.sc.omtrdc.net metrics.shop.example\n", TestContext.Current.CancellationToken);
        var allowed = await Built.RunOtherAsync("unshare", "-rm", "true");
        Assert.SkipWhen(allowed.ExitCode != 0, "this process may not make mount namespaces");

        // The system's resolver, which follows CNAME records, here has its names from a file of the test's own.
        var start = Built.StartInfo(lab, ["capture", "--case", "c", "--listen", "127.0.0.1:0", "--review", "127.0.0.1:0", "--accept-devices", "all", "--allow-private-destinations"]);
        await using var capture = await CaptureProcess.StartAsync(lab, InMountNamespace(start, lab.PathOf("hosts"), "/etc/hosts"));
        await GetAsync(capture, $"http://metrics.shop.example:{server.Endpoint.Port.ToString(CultureInfo.InvariantCulture)}/b/ss");
        await capture.WaitForAsync("#1 ");
        Assert.Equal(0, await capture.StopAsync());

        var flows = await Built.RunAsync(lab, "flows", "--case", "c", "--format", "ndjson");
        var shown = await Built.RunAsync(lab, "show", "--case", "c", "--flow", "1");
        Assert.Equal(("shop.example", "Adobe"), (Field(flows.Output, "recipient"), Field(flows.Output, "cloaks")));
        Assert.Contains("Adobe: the host leads there by a CNAME (shop.sc.omtrdc.net)", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TrackerInTheMiddleOfAChain_IsCloakedAndTheCarrierIsAtItsEnd()
    {
        using var lab = new Laboratory();
        await using var server = await WebServer.StartAsync("127.0.53.21", context => context.Response.WriteAsync("hello"));
        await using var names = NameServer.Start("127.0.53.22");
        names.Add("metrics.shop.example", "shop.sc.omtrdc.net", "adobe.data.edgekey.net", "127.0.53.21");
        await using var capture = await CaptureProcess.StartAsync(lab, "c", "--dns", $"{names.Endpoint}");
        await GetAsync(capture, $"http://metrics.shop.example:{server.Endpoint.Port}/b/ss");
        await capture.WaitForAsync("#1 ");
        Assert.Equal(0, await capture.StopAsync());

        await ExpectCloakedAdobeAsync(lab);
    }

    [Fact]
    public async Task ChainBesideTheSystemsResolver_IsTheSame()
    {
        using var lab = new Laboratory();
        await using var server = await WebServer.StartAsync("127.0.53.23", context => context.Response.WriteAsync("hello"));
        await File.WriteAllTextAsync(lab.PathOf("resolv.conf"), "nameserver 127.0.53.24\n", TestContext.Current.CancellationToken);
        var allowed = await Built.RunOtherAsync("unshare", "-rm", "true");
        Assert.SkipWhen(allowed.ExitCode != 0, "this process may not make mount namespaces");
        await using var names = StartOnTheStandardPort("127.0.53.24");
        names.Add("metrics.shop.example", "shop.sc.omtrdc.net", "adobe.data.edgekey.net", "127.0.53.23");

        var start = Built.StartInfo(lab, ["capture", "--case", "c", "--listen", "127.0.0.1:0", "--review", "127.0.0.1:0", "--accept-devices", "all", "--allow-private-destinations"]);
        await using var capture = await CaptureProcess.StartAsync(lab, InMountNamespace(start, lab.PathOf("resolv.conf"), "/etc/resolv.conf"));
        await GetAsync(capture, $"http://metrics.shop.example:{server.Endpoint.Port}/b/ss");
        await capture.WaitForAsync("#1 ");
        Assert.Equal(0, await capture.StopAsync());

        await ExpectCloakedAdobeAsync(lab);
    }

    [Fact]
    public async Task ImportThatResolvesNow_AsksTheNameServerToo()
    {
        using var lab = new Laboratory();
        await using var names = NameServer.Start("127.0.53.25");
        names.Add("metrics.shop.example", "shop.sc.omtrdc.net", "adobe.data.edgekey.net", "192.0.2.1");
        await File.WriteAllTextAsync(
            lab.PathOf("a.har"),
            """
            {"log":{"version":"1.2","creator":{"name":"lab","version":"1"},"entries":[{"startedDateTime":"2026-01-02T03:04:05Z","time":1,
            "request":{"method":"GET","url":"https://metrics.shop.example/b/ss","httpVersion":"HTTP/1.1","headers":[],"queryString":[],"cookies":[],"headersSize":-1,"bodySize":0},
            "response":{"status":204,"statusText":"","httpVersion":"HTTP/1.1","headers":[],"cookies":[],"content":{"size":0,"mimeType":""},"redirectURL":"","headersSize":-1,"bodySize":0},
            "cache":{},"timings":{"send":0,"wait":1,"receive":0}}]}}
            """,
            TestContext.Current.CancellationToken);

        var import = await Built.RunAsync(lab, "import", "a.har", "--case", "c", "--resolve-now", "--dns", $"{names.Endpoint}");
        var shown = await Built.RunAsync(lab, "show", "--case", "c", "--flow", "1");

        Assert.True(import.ExitCode == 0, import.Error);
        Assert.Contains("shop.sc.omtrdc.net › adobe.data.edgekey.net  192.0.2.1 (resolved_later)", shown.Output, StringComparison.Ordinal);
        Assert.Contains("Adobe: the host leads there by a CNAME (shop.sc.omtrdc.net)", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jurisdiction_SaysStandingConditionDayAndSource()
    {
        using var lab = new Laboratory();

        var countries = await Built.RunAsync(lab, "jurisdiction", "DE", "cn", "KR", "--date", "2026-11-01");
        var earlier = await Built.RunAsync(lab, "jurisdiction", "DE", "--date", "2025-01-01");
        var concern = await Built.RunAsync(lab, "jurisdiction", "--profile", "us", "HK");
        var whole = await Built.RunAsync(lab, "jurisdiction", "--profile", "eu");
        var wrong = await Built.RunAsync(lab, "jurisdiction", "UK");

        Assert.Equal("", countries.Error);
        Assert.Contains("as of 2026-11-23, for transfers on 2026-11-01", countries.Output, StringComparison.Ordinal);
        Assert.Contains("DE  recognised", countries.Output, StringComparison.Ordinal);
        Assert.Contains("not for    rrn, personal_credit_information", countries.Output, StringComparison.Ordinal);
        Assert.Contains("https://zdnet.co.kr", countries.Output, StringComparison.Ordinal);
        Assert.Contains("CN  other", countries.Output, StringComparison.Ordinal);
        Assert.Contains("KR  domestic", countries.Output, StringComparison.Ordinal);
        Assert.Contains("DE  other", earlier.Output, StringComparison.Ordinal);
        Assert.Contains("HK  of_concern", concern.Output, StringComparison.Ordinal);
        Assert.Contains("Data Privacy Framework", whole.Output, StringComparison.Ordinal);
        Assert.Equal((2, "trafficaudit: UK is no country's code: the United Kingdom is GB"), (wrong.ExitCode, wrong.Error.Trim()));
    }

    [Fact]
    public async Task Recipients_SayWhoAndByWhichBasis()
    {
        using var lab = new Laboratory();

        var outcome = await Built.RunAsync(lab, "recipients", "test", "acs.aliexpress.com", "facebook.com.evil.example", "192.0.2.1");

        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Contains("acs.aliexpress.com  AliExpress", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Alibaba.com Singapore E-Commerce Private Limited (SG)", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("group         Alibaba (CN)", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("aliexpress.com and everything under it", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("facebook.com.evil.example  evil.example", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("192.0.2.1  192.0.2.1", outcome.Output, StringComparison.Ordinal);
    }

    private static async Task ExpectCloakedAdobeAsync(Laboratory lab)
    {
        var flows = await Built.RunAsync(lab, "flows", "--case", "c", "--format", "ndjson");
        var shown = await Built.RunAsync(lab, "show", "--case", "c", "--flow", "1");
        var evidence = await Built.RunOtherAsync("sh", "-c", $"zcat {lab.PathOf("captures/c/evidence-00001.warc.gz")} | grep -a metrics.shop.example");
        Assert.Equal(
            ("shop.example", "Adobe", "Akamai"), (Field(flows.Output, "recipient"), Field(flows.Output, "cloaks"), Field(flows.Output, "carrier")));
        Assert.Contains("Adobe: the host leads there by a CNAME (shop.sc.omtrdc.net)", shown.Output, StringComparison.Ordinal);
        Assert.Contains("shop.sc.omtrdc.net › adobe.data.edgekey.net  127.0.53.2", shown.Output, StringComparison.Ordinal);
        Assert.Contains("\"canonical\":\"adobe.data.edgekey.net\",\"chain\":[\"shop.sc.omtrdc.net\",\"adobe.data.edgekey.net\"]", evidence.Output, StringComparison.Ordinal);
    }

    /// <summary>Where the system's resolver looks for it; root alone may have the port.</summary>
    private static NameServer StartOnTheStandardPort(string address)
    {
        try
        {
            return NameServer.Start(address, 53);
        }
        catch (SocketException e)
        {
            Assert.Skip($"{address}:53 can't be had: {e.SocketErrorCode}");
            throw;
        }
    }

    /// <summary>The program with a file of the test's in place of one of the system's.</summary>
    private static ProcessStartInfo InMountNamespace(ProcessStartInfo start, string file, string over)
    {
        string[] before = ["-rm", "sh", "-c", $"mount --bind \"$0\" {over} && exec \"$@\"", file, start.FileName];
        for (var i = 0; i < before.Length; i++)
        {
            start.ArgumentList.Insert(i, before[i]);
        }

        start.FileName = "unshare";
        return start;
    }

    private static async Task GetAsync(CaptureProcess capture, string url)
    {
        var outcome = await Built.RunOtherAsync("curl", "-sS", "--fail", "--noproxy", "", "-x", $"http://{capture.Proxy}", url);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
    }

    private static string? Field(string line, string name)
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}
