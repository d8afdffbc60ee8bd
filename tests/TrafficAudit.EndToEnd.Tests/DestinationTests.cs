using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using TrafficAudit.EndToEnd.Tests.Running;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>How a country is known, from the socket to the table.</summary>
public sealed class DestinationTests
{
    private const string Seoul = "37.57,126.98";
    private const int Connections = 8;

    [Fact]
    public async Task EdgeHeaderAndConnectTime_DecideBesideTheDatabase()
    {
        using var lab = new Laboratory();
        await using var server = await WebServer.StartAsync("127.0.23.71", context =>
        {
            // A connection for each request.
            context.Response.Headers.Connection = "close";
            if (context.Request.Path == "/edge")
            {
                context.Response.Headers.Via = "cache7.l2kr1[0,0,200-0,H], cache4.kr5[0,0]";
            }

            return context.Response.WriteAsync("hello");
        });
        await using (var capture = await CaptureProcess.StartAsync(lab, "c", "--resolve", "*.shop.example:127.0.23.71", "--lab-position", Seoul))
        {
            await SendAsync(capture, $"http://img.shop.example:{Port(server)}/edge?phone={Laboratory.Phone}");
            for (var i = 0; i < Connections; i++)
            {
                await SendAsync(capture, $"http://api.shop.example:{Port(server)}/plain?phone={Laboratory.Phone}");
            }

            await capture.WaitForAsync($"#{1 + Connections} ");
            Assert.Equal(0, await capture.StopAsync());
        }

        var transfers = await Transfers.OfAsync(lab, "c");
        var disputed = await FlowNumbers.OfAsync(lab, "c", "grade:disputed");
        Assert.NotEmpty(disputed);
        var plain = await Built.RunAsync(lab, "show", "--case", "c", "--flow", disputed[0].ToString(CultureInfo.InvariantCulture));
        var edge = await Built.RunAsync(lab, "show", "--case", "c", "--flow", "1");
        var journal = await Built.RunOtherAsync("sh", "-c", $"zcat {lab.PathOf("captures/c/evidence-00001.warc.gz")} | grep -a '\"grade\"'");

        // The database says US; a connection within a millisecond says that it is nowhere near. On a machine that is busy some take longer, and say nothing.
        Assert.StartsWith("phone api.shop.example US ", transfers[0], StringComparison.Ordinal);
        Assert.Equal("phone img.shop.example KR edge", transfers[1]);
        Assert.Contains("so not in US", plain.Output, StringComparison.Ordinal);
        Assert.Contains("edge header", edge.Output, StringComparison.Ordinal);
        Assert.Contains("Alibaba Cloud CDN", edge.Output, StringComparison.Ordinal);
        Assert.Contains("\"source\":\"edge_header\"", journal.Output, StringComparison.Ordinal);
        Assert.Contains("\"source\":\"round_trip\"", journal.Output, StringComparison.Ordinal);
        Assert.Contains("\"host\":\"img.shop.example\"", journal.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddressThatAFileDoesNotSay_IsUnknownUnlessItIsResolvedNow()
    {
        using var lab = new Laboratory();
        await File.WriteAllTextAsync(lab.PathOf("a.har"), Har("api.shop.example"), TestContext.Current.CancellationToken);

        var plain = await Built.RunAsync(lab, "import", "a.har", "--case", "plain", "--persona", lab.Persona);
        var later = await Built.RunAsync(lab, "import", "a.har", "--case", "later", "--persona", lab.Persona, "--resolve-now", "--resolve", "*.shop.example:127.0.24.9");
        Assert.Equal((0, 0), (plain.ExitCode, later.ExitCode));

        Assert.Equal(["phone api.shop.example  unknown"], await Transfers.OfAsync(lab, "plain"));
        Assert.Equal(["phone api.shop.example KR located"], await Transfers.OfAsync(lab, "later"));
        using var rows = JsonDocument.Parse((await Built.RunAsync(lab, "transfers", "--case", "later", "--format", "json")).Output);
        Assert.True(rows.RootElement[0].GetProperty("resolved_later").GetBoolean());
        Assert.Equal("domestic", rows.RootElement[0].GetProperty("standing").GetString());
        var table = await Built.RunAsync(lab, "transfers", "--case", "later");
        var unknown = await Built.RunAsync(lab, "transfers", "--case", "plain");
        var shown = await Built.RunAsync(lab, "show", "--case", "later", "--flow", "1");
        Assert.Contains("located, resolved later", table.Output, StringComparison.Ordinal);
        Assert.Contains("where 1 of them went is not known", unknown.Output, StringComparison.Ordinal);
        Assert.Contains("looked up at import", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standing_IsByTheProfileAskedFor()
    {
        using var lab = new Laboratory();
        await File.WriteAllTextAsync(lab.PathOf("a.har"), Har("api.shop.example"), TestContext.Current.CancellationToken);
        await Built.RunAsync(lab, "import", "a.har", "--case", "c", "--persona", lab.Persona, "--resolve-now", "--resolve", "*.shop.example:127.0.21.9");

        var own = await Built.RunAsync(lab, "transfers", "--case", "c", "--format", "json");
        var other = await Built.RunAsync(lab, "transfers", "--case", "c", "--format", "json", "--profile", "us");
        var none = await Built.RunAsync(lab, "transfers", "--case", "c", "--profile", "mars");

        Assert.Equal("kr other", StandingOf(own.Output));
        Assert.Equal("us of_concern", StandingOf(other.Output));
        Assert.Equal(2, none.ExitCode);
        Assert.Contains("there is no profile mars", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_AreDrawnAlsoBesideARecording()
    {
        using var lab = new Laboratory();
        await using var server = await WebServer.StartAsync("127.0.22.71", context => context.Response.WriteAsync("hello"));
        await using var capture = await CaptureProcess.StartAsync(lab, "c", "--resolve", "*.shop.example:127.0.22.71", "--lab-position", Seoul);
        await SendAsync(capture, $"http://api.shop.example:{Port(server)}/?phone={Laboratory.Phone}&email={Laboratory.Email}");
        await capture.WaitForAsync("#1 ");

        var drawn = await Built.RunAsync(lab, "transfers", "--case", "c", "--map", "map.svg", "--matrix", "matrix.svg");
        var wrong = await Built.RunAsync(lab, "transfers", "--case", "c", "--map", "no/such/folder/map.svg");
        Assert.Equal(0, await capture.StopAsync());

        Assert.Equal((0, ""), (drawn.ExitCode, drawn.Output));
        foreach (var name in new[] { "map.svg", "matrix.svg" })
        {
            Assert.Equal("svg", XDocument.Load(lab.PathOf(name)).Root!.Name.LocalName);
        }

        var map = await File.ReadAllTextAsync(lab.PathOf("map.svg"), TestContext.Current.CancellationToken);
        Assert.Contains("SG", map, StringComparison.Ordinal);
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("no/such/folder/map.svg can't be written", wrong.Error, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(lab.PathOf("map.svg")));
        }
    }

    [Theory]
    [InlineData("seoul")]
    [InlineData("91,0")]
    [InlineData("37.57")]
    [InlineData("37,57,126,98")]
    public async Task PositionThatIsNone_IsSaidInOneLine(string position)
    {
        using var lab = new Laboratory();

        var outcome = await Built.RunAsync(lab, "capture", "--lab-position", position);

        Assert.Equal(2, outcome.ExitCode);
        Assert.Equal($"trafficaudit: --lab-position {position}: write degrees north and east as 37.57,126.98 (south and west are negative)", outcome.Error.Trim());
    }

    private static string StandingOf(string transfers)
    {
        using var rows = JsonDocument.Parse(transfers);
        return $"{rows.RootElement[0].GetProperty("profile").GetString()} {rows.RootElement[0].GetProperty("standing").GetString()}";
    }

    private static string Port(WebServer server) => server.Endpoint.Port.ToString(CultureInfo.InvariantCulture);

    private static async Task SendAsync(CaptureProcess capture, string url)
    {
        using var client = new HttpClient(new SocketsHttpHandler { Proxy = new WebProxy($"http://{capture.Proxy}") });
        await client.GetStringAsync(url, TestContext.Current.CancellationToken);
    }

    private static string Har(string host) => JsonSerializer.Serialize(new
    {
        log = new
        {
            version = "1.2",
            creator = new { name = "test", version = "1" },
            entries = new[]
            {
                new
                {
                    startedDateTime = "2026-11-01T00:00:00.000Z",
                    time = 10,
                    request = new
                    {
                        method = "GET", url = $"https://{host}/?phone={Laboratory.Phone}", httpVersion = "HTTP/1.1", headers = Array.Empty<object>(),
                        queryString = Array.Empty<object>(), cookies = Array.Empty<object>(), headersSize = -1, bodySize = 0,
                    },
                    response = new
                    {
                        status = 200, statusText = "OK", httpVersion = "HTTP/1.1", headers = Array.Empty<object>(), cookies = Array.Empty<object>(),
                        content = new { size = 0, mimeType = "text/plain", text = "" }, redirectURL = "", headersSize = -1, bodySize = 0,
                    },
                    cache = new { },
                    timings = new { send = 1, wait = 1, receive = 1 },
                },
            },
        },
    });
}
