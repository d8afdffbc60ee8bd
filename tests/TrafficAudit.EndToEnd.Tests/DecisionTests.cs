using System.Net.Http.Json;
using System.Text.Json;
using TrafficAudit.EndToEnd.Tests.Running;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>People judge findings and transfers with the built program, and nothing that they say is lost.</summary>
public sealed class DecisionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Decisions_AreInResultsFiltersAndHistory_AndSurviveANewAnalysis()
    {
        using var sample = new SampleLab();
        var all = await FindingsAsync(sample, "");
        var (flow, item, path) = Name(all[0]);
        Assert.All(all, f => Assert.Equal("open", f.GetProperty("decision").GetString()));

        var reject = await DecideAsync(sample, "--flow", flow, "--item", item, "--path", path, "--reject", "false_positive", "--comment", "an order's number", "--tag", "checked", "--assign", "Lee", "--as", "Kim");

        Assert.Contains("1 finding, 0 transfers", reject, StringComparison.Ordinal);
        var rejected = Assert.Single(await FindingsAsync(sample, "decision:rejected"));
        Assert.Equal(("rejected", "false_positive", "Kim", "Lee"), (Text(rejected, "decision"), Text(rejected, "decision_reason"), rejected.GetProperty("decided_by")[0].GetString(), Text(rejected, "assigned_to")));
        Assert.Single(await FindingsAsync(sample, "tag:checked assigned:lee"));
        Assert.Equal(all.Count - 1, (await FindingsAsync(sample, "decision:open")).Count);
        Assert.Equal(all.Count, (await FindingsAsync(sample, "")).Count);

        Directory.Delete(Path.Combine(sample.Folder, "index"), recursive: true);
        Assert.Single(await FindingsAsync(sample, "decision:rejected"));
        Assert.Equal(0, (await Built.RunAsync(sample.Lab, "analyze", "--case", SampleLab.Case)).ExitCode);
        Assert.Single(await FindingsAsync(sample, "decision:rejected"));

        var id = Text((await HistoryAsync(sample))[0], "id")!;
        await DecideAsync(sample, "--undo", id, "--as", "Lee");
        Assert.Empty(await FindingsAsync(sample, "decision:rejected"));
        var history = await HistoryAsync(sample);
        Assert.Equal([id, null], history.Select(d => Text(d, "undoes")));
        Assert.Equal(Text(history[0], "id"), Text(history[1], "undone_by"));
        Assert.Equal("an order's number", Text(history[1], "comment"));
        Assert.DoesNotContain(Text(all[0], "value")!, (await Built.RunAsync(sample.Lab, "decisions", "--case", SampleLab.Case)).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Built.RunAsync(sample.Lab, "verify", "--case", SampleLab.Case)).ExitCode);
    }

    [Fact]
    public async Task Transfers_HaveADecisionOfTheirOwnAndCountRejectedFindings()
    {
        using var sample = new SampleLab();
        var transfer = (await TransfersAsync(sample, ""))[0];
        var (item, recipient, country) = (Text(transfer, "item")!, Text(transfer, "recipient")!, Text(transfer, "country") ?? "?");

        await DecideAsync(sample, "--transfer", item, recipient, country, "--confirm", "--as", "Kim");
        await DecideAsync(sample, "--filter", $"item:{item} recipient:\"{recipient}\"", "--reject", "in my own words", "--as", "Kim");

        var confirmed = Assert.Single(await TransfersAsync(sample, "decision:confirmed"));
        Assert.Equal((item, "confirmed"), (Text(confirmed, "item"), Text(confirmed, "decision")));
        Assert.Equal(JsonValueKind.Null, confirmed.GetProperty("verdict").ValueKind);
        var same = (await TransfersAsync(sample, "")).Where(t => Text(t, "item") == item && Text(t, "recipient") == recipient).ToList();
        Assert.All(same, t => Assert.Equal(t.GetProperty("findings").GetInt64(), t.GetProperty("rejected_findings").GetInt64()));
        Assert.Contains("rejected: in my own words", (await Built.RunAsync(sample.Lab, "findings", "--case", SampleLab.Case, "--filter", "decision:rejected")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoReviewers_MustSayTheSame()
    {
        using var sample = new SampleLab();
        var (flow, item, path) = Name((await FindingsAsync(sample, ""))[0]);
        string[] finding = ["--flow", flow, "--item", item, "--path", path];

        await DecideAsync(sample, ["--reviewers", "2", .. finding, "--confirm", "--as", "Kim"]);
        Assert.Single(await FindingsAsync(sample, "decision:awaiting_second"));
        await DecideAsync(sample, [.. finding, "--reject", "duplicate", "--as", "Lee"]);
        Assert.Single(await FindingsAsync(sample, "decision:contested"));
        await DecideAsync(sample, [.. finding, "--confirm", "--as", "Lee"]);

        Assert.Single(await FindingsAsync(sample, "decision:confirmed"));
        Assert.Contains("Two reviewers must say the same", (await Built.RunAsync(sample.Lab, "decisions", "--case", SampleLab.Case)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejection_MadeARule_KeepsTheFindingAway()
    {
        using var sample = new SampleLab();
        var (flow, item, path) = Name((await FindingsAsync(sample, ""))[0]);
        var before = (await FindingsAsync(sample, $"flow:{flow}")).Count(f => Name(f) == (flow, item, path));

        var told = await DecideAsync(sample, "--flow", flow, "--item", item, "--path", path, "--reject", "not_personal", "--rule", "--as", "Kim");
        Assert.Contains("lab-rejections.yaml", told, StringComparison.Ordinal);
        Assert.Equal(0, (await Built.RunAsync(sample.Lab, "analyze", "--case", SampleLab.Case)).ExitCode);

        Assert.NotEqual(0, before);
        Assert.DoesNotContain((flow, item, path), (await FindingsAsync(sample, $"flow:{flow}")).Select(Name));
        var explained = await Built.RunAsync(sample.Lab, "explain", "--case", SampleLab.Case, "--flow", flow, "--path", path);
        Assert.Contains("lab-rejections/", explained.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Built.RunAsync(sample.Lab, "rules", "test")).ExitCode);
        Assert.Contains("lab-rejections/", (await Built.RunAsync(sample.Lab, "rules", "list")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BesideARecording_TheRunningProgramDecides()
    {
        using var sample = new SampleLab();
        await using var capture = await CaptureProcess.StartAsync(sample.Lab, SampleLab.Case);
        var (flow, item, path) = Name((await FindingsAsync(sample, ""))[0]);

        await DecideAsync(sample, "--flow", flow, "--item", item, "--path", path, "--confirm", "--as", "Kim");

        Assert.Single(await FindingsAsync(sample, "decision:confirmed"));
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(capture.Review, "/") };
        client.DefaultRequestHeaders.Authorization = new("Bearer", System.Web.HttpUtility.ParseQueryString(capture.Review.Query)["token"]);
        var listed = await client.GetFromJsonAsync<JsonElement>("api/v1/decisions", Cancellation);
        Assert.Equal("Kim", Text(Assert.Single(listed.GetProperty("results").EnumerateArray()), "by"));
        using var refused = await client.PostAsync("api/v1/decisions", new StringContent("""{"request":{"filter":"nonsense:1","outcome":"confirmed"},"by":"Kim"}"""), Cancellation);
        Assert.Equal(System.Net.HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(0, await capture.StopAsync());
        Assert.Single(await FindingsAsync(sample, "decision:confirmed"));
        Assert.Equal(0, (await Built.RunAsync(sample.Lab, "verify", "--case", SampleLab.Case)).ExitCode);
    }

    [Theory]
    [InlineData("Say on what to decide")]
    [InlineData("contradict each other", "--flow", "1", "--item", "email", "--confirm", "--reopen")]
    [InlineData("together", "--flow", "1", "--confirm")]
    [InlineData("has no such finding", "--flow", "999", "--item", "email", "--confirm")]
    [InlineData("There is no such transfer", "--transfer", "email", "Nobody", "US", "--confirm")]
    [InlineData("position 1", "--filter", "nonsense:1", "--confirm")]
    [InlineData("it says nothing", "--filter", "item:*")]
    [InlineData("no decision of the id", "--undo", "0123456789abcdef0123456789abcdef")]
    [InlineData("One or two reviewers", "--reviewers", "7")]
    public async Task WhatCantBeDecided_IsOneLineAndChangesNothing(string told, params string[] arguments)
    {
        using var sample = new SampleLab();

        var outcome = await Built.RunAsync(sample.Lab, ["decide", "--case", SampleLab.Case, .. arguments]);

        Assert.Equal(2, outcome.ExitCode);
        Assert.Empty(outcome.Output);
        Assert.Contains(told, Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), l => l.StartsWith("trafficaudit:", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Empty(await HistoryAsync(sample));
    }

    private static (string Flow, string Item, string Path) Name(JsonElement finding) =>
        (finding.GetProperty("flow").GetRawText(), Text(finding, "item")!, finding.GetProperty("location").GetProperty("path").GetString()!);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static async Task<string> DecideAsync(SampleLab sample, params string[] arguments)
    {
        var outcome = await Built.RunAsync(sample.Lab, ["decide", "--case", SampleLab.Case, .. arguments]);
        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Error);
        return outcome.Output;
    }

    private static Task<List<JsonElement>> FindingsAsync(SampleLab sample, string filter) => JsonAsync(sample, "findings", "--filter", filter);

    private static Task<List<JsonElement>> TransfersAsync(SampleLab sample, string filter) => JsonAsync(sample, "transfers", "--filter", filter);

    private static Task<List<JsonElement>> HistoryAsync(SampleLab sample) => JsonAsync(sample, "decisions");

    private static async Task<List<JsonElement>> JsonAsync(SampleLab sample, string command, params string[] arguments)
    {
        var outcome = await Built.RunAsync(sample.Lab, [command, "--case", SampleLab.Case, "--format", "json", .. arguments]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        using var json = JsonDocument.Parse(outcome.Output);
        return [.. json.RootElement.EnumerateArray().Select(e => e.Clone())];
    }
}
