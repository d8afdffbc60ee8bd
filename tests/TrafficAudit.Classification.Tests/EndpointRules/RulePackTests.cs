using TrafficAudit.Classification.EndpointRules;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests.EndpointRules;

public sealed class RulePackTests : IDisposable
{
    private const string Good = """
        pack: lab
        version: 7
        rules:
          - id: lab/shop
            recipient: Shop
            source: seen in traffic
            endpoints: [api.shop.example/v1/*]
            items:
              email: ["body:user.mail"]
            match:
              - { request: "POST https://api.shop.example/v1/user", headers: { Content-Type: application/json }, body: '{"user":{"mail":"a@shop.example"}}', finds: [email] }
            no_match:
              - { request: "GET https://api.shop.example/v1/user?mail=a" }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryExampleOfTheBuiltInPacks_Passes() => Assert.Empty(RuleSet.BuiltIn.TestExamples());

    [Fact]
    public void BuiltInRules_HaveIdsOfTheirOwn_AndAllAdapters()
    {
        var rules = RuleSet.BuiltIn.Describe();

        Assert.Equal(123 + 26, rules.Count);
        Assert.Equal(2_791, rules.Where(rule => rule.Pack == "trackhar").Sum(rule => rule.Places.Length));
        Assert.Equal(rules.Count, rules.Select(rule => rule.Id).Distinct().Count());
    }

    [Fact]
    public void LabsOwnPack_IsLoadedBesideTheBuiltInOnes_AndChangesTheVersion()
    {
        var rules = Load(Good);

        Assert.Equal(RuleSet.BuiltIn.Describe().Count + 1, rules.Describe().Count);
        Assert.NotEqual(RuleSet.BuiltIn.Version, rules.Version);
        Assert.NotEqual(rules.Version, Load(Good.Replace("version: 7", "version: 8")).Version);
    }

    [Fact]
    public void FolderWithoutPacks_IsTheBuiltInOnes() => Assert.Same(RuleSet.BuiltIn, RuleSet.Load(Path.Combine(_folder.Path, "missing")));

    [Theory]
    [InlineData("user.mail", "user.post", "line 11: in this example rule lab/shop must find email and does not")]
    [InlineData("?mail=a\"", "?x=a\", headers: { Content-Type: application/json }, body: '{\"user\":{\"mail\":\"a@shop.example\"}}'", "line 13: in this example rule lab/shop must find nothing and finds email")]
    [InlineData("email:", "e_mail:", "line 9: e_mail is no item of the taxonomy")]
    [InlineData("body:user.mail", "boddy:user.mail", "line 9: 'boddy' is no part")]
    [InlineData("body:user.mail", "body:user..", "line 9: 'user..' is no path")]
    [InlineData("body:user.mail", "body:a[?(@x)]", "line 9: 'a[?(@x)]' is no path")]
    [InlineData("api.shop.example/v1/*", "https://api.shop.example/", "line 7: 'https://api.shop.example/' is no endpoint")]
    [InlineData("recipient:", "recipent:", "line 4: \"recipient\" is missing")]
    [InlineData("source:", "note: x\n    source:", "line 6: \"note\" is unknown here")]
    [InlineData("lab/shop", "facebook/graph", "line 4: rule facebook/graph is in Rules/Endpoints/trackhar.json already")]
    [InlineData("finds: [email]", "finds: []", "line 11: \"finds\" is missing")]
    [InlineData("pack: lab", "pack: *lab", "references to other nodes are not allowed")]
    [InlineData("pack: lab", "pack: [[[[[[[[[[[[[[[x]]]]]]]]]]]]]]]", "nests deeper than 12 levels")]
    [InlineData("pack: lab", "pack: {", "is not valid YAML")]
    public void FaultyPack_IsToldWithFileAndLine(string what, string instead, string message)
    {
        var fault = Assert.Throws<RulePackException>(() => Load(Good.Replace(what, instead)));

        Assert.Contains("lab.yaml", fault.Message);
        Assert.Contains(message, fault.Message);
        Assert.DoesNotContain('\n', fault.Message);
    }

    private RuleSet Load(string pack)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "lab.yaml"), pack);
        return RuleSet.Load(_folder.Path);
    }
}
