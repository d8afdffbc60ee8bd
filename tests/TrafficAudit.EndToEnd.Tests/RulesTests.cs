using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TrafficAudit.EndToEnd.Tests.Running;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>The commands about endpoint rules, and a lab's own packs.</summary>
public sealed class RulesTests
{
    private const string Pack = """
        pack: lab
        version: 3
        rules:
          - id: lab/shop
            recipient: Shop
            source: seen in traffic
            endpoints: [api.shop.example/v1/*]
            items:
              user_id: ["body:who"]
            match:
              - { request: "POST https://api.shop.example/v1/x", headers: { Content-Type: application/json }, body: '{"who":"u-1234"}', finds: [user_id] }
            no_match:
              - { request: "POST https://api.shop.example/x", headers: { Content-Type: application/json }, body: '{"who":"u-1234"}' }
        """;

    private const string Har = """
        { "log": { "version": "1.2", "creator": { "name": "test", "version": "1" }, "entries": [ { "startedDateTime": "2026-01-01T00:00:00Z", "time": 1,
          "request": { "method": "POST", "url": "https://api.shop.example/v1/event", "httpVersion": "HTTP/1.1", "headers": [ { "name": "Content-Type", "value": "application/json" } ],
            "queryString": [], "cookies": [], "headersSize": -1, "bodySize": -1, "postData": { "mimeType": "application/json", "text": "{\"who\":\"u-5678\"}" } },
          "response": { "status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1", "headers": [], "cookies": [], "content": { "size": 0, "mimeType": "" }, "redirectURL": "", "headersSize": -1, "bodySize": -1 },
          "cache": {}, "timings": { "send": 0, "wait": 1, "receive": 0 } } ] } }
        """;

    [Fact]
    public async Task BuiltInRules_AreListedTestedAndExplained()
    {
        using var lab = new Laboratory();

        var list = await Built.RunAsync(lab, "rules", "list");
        var test = await Built.RunAsync(lab, "rules", "test");
        var explain = await Built.RunAsync(lab, "rules", "explain", "meta/pixel");

        Assert.True(list.ExitCode == 0, list.Error);
        Assert.Contains("onesignal/players", list.Output, StringComparison.Ordinal);
        Assert.True(test.ExitCode == 0, test.Output + test.Error);
        Assert.Contains(", 0 fail", test.Output, StringComparison.Ordinal);
        Assert.Contains("query:$[\"udff[em]\"]", explain.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LabsOwnRules_FindInItsCases()
    {
        using var lab = new Laboratory();
        await WritePackAsync(lab, Pack);
        await File.WriteAllTextAsync(lab.PathOf("x.har"), Har);

        var import = await Built.RunAsync(lab, "import", "x.har", "--case", "c");
        var findings = await Built.RunAsync(lab, "findings", "--case", "c", "--format", "json");
        var list = await Built.RunAsync(lab, "rules", "list");

        Assert.True(import.ExitCode == 0, import.Error);
        Assert.Contains("rule lab/shop, pack lab 3", findings.Output, StringComparison.Ordinal);
        Assert.Contains("\"detector\":\"rule\"", findings.Output.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("lab/shop", list.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PackThatCameLater_IsToldAndUsedByAnalyze()
    {
        using var lab = new Laboratory();
        await File.WriteAllTextAsync(lab.PathOf("x.har"), Har);
        Assert.Equal(0, (await Built.RunAsync(lab, "import", "x.har", "--case", "c")).ExitCode);
        Assert.Empty((await Built.RunAsync(lab, "findings", "--case", "c", "--format", "csv")).Error);

        await WritePackAsync(lab, Pack);
        var before = await Built.RunAsync(lab, "findings", "--case", "c", "--format", "json");
        var analyze = await Built.RunAsync(lab, "analyze", "--case", "c");
        var after = await Built.RunAsync(lab, "findings", "--case", "c", "--format", "json");

        Assert.Contains("Results of case c were made by another version", before.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("lab/shop", before.Output, StringComparison.Ordinal);
        Assert.Equal(0, analyze.ExitCode);
        Assert.Empty(after.Error);
        Assert.Contains("lab/shop", after.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PackWhoseExampleFails_DoesNotLoad()
    {
        using var lab = new Laboratory();
        await WritePackAsync(lab, Pack.Replace("body:who", "body:whom", StringComparison.Ordinal));
        await File.WriteAllTextAsync(lab.PathOf("x.har"), Har);

        foreach (var command in new[] { "import x.har --case c", "rules list" })
        {
            var outcome = await Built.RunAsync(lab, command.Split(' '));

            Assert.Equal(2, outcome.ExitCode);
            Assert.Contains("lab.yaml, line 11: in this example rule lab/shop must find user_id and does not", outcome.Error, StringComparison.Ordinal);
            Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    [Fact]
    public async Task TestOfPacks_SaysEveryFault()
    {
        using var lab = new Laboratory();
        await WritePackAsync(lab, Pack.Replace("body:who", "body:whom", StringComparison.Ordinal));
        await File.WriteAllTextAsync(lab.PathOf("other.yaml"), "pack: other");

        var outcome = await Built.RunAsync(lab, "rules", "test", "captures/rules/lab.yaml", "other.yaml");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("lab.yaml, line 11: in this example rule lab/shop must find user_id and does not", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("other.yaml, line 1", outcome.Output, StringComparison.Ordinal);
        Assert.Contains(", 2 fail", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PacksThatChangeWhileRecording_AreUsedFromThenOn()
    {
        using var lab = new Laboratory();
        await using var server = await WebServer.StartAsync(
            "127.0.63.1", context => context.Response.WriteAsJsonAsync(new { ok = true }), lab.Servers.Issue(["api.shop.example"]));
        await using var capture = await CaptureProcess.StartAsync(lab, "c", "--resolve", "api.shop.example:127.0.63.1");

        await PostAsync(capture, server, 1);
        await WritePackAsync(lab, Pack);
        await capture.WaitForAsync("Rules ");
        await PostAsync(capture, server, 2);
        await WritePackAsync(lab, Pack.Replace("body:who", "body:whom", StringComparison.Ordinal) + "\n");
        await capture.WaitForAsync("the rules before it stay in use");
        await PostAsync(capture, server, 3);
        var during = await FindingsAsync(lab);
        var explained = await Built.RunAsync(lab, "explain", "--case", "c", "--flow", "3", "--path", "who");
        await WritePackAsync(lab, Pack);
        Assert.Equal(0, await capture.StopAsync());

        Assert.Equal([2, 3], during);
        Assert.Contains("rule        ✓ At this place of this endpoint Shop is sent", explained.Output, StringComparison.Ordinal);
        var afterwards = await FindingsAsync(lab);
        Assert.Equal([1, 2, 3], afterwards);
    }

    private static async Task PostAsync(CaptureProcess capture, WebServer server, int number)
    {
        var curl = await Built.RunOtherAsync(
            "curl",
            [
                "-sS", "--fail", "--proxy", $"http://{capture.Proxy}", "--cacert", capture.Authority, "--json", $$"""{"who":"u-000{{number}}"}""",
                $"https://api.shop.example:{server.Endpoint.Port}/v1/x",
            ]);
        Assert.True(curl.ExitCode == 0, $"{curl.Error}\n{capture.Terminal}");
        await capture.WaitForAsync($"#{number} ");
    }

    private static async Task<long[]> FindingsAsync(Laboratory lab)
    {
        var findings = await Built.RunAsync(lab, "findings", "--case", "c", "--format", "json");
        using var json = JsonDocument.Parse(findings.Output);
        return [.. json.RootElement.EnumerateArray().Where(f => f.GetProperty("reason").GetString()!.Contains("lab/shop", StringComparison.Ordinal)).Select(f => f.GetProperty("flow").GetInt64()).Order()];
    }

    private static async Task WritePackAsync(Laboratory lab, string pack)
    {
        Directory.CreateDirectory(lab.PathOf("captures/rules"));
        await File.WriteAllTextAsync(lab.PathOf("captures/rules/lab.yaml"), pack);
    }
}
