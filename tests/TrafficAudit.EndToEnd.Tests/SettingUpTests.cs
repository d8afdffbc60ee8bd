using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using TrafficAudit.EndToEnd.Tests.Journeys;
using TrafficAudit.EndToEnd.Tests.Running;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>Sessions, personas and the case's settings, changed while the built program records.</summary>
public sealed class SettingUpTests : IDisposable
{
    private const string Known = "shopper-88123407";

    private readonly Laboratory _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task SessionAndPersona_AreThoseOfFlowsThatBeginLater()
    {
        var (arrived, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = await WebServer.StartAsync(
            "127.0.71.1",
            async context =>
            {
                if (context.Request.Path == "/slow")
                {
                    arrived.TrySetResult();
                    await released.Task;
                }

                await context.Response.WriteAsJsonAsync(new { ok = true });
            },
            _lab.Servers.Issue(["api.shop.example"]));
        await using var capture = await CaptureProcess.StartAsync(_lab, "c", "--app", "com.shop.example", "--resolve", "api.shop.example:127.0.71.1");

        await SendAsync(capture, server, "/first");
        await capture.WaitForAsync("#1 ");
        var slow = SendAsync(capture, server, "/slow");
        await arrived.Task;
        await CallAsync(capture, "204", "POST", "personas", $$"""{"name":"second shopper","values":[{"item":"user_id","value":"{{Known}}"}]}""");
        await CallAsync(
            capture, "204", "POST", "sessions/start",
            """{"apps":["com.other.example"],"app_version":"2.0","persona":"second shopper","scenario":"<b>again</b>","phase":"before_consent"}""");
        released.SetResult();
        await slow;
        await capture.WaitForAsync("#2 ");
        await SendAsync(capture, server, "/later");
        await capture.WaitForAsync("#3 ");
        var current = await CallAsync(capture, "200", "GET", "sessions/current", "");
        await CallAsync(capture, "204", "POST", "sessions/stop", "");
        await SendAsync(capture, server, "/after");
        await capture.WaitForAsync("#4 ");

        // The slow one ended after the persona was there, and so was read with it.
        Assert.Equal("2 3 4", await NumbersAsync("item:user_id"));
        Assert.Contains("\"com.other.example\"", current, StringComparison.Ordinal);
        Assert.Equal(0, await capture.StopAsync());
        var sessions = await SessionsAsync();
        Assert.Equal([sessions[0], sessions[0], sessions[2], sessions[3]], sessions);
        Assert.Equal(3, sessions.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("3", await NumbersAsync("phase:before_consent"));
        var evidence = await EvidenceAsync();
        Assert.Matches($"\"session\":\"{sessions[0]}\".*\"apps\":\\[\"com.shop.example\"\\]", evidence);
        Assert.Matches($"\"session\":\"{sessions[2]}\".*\"apps\":\\[\"com.other.example\"\\],\"app_version\":\"2.0\".*\"persona\":\"second shopper\"", evidence);
        Assert.Matches($"\"session\":\"{sessions[3]}\".*\"apps\":\\[\\].*\"persona\":null", evidence);
        Assert.Equal(3, evidence.Split("\"kind\":\"session_stopped\"").Length - 1);
        Assert.Equal(0, (await Built.RunAsync(_lab, "verify", "--case", "c")).ExitCode);
    }

    [Fact]
    public async Task PersonaThatIsRevealed_IsInTheJournalFirst_AndNoSessionHasAnother()
    {
        await using var capture = await CaptureProcess.StartAsync(_lab, "c", "--operator", "Kim Gildong");

        var list = await CallAsync(capture, "200", "GET", "personas", "");
        var file = await CallAsync(capture, "200", "GET", "personas/file?name=test%20shopper%20%28invented%29", "");
        var unknown = await CallAsync(capture, "409", "POST", "sessions/start", """{"persona":"nobody"}""");
        var wrong = await CallAsync(capture, "409", "POST", "personas", """{"name":"x","values":[{"item":"no such","value":"v"}]}""");

        Assert.DoesNotContain(Laboratory.Phone, list, StringComparison.Ordinal);
        Assert.Contains("test shopper (invented)", list, StringComparison.Ordinal);
        Assert.Contains(Laboratory.Phone, file, StringComparison.Ordinal);
        Assert.Contains("no persona of this name", unknown, StringComparison.Ordinal);
        Assert.Contains("is no item", wrong, StringComparison.Ordinal);
        Assert.Equal(0, await capture.StopAsync());
        Assert.Matches("\"kind\":\"revealed\".*Kim Gildong.*\"view\":\"persona\",\"persona\":\"test shopper", await EvidenceAsync());
    }

    [Fact]
    public async Task FirstPartyDomains_FollowAtOnce_AndTheCaseVerifies()
    {
        await using var server = await WebServer.StartAsync(
            "127.0.71.2", context => context.Response.WriteAsJsonAsync(new { ok = true }), _lab.Servers.Issue(["api.shop.example"]));
        await using var capture = await CaptureProcess.StartAsync(_lab, "c", "--resolve", "api.shop.example:127.0.71.2");
        await SendAsync(capture, server, "/first");
        await capture.WaitForAsync("#1 ");
        Assert.Equal(0, (await Built.RunAsync(_lab, "seal", "--case", "c")).ExitCode);

        var suffix = await CallAsync(capture, "409", "PUT", "case", """{"company":null,"app_ids":[],"first_party_domains":["co.kr"],"profile":"kr"}""");
        await CallAsync(capture, "204", "PUT", "case", """{"company":"Shop","app_ids":["com.shop.example"],"first_party_domains":["*.Shop.example."],"profile":"eu"}""");

        Assert.Contains("co.kr is no domain that a company can own", suffix, StringComparison.Ordinal);
        Assert.Equal("1", await NumbersAsync("party:first"));
        Assert.Contains("\"shop.example\"", await File.ReadAllTextAsync(_lab.PathOf("captures/c/case.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(0, (await Built.RunAsync(_lab, "verify", "--case", "c")).ExitCode);
        Assert.Equal(0, await capture.StopAsync());
        Assert.Equal(0, (await Built.RunAsync(_lab, "verify", "--case", "c")).ExitCode);
        Assert.Matches("\"kind\":\"case_changed\".*\"before\":.*\"after\":.*\"first_party_domains\":\\[\"shop.example\"\\]", await EvidenceAsync());
    }

    [Fact]
    public async Task Investigator_SavesAPersonaAndStartsASessionOnThePages()
    {
        if (!File.Exists(Window.Executable))
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") is "true", "Chromium is not installed (apt-get install chromium)");
        }

        await using var server = await WebServer.StartAsync(
            "127.0.71.3", context => context.Response.WriteAsJsonAsync(new { ok = true }), _lab.Servers.Issue(["api.shop.example"]));
        await using var capture = await CaptureProcess.StartAsync(_lab, "c", "--resolve", "api.shop.example:127.0.71.3");
        using var playwright = await Playwright.CreateAsync();
        await using var window = await Window.OpenAsync(playwright);
        await window.Page.GotoAsync(capture.Review.AbsoluteUri);
        await window.Page.GotoAsync($"{capture.Review.GetLeftPart(UriPartial.Authority)}/setup/personas");
        await window.ExpectAsync(".personas tbody", "test shopper (invented)");
        await window.Page.ClickAsync("text=Paste a persona file");
        await window.Page.FillAsync("#persona-json", $$"""{"name":"second <i>shopper","values":[{"item":"user_id","value":"{{Known}}"},{"item":"user_id","value":"17"}]}""");
        await window.Page.ClickAsync("details:has(#persona-json) button");
        await window.ExpectAsync(".values tbody tr:nth-child(1)", "found anywhere, certain");
        await window.ExpectAsync(".values tbody tr:nth-child(2)", "too short");
        await window.Page.ClickAsync("[aria-label='Remove value 2']");
        await window.Page.ClickAsync(".setup button.main");
        await window.ExpectAsync(".told", "Saved in the journal");
        await window.ExpectAsync(".personas tbody", "second <i>shopper");

        await window.Page.ClickAsync("nav >> text=Sessions");
        await window.Page.SelectOptionAsync("#session-persona", new SelectOptionValue { Label = "second <i>shopper" });
        await window.Page.FillAsync("#session-scenario", "\"><script>alert(1)</script>");
        await window.Page.ClickAsync(".setup button.main");
        await window.ExpectAsync(".told", "Started");
        await SendAsync(capture, server, "/first");
        await window.ExpectAsync("div[aria-labelledby=current-title] tbody", "second <i>shopper");
        await window.Page.ClickAsync("text=Stop all");
        await window.ExpectAsync("div[aria-labelledby=past-title] tbody", "<script>alert(1)</script>");

        Assert.Equal("1", await NumbersAsync("item:user_id"));
        Assert.Empty(window.Errors);
        Assert.Equal(0, await capture.StopAsync());
    }

    private static async Task SendAsync(CaptureProcess capture, WebServer server, string path)
    {
        var curl = await Built.RunOtherAsync(
            "curl",
            "-sS", "--fail", "--noproxy", "", "--proxy", $"http://{capture.Proxy}", "--cacert", capture.Authority, "--json", $$"""{"q":"{{Known}}"}""",
            $"https://api.shop.example:{server.Endpoint.Port}{path}");
        Assert.True(curl.ExitCode == 0, $"{curl.Error}\n{capture.Terminal}");
    }

    private static async Task<string> CallAsync(CaptureProcess capture, string status, string method, string path, string body)
    {
        var token = capture.Review.Query["?token=".Length..];
        var curl = await Built.RunOtherAsync(
            "curl",
            [
                "-sS", "--noproxy", "*", "-X", method, "-w", "\n%{http_code}", "-H", $"Authorization: Bearer {token}", "-H", "Content-Type: application/json",
                .. body.Length == 0 ? Array.Empty<string>() : ["-d", body],
                $"{capture.Review.GetLeftPart(UriPartial.Authority)}/api/v1/{path}",
            ]);
        Assert.EndsWith($"\n{status}", curl.Output, StringComparison.Ordinal);
        return curl.Output;
    }

    private async Task<string> NumbersAsync(string filter) => string.Join(' ', (await FlowsAsync(filter)).Select(f => f.GetProperty("flow").GetInt64()).Order());

    private async Task<string[]> SessionsAsync() =>
        [.. (await FlowsAsync("")).OrderBy(f => f.GetProperty("flow").GetInt64()).Select(f => f.GetProperty("session").GetString()!)];

    private async Task<List<JsonElement>> FlowsAsync(string filter)
    {
        var flows = await Built.RunAsync(_lab, "flows", "--case", "c", "--format", "ndjson", "--filter", filter);
        Assert.True(flows.ExitCode == 0, flows.Error);
        return [.. flows.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];
    }

    private async Task<string> EvidenceAsync() => (await Built.RunOtherAsync("sh", "-c", $"zcat {_lab.PathOf("captures/c")}/*.warc.gz")).Output;
}
