using System.Text;
using System.Text.Json;
using TrafficAudit.CommandLine;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Results;
using TrafficAudit.Running;
using TrafficAudit.Testing;
using TrafficAudit.Tests.Pipeline;

namespace TrafficAudit.Tests.Results;

/// <summary>What the result commands print: the contract that scripts depend on.</summary>
public sealed class ResultRendererTests : IDisposable
{
    private static readonly string[] FindingKeys =
    [
        "flow", "time", "item", "detector", "confidence", "reason", "value", "location", "encodings", "state", "direction", "flags", "host", "recipient", "ip",
        "country", "country_grade", "phase", "resolved_later", "decision", "decision_reason", "decided_by", "assigned_to", "tags",
    ];

    private static readonly string[] TransferKeys =
        ["item", "recipient", "hosts", "country", "country_grade", "destinations", "flows", "first", "last", "phases", "confidence", "verdict",
        "recipient_country", "group_country", "carriers", "findings", "bytes_sent", "resolved_later", "profile", "standing", "standing_condition", "first_standing", "recipient_standing",
        "group_standing", "decision", "decision_reason", "decided_by", "assigned_to", "tags", "rejected_findings",
    ];

    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Findings_HaveEveryKeyOfTheContract()
    {
        await RecordAsync();
        using var json = JsonDocument.Parse(await WriteAsync("findings", "json", reveal: true));

        foreach (var finding in json.RootElement.EnumerateArray())
        {
            Assert.Equal(FindingKeys, finding.EnumerateObject().Select(p => p.Name));
            Assert.Equal(["message", "part", "path", "decodings"], finding.GetProperty("location").EnumerateObject().Select(p => p.Name));
            Assert.Equal(JsonValueKind.Null, finding.GetProperty("phase").ValueKind);
            Assert.EndsWith("Z", finding.GetProperty("time").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(["email", "phone", "postal_address"], json.RootElement.EnumerateArray().Select(f => f.GetProperty("item").GetString()!).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Transfers_HaveEveryKeyOfTheContract()
    {
        await RecordAsync();
        using var json = JsonDocument.Parse(await WriteAsync("transfers", "json"));

        Assert.All(json.RootElement.EnumerateArray(), t => Assert.Equal(TransferKeys, t.EnumerateObject().Select(p => p.Name)));
        var email = json.RootElement.EnumerateArray().Single(t => t.GetProperty("item").GetString() == "email");
        Assert.Equal("CN", email.GetProperty("country").GetString());
        Assert.Equal("located", email.GetProperty("country_grade").GetString());
        Assert.Equal([1, 2], email.GetProperty("flows").EnumerateArray().Select(f => f.GetInt64()));
        Assert.Equal(JsonValueKind.Null, email.GetProperty("verdict").ValueKind);
    }

    [Fact]
    public async Task Transfers_AreJudgedByTheCasesProfile()
    {
        await RecordAsync();

        using var own = JsonDocument.Parse(await WriteAsync("transfers", "json"));
        var table = await WriteAsync("transfers", "table");
        var csv = (await WriteAsync("transfers", "csv")).Split('\n');

        var email = own.RootElement.EnumerateArray().Single(t => t.GetProperty("item").GetString() == "email");
        Assert.Equal(("kr", "other", "unknown"), (email.GetProperty("profile").GetString(), email.GetProperty("standing").GetString(), email.GetProperty("group_standing").GetString()));
        Assert.StartsWith("3 transfers: 3 items, ", table, StringComparison.Ordinal);
        Assert.Contains("Standing of countries by ", table, StringComparison.Ordinal);
        Assert.Contains(",Standing,", csv[0], StringComparison.Ordinal);
        Assert.Contains(",kr,other,", csv[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Korean_IsNotEscapedAndOnlyShownOnReveal()
    {
        await RecordAsync();

        Assert.Contains(Lab.Address, await WriteAsync("findings", "json", reveal: true), StringComparison.Ordinal);
        foreach (var format in new[] { "json", "csv", "table" })
        {
            var hidden = await WriteAsync("findings", format);
            Assert.All(Lab.Persona.Values, v => Assert.DoesNotContain(v.Value, hidden, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task EmptyCase_IsAnEmptyArrayAnEmptyTextAndAHeadedCsv()
    {
        Assert.Equal("[]\n", await WriteAsync("findings", "json"));
        Assert.Equal("[]\n", await WriteAsync("transfers", "json"));
        Assert.Equal("", await WriteAsync("flows", "ndjson"));
        Assert.StartsWith("Flow,Time,Item,", await WriteAsync("findings", "csv"), StringComparison.Ordinal);
        Assert.Equal("Nothing to show.", (await WriteAsync("flows", "table")).Trim());
    }

    [Fact]
    public async Task HostileText_StaysInItsCellAndItsObject()
    {
        var hostile = "\u001b[2J\u202e\n\"},{\"flow\":7 \U0001F642";
        await _lab.RecordAsync(Lab.Persona, Some.Flow(1, host: "h.example", request: Some.Message($"GET /{hostile.Replace("\n", "", StringComparison.Ordinal)} HTTP/1.1\nHost: h.example")));

        var lines = (await WriteAsync("flows", "ndjson")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        using var json = JsonDocument.Parse(Assert.Single(lines));
        Assert.Equal(1, json.RootElement.GetProperty("flow").GetInt64());
        Assert.DoesNotContain(lines[0], c => c is '\u001b' or '\u202e');
        Assert.DoesNotContain(await WriteAsync("flows", "table"), c => c is '\u001b' or '\u202e');
    }

    [Fact]
    public async Task FlowThatIsNotThere_IsOneLine()
    {
        var missing = await Assert.ThrowsAsync<InputException>(() => WriteAsync("show", "table", flow: 5));

        Assert.Contains("#5", missing.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<FlowFilterException>(() => WriteAsync("flows", "table", filter: "nonsense:x"));
    }

    [Fact]
    public async Task Explain_SaysWhatEachDetectorSaw_MaskedUnlessRevealed()
    {
        await RecordAsync();

        var masked = await WriteAsync("explain", "table", flow: 3, path: "addr");
        Assert.Contains("request body addr [json]", masked, StringComparison.Ordinal);
        Assert.Contains("persona     ✓ The value is the persona's", masked, StringComparison.Ordinal);
        Assert.Contains("◆ postal_address (certain, clear): found by persona, strength A", masked, StringComparison.Ordinal);
        Assert.DoesNotContain(Lab.Address, masked, StringComparison.Ordinal);
        Assert.Contains(Lab.Address, await WriteAsync("explain", "table", reveal: true, flow: 3, path: "addr"), StringComparison.Ordinal);

        var missing = await Assert.ThrowsAsync<InputException>(() => WriteAsync("explain", "table", flow: 3, path: "nothing.here"));
        Assert.Contains("'show --flow 3'", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_NarrowsEveryResult()
    {
        await RecordAsync();

        Assert.Single((await WriteAsync("flows", "ndjson", filter: "item:postal_address")).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        using var json = JsonDocument.Parse(await WriteAsync("findings", "json", filter: "item:phone"));
        Assert.All(json.RootElement.EnumerateArray(), f => Assert.Equal("phone", f.GetProperty("item").GetString()));
    }

    private Task RecordAsync() => _lab.RecordAsync(
        Lab.Persona, Lab.Flow(1), Lab.Flow(2),
        Some.Flow(3, request: Some.Message("POST /a HTTP/1.1\nHost: api.shop.example\nContent-Type: application/json", $$"""{"addr":"{{Lab.Address}}"}""")));

    private async Task<string> WriteAsync(string command, string format, bool reveal = false, string? filter = null, long? flow = null, string? path = null)
    {
        await using var recording = await _lab.OpenAsync();
        using var output = new MemoryStream();
        await RecordedCase.RendererOf(_lab.Case, recording.Index, _lab.Sources, recording.Correlation, recording.Books).WriteAsync(
            new ResultRequest(command, format) { Filter = filter, Reveal = reveal, Flow = flow, Path = path }, output, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
