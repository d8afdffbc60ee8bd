using TrafficAudit.Classification.EndpointRules;
using TrafficAudit.Classification.Explaining;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests.EndpointRules;

public sealed class RejectionRuleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rejected_IsNotFoundInThatPlaceAnyMore_AndElsewhereStill()
    {
        var before = Found("api.shop.example", "/v1/orders/123456/items");
        Assert.Contains("email body list[0].contact", before);
        Assert.Contains("email body owner", before);

        Rule(path: "list[0].contact").AddTo(_folder.Path);

        var after = Found("api.shop.example", "/v1/orders/777777/items");
        Assert.DoesNotContain(after, f => f.Contains("contact", StringComparison.Ordinal));
        Assert.Contains("email body owner", after);
        Assert.Contains("email body list[1].contact", Found("other.example", "/v1/orders/123456/items"));
        Assert.Contains("email body list[1].contact", Found("api.shop.example", "/v2/orders/123456/items"));
    }

    [Fact]
    public void SecondRule_IsAddedToThePack_TheSameIsNot()
    {
        var first = Rule(path: "list[0].contact").AddTo(_folder.Path);
        var second = Rule(path: "owner").AddTo(_folder.Path);

        Assert.NotEqual(first, second);
        Assert.Throws<RulePackException>(() => Rule(path: "list[5].contact").AddTo(_folder.Path));
        Assert.Equal(RuleSet.BuiltIn.Describe().Count + 2, RuleSet.Load(_folder.Path).Describe().Count);
        Assert.Empty(RuleSet.Check([Path.Combine(_folder.Path, RejectionRule.FileName)]).Faults);
        Assert.DoesNotContain(Found("api.shop.example", "/v1/orders/123456/items"), f => f.StartsWith("email", StringComparison.Ordinal));
    }

    [Fact]
    public void HostileTexts_StayTexts()
    {
        var rule = Rule(path: "a\": [x]\n - b: {}") with { Source = "by \"Kim\"\n- id: y", Recipient = "# x: \u2028 '" };

        rule.AddTo(_folder.Path);

        var description = RuleSet.Load(_folder.Path).Describe()[^1];
        Assert.Equal((rule.Id, rule.Recipient, rule.Source), (description.Id, description.Recipient, description.Source));
    }

    [Fact]
    public void ValueInAUrlsPath_IsNotWrittenIntoThePack()
    {
        (Rule(path: "[2]") with { Part = MessagePart.Path, Target = "/users/gildong@shop.example/x" }).AddTo(_folder.Path);

        var pack = File.ReadAllText(Path.Combine(_folder.Path, RejectionRule.FileName));
        Assert.DoesNotContain("gildong", pack, StringComparison.Ordinal);
        Assert.Contains("api.shop.example/**", pack, StringComparison.Ordinal);
    }

    [Fact]
    public void Explanation_NamesTheRule()
    {
        Rule(path: "owner").AddTo(_folder.Path);
        using var flow = Flow("api.shop.example", "/v1/orders/123456/items");

        var explained = new Classifier(Persona.None, RuleSet.Load(_folder.Path)).Explain(flow, new FieldChoice("owner", MessageKind.Request, MessagePart.Body));

        Assert.Contains(explained.SelectMany(e => e.Notes), n => n.Text.Contains("keeps email away", StringComparison.Ordinal));
    }

    private static RejectionRule Rule(string path) => new(
        "email", MessageKind.Request, MessagePart.Body, path, "API.shop.example", "/v1/orders/123456/items?x=1", "Shop", "decision 0 of 2026-01-01 by Kim: false_positive");

    private static FlowRecord Flow(string host, string path) => Some.Flow(
        host: host,
        request: Some.Message(
            $"POST {path} HTTP/1.1\nHost: {host}\nContent-Type: application/json",
            """{"owner":"a.invented@shop.example","list":[{"contact":"b.invented@shop.example"},{"contact":"c.invented@shop.example"}]}"""));

    private List<string> Found(string host, string path)
    {
        using var flow = Flow(host, path);
        return [.. new Classifier(Persona.None, RuleSet.Load(_folder.Path)).Classify(flow).Findings
            .Select(f => $"{f.Item} {Token.Of(f.Location.Part)} {f.Location.Path}")];
    }
}
