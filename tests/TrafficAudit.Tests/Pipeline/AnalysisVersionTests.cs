using TrafficAudit.Classification.EndpointRules;
using TrafficAudit.Geolocation.Databases;
using TrafficAudit.Geolocation.Recipients;
using TrafficAudit.Model;
using TrafficAudit.Pipeline;
using TrafficAudit.Testing;
using TrafficAudit.Testing.Mmdb;

namespace TrafficAudit.Tests.Pipeline;

public sealed class AnalysisVersionTests
{
    private static readonly RecipientDirectory Recipients = RecipientDirectory.Load(folder: null);

    [Fact]
    public void SamePersonaAndDatabases_AreTheSameVersion()
    {
        using var databases = GeoDatabases.Load(null);

        Assert.Equal(AnalysisVersion.Of(Lab.Persona, databases, Recipients, RuleSet.BuiltIn), AnalysisVersion.Of(Lab.Persona with { Name = "another name" }, databases, Recipients, RuleSet.BuiltIn));
    }

    [Fact]
    public void OtherPersonaValues_AreAnotherVersion()
    {
        using var databases = GeoDatabases.Load(null);
        string[] versions =
        [
            AnalysisVersion.Of(Persona.None, databases, Recipients, RuleSet.BuiltIn),
            AnalysisVersion.Of(Lab.Persona, databases, Recipients, RuleSet.BuiltIn),
            AnalysisVersion.Of(new Persona("x", [new("phone", "1"), new("email", "2")]), databases, Recipients, RuleSet.BuiltIn),
            AnalysisVersion.Of(new Persona("x", [new("email", "1"), new("phone", "2")]), databases, Recipients, RuleSet.BuiltIn),
            AnalysisVersion.Of(new Persona("x", [new("phone", "1\nemail=2")]), databases, Recipients, RuleSet.BuiltIn),
        ];

        Assert.Equal(versions.Length, versions.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void AnotherDatabase_IsAnotherVersion()
    {
        using var folder = new TemporaryFolder();
        MmdbWriter.Flat(("192.0.2.0/24", "CN")).Write(folder.File("lab.mmdb"));
        using var builtIn = GeoDatabases.Load(null);
        using var first = GeoDatabases.Load(folder.Path);
        var version = AnalysisVersion.Of(Lab.Persona, first, Recipients, RuleSet.BuiltIn);
        MmdbWriter.Flat(("192.0.2.0/24", "SG")).Write(folder.File("lab.mmdb"));
        using var second = GeoDatabases.Load(folder.Path);

        Assert.NotEqual(AnalysisVersion.Of(Lab.Persona, builtIn, Recipients, RuleSet.BuiltIn), version);
        Assert.NotEqual(version, AnalysisVersion.Of(Lab.Persona, second, Recipients, RuleSet.BuiltIn));
    }

    [Fact]
    public void AnotherDirectoryOfRecipients_IsAnotherVersion()
    {
        using var folder = new TemporaryFolder();
        using var databases = GeoDatabases.Load(null);
        File.WriteAllText(folder.File("recipients.yaml"), "- { organisation: Shop, suffixes: [shop.example] }\n");

        Assert.NotEqual(
            AnalysisVersion.Of(Lab.Persona, databases, Recipients, RuleSet.BuiltIn), AnalysisVersion.Of(Lab.Persona, databases, RecipientDirectory.Load(folder.Path), RuleSet.BuiltIn));
    }

    [Fact]
    public void ALabsOwnRules_AreAnotherVersion()
    {
        using var folder = new TemporaryFolder();
        using var databases = GeoDatabases.Load(null);
        File.WriteAllText(folder.File("lab.yaml"), """
            pack: lab
            version: 1
            rules:
              - { id: lab/x, recipient: X, source: x, endpoints: [x.example/a], items: { email: ["query:m"] },
                  match: [{ request: "GET https://x.example/a?m=a@b.example", finds: [email] }], no_match: [{ request: "GET https://x.example/a" }] }
            """);

        Assert.NotEqual(AnalysisVersion.Of(Lab.Persona, databases, Recipients, RuleSet.BuiltIn), AnalysisVersion.Of(Lab.Persona, databases, Recipients, RuleSet.Load(folder.Path)));
    }
}
