using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using TrafficAudit.EndToEnd.Tests.Running;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>The HTTP API of the built program, beside a recording.</summary>
public sealed class ApiTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_HaveWhatTheCommandsHave()
    {
        using var sample = new SampleLab();
        await using var capture = await CaptureProcess.StartAsync(sample.Lab, SampleLab.Case);
        using var client = ClientOf(capture);
        await RunAsync(sample, "decide", "--case", SampleLab.Case, "--filter", "item:email", "--of", "findings", "--confirm", "--as", "Kim");

        var flows = (await RunAsync(sample, "flows", "--case", SampleLab.Case, "--format", "ndjson")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).ToList();
        AssertSame(flows.AsEnumerable().Reverse(), await AllAsync(client, "flows?limit=3"));
        AssertSame(ArrayOf(await RunAsync(sample, "transfers", "--case", SampleLab.Case, "--format", "json")), await AllAsync(client, "transfers?limit=4"));
        AssertSame(ArrayOf(await RunAsync(sample, "decisions", "--case", SampleLab.Case, "--format", "json")), await AllAsync(client, "decisions?limit=1"));

        // The command begins with the oldest flow; within one the order is the same.
        var findings = ArrayOf(await RunAsync(sample, "findings", "--case", SampleLab.Case, "--format", "json"));
        AssertSame(findings.GroupBy(f => (long)f["flow"]!).Reverse().SelectMany(f => f), await AllAsync(client, "findings?limit=5"));

        var some = ArrayOf(await RunAsync(sample, "transfers", "--case", SampleLab.Case, "--format", "json", "--filter", "item:email", "--profile", "eu"));
        Assert.NotEmpty(some);
        AssertSame(some, await AllAsync(client, "transfers?limit=1000&filter=item:email&profile=eu"));
        Assert.Equal(0, await capture.StopAsync());
    }

    [Fact]
    public async Task MarksAndKeptFilters_AreTheCasesFromThenOn()
    {
        using var sample = new SampleLab();
        await using (var capture = await CaptureProcess.StartAsync(sample.Lab, SampleLab.Case))
        {
            using var client = ClientOf(capture);
            Assert.Equal(HttpStatusCode.NoContent, (await client.PutAsync("flows/2/mark", null, Cancellation)).StatusCode);
            Assert.Equal(HttpStatusCode.NoContent, (await client.PutAsync("flows/3/mark", null, Cancellation)).StatusCode);
            Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync("flows/3/mark", Cancellation)).StatusCode);
            Assert.Equal(HttpStatusCode.Conflict, (await client.PutAsync("flows/999/mark", null, Cancellation)).StatusCode);
            Assert.Equal(HttpStatusCode.NoContent, (await client.PostAsJsonAsync("filters", new { name = "first two", filter = "flow:1..2" }, Cancellation)).StatusCode);
            Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsJsonAsync("filters", new { name = "broken", filter = "status:abc" }, Cancellation)).StatusCode);
            Assert.Equal(HttpStatusCode.BadRequest, (await client.PostAsJsonAsync("filters", new { name = "again", filter = "saved:\"first two\"" }, Cancellation)).StatusCode);
            Assert.Equal("flow:1..2", (string)Assert.Single(await AllAsync(client, "filters?limit=9"))["filter"]!);
            Assert.Equal([2], (await AllAsync(client, $"flows?limit=9&filter={Uri.EscapeDataString("marked:yes saved:\"first two\"")}")).Select(f => (long)f["flow"]!));
            Assert.Equal([2], NumbersOf(await RunAsync(sample, "flows", "--case", SampleLab.Case, "--format", "ndjson", "--filter", "marked:yes saved:\"First two\"")));
            Assert.Equal(0, await capture.StopAsync());
        }

        Directory.Delete(Path.Combine(sample.Folder, "index"), recursive: true);
        Assert.Equal([2], NumbersOf(await RunAsync(sample, "flows", "--case", SampleLab.Case, "--format", "ndjson", "--filter", "marked:yes")));
        Assert.Equal([1], NumbersOf(await RunAsync(sample, "flows", "--case", SampleLab.Case, "--format", "ndjson", "--filter", "saved:\"first two\" -marked:yes")));
        await RunAsync(sample, "verify", "--case", SampleLab.Case);

        static IEnumerable<long> NumbersOf(string lines) => lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => (long)JsonNode.Parse(l)!["flow"]!);
    }

    [Fact]
    public async Task NewFlow_IsAnEvent_AndContentIsSearchedByAPostedFilter()
    {
        using var lab = new Laboratory();
        await using var shop = await WebServer.StartAsync("127.0.54.1", context => context.Response.WriteAsync("a hidden answer"), lab.Servers.Issue(["shop.example"]));
        await using var capture = await CaptureProcess.StartAsync(lab, "events", "--resolve", "shop.example:127.0.54.1");
        using var client = ClientOf(capture);
        using var kept = await client.PostAsJsonAsync("searches", new { filter = "body:hidden" }, Cancellation);
        var search = (string)JsonNode.Parse(await kept.Content.ReadAsStringAsync(Cancellation))!["search"]!;
        using var response = await client.GetAsync($"flows/events?search={search}", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var events = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));

        var sent = await Built.RunOtherAsync(
            "curl", "-sS", "--fail", "--noproxy", "", "-x", $"http://{capture.Proxy}", "--cacert", capture.Authority, $"https://shop.example:{shop.Endpoint.Port}/a");
        Assert.True(sent.ExitCode == 0, sent.Error);

        var told = await FlowAsync(events);
        Assert.Equal("shop.example", (string)told["host"]!);
        AssertSame([told], await AllAsync(client, $"flows?search={search}&limit=1"));
        AssertSame([told], await AllAsync(client, "flows?filter=host:shop.example&limit=1"));
        var session = Assert.Single(await AllAsync(client, "sessions?limit=1"));
        Assert.Equal((string)told["session"]!, (string)session["session"]!);
        Assert.Equal(0, await capture.StopAsync());
        Assert.Null(await events.ReadLineAsync(Cancellation) is { Length: > 0 } line && !line.StartsWith("id: ", StringComparison.Ordinal) ? line : null);
    }

    [Fact]
    public async Task Description_PassesTheRulesOfOthers_AndTypesCanBeMadeOfIt()
    {
        using var sample = new SampleLab();
        var refusal = await ApiJudges.InstallAsync(sample.Lab);
        Assert.SkipUnless(refusal is null, refusal ?? "");
        var (document, types, program) = (sample.Lab.PathOf("openapi.json"), sample.Lab.PathOf("api.d.ts"), sample.Lab.PathOf("client.ts"));
        await using (var capture = await CaptureProcess.StartAsync(sample.Lab, SampleLab.Case))
        {
            using var client = ClientOf(capture);
            await File.WriteAllTextAsync(document, await client.GetStringAsync("openapi.json", Cancellation), Cancellation);
            Assert.Equal(0, await capture.StopAsync());
        }

        var lint = await ApiJudges.LintAsync(sample.Lab, document);
        Assert.True(lint.ExitCode == 0 && !lint.Output.Contains("warning", StringComparison.Ordinal), lint.Output + lint.Error);
        var made = await ApiJudges.GenerateAsync(sample.Lab, document, types);
        Assert.True(made.ExitCode == 0, made.Output + made.Error);
        await File.WriteAllTextAsync(
            program,
            """
            import type { paths, operations } from './api';
            type Flows = paths['/api/v1/flows']['get']['responses'][200]['content']['application/json'];
            export const hosts = (page: Flows): string[] => page.results.map(flow => flow.host);
            export const limit: NonNullable<operations['listFlows']['parameters']['query']>['limit'] = 100;
            export const user: operations['addUser']['requestBody'] = { content: { 'application/json': { name: 'kim', role: 'viewer', password: 'correct horse battery' } } };
            """,
            Cancellation);
        var compiled = await ApiJudges.CompileAsync(sample.Lab, program);
        Assert.True(compiled.ExitCode == 0, compiled.Output);
    }

    private static HttpClient ClientOf(CaptureProcess capture) => new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = new Uri(capture.Review, "/api/v1/"),
        DefaultRequestHeaders = { Authorization = new("Bearer", System.Web.HttpUtility.ParseQueryString(capture.Review.Query)["token"]) },
    };

    private static async Task<JsonNode> FlowAsync(StreamReader events)
    {
        while (await events.ReadLineAsync(Cancellation) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return JsonNode.Parse(line["data: ".Length..])!;
            }
        }

        throw new InvalidOperationException("The stream ended.");
    }

    private static async Task<List<JsonNode>> AllAsync(HttpClient client, string list)
    {
        var all = new List<JsonNode>();
        string? next = null;
        do
        {
            var page = JsonNode.Parse(await client.GetStringAsync(next is null ? list : $"{list}&cursor={next}", Cancellation))!;
            all.AddRange(page["results"]!.AsArray().Select(r => r!));
            next = (string?)page["next"];
        }
        while (next is not null);

        return all;
    }

    private static List<JsonNode> ArrayOf(string json) => [.. JsonNode.Parse(json)!.AsArray().Select(n => n!)];

    private static void AssertSame(IEnumerable<JsonNode> expected, IEnumerable<JsonNode> actual) =>
        Assert.Equal(expected.Select(n => n.ToJsonString()), actual.Select(n => n.ToJsonString()));

    private static async Task<string> RunAsync(SampleLab sample, params IEnumerable<string> arguments)
    {
        var outcome = await Built.RunAsync(sample.Lab, arguments);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return outcome.Output;
    }
}
