using TrafficAudit.Classification.EndpointRules;
using TrafficAudit.Geolocation.Databases;
using TrafficAudit.Model;
using TrafficAudit.Pipeline;
using TrafficAudit.Testing;
using TrafficAudit.Testing.Mmdb;

namespace TrafficAudit.Tests.Pipeline;

public sealed class AnalysisVersionTests
{
    [Fact]
    public void SamePersonaAndDatabases_AreTheSameVersion()
    {
        using var databases = GeoDatabases.Load(null);

        Assert.Equal(AnalysisVersion.Of(Lab.Persona, databases, RuleSet.BuiltIn), AnalysisVersion.Of(Lab.Persona with { Name = "another name" }, databases, RuleSet.BuiltIn));
    }

    [Fact]
    public void OtherPersonaValues_AreAnotherVersion()
    {
        using var databases = GeoDatabases.Load(null);
        string[] versions =
        [
            AnalysisVersion.Of(Persona.None, databases, RuleSet.BuiltIn),
            AnalysisVersion.Of(Lab.Persona, databases, RuleSet.BuiltIn),
            AnalysisVersion.Of(new Persona("x", [new("phone", "1"), new("email", "2")]), databases, RuleSet.BuiltIn),
            AnalysisVersion.Of(new Persona("x", [new("email", "1"), new("phone", "2")]), databases, RuleSet.BuiltIn),
            AnalysisVersion.Of(new Persona("x", [new("phone", "1\nemail=2")]), databases, RuleSet.BuiltIn),
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
        var version = AnalysisVersion.Of(Lab.Persona, first, RuleSet.BuiltIn);
        MmdbWriter.Flat(("192.0.2.0/24", "SG")).Write(folder.File("lab.mmdb"));
        using var second = GeoDatabases.Load(folder.Path);

        Assert.NotEqual(AnalysisVersion.Of(Lab.Persona, builtIn, RuleSet.BuiltIn), version);
        Assert.NotEqual(version, AnalysisVersion.Of(Lab.Persona, second, RuleSet.BuiltIn));
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

        Assert.NotEqual(AnalysisVersion.Of(Lab.Persona, databases, RuleSet.BuiltIn), AnalysisVersion.Of(Lab.Persona, databases, RuleSet.Load(folder.Path)));
    }
}
