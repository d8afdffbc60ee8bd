using TrafficAudit.Model;
using TrafficAudit.Pipeline;
using TrafficAudit.Testing;
using TrafficAudit.Testing.Mmdb;

namespace TrafficAudit.Tests.Pipeline;

public sealed class AnalysisVersionTests
{
    [Fact]
    public void SamePersonaAndDatabases_AreTheSameVersion() => Assert.Equal(VersionOf(Lab.Persona), VersionOf(Lab.Persona with { Name = "another name" }));

    [Fact]
    public void OtherPersonaValues_AreAnotherVersion()
    {
        string[] versions =
        [
            VersionOf(Persona.None),
            VersionOf(Lab.Persona),
            VersionOf(new Persona("x", [new("phone", "1"), new("email", "2")])),
            VersionOf(new Persona("x", [new("email", "1"), new("phone", "2")])),
            VersionOf(new Persona("x", [new("phone", "1\nemail=2")])),
        ];

        Assert.Equal(versions.Length, versions.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void AnotherDatabase_IsAnotherVersion()
    {
        using var folder = new TemporaryFolder();
        MmdbWriter.Flat(("192.0.2.0/24", "CN")).Write(folder.File("lab.mmdb"));
        var first = VersionOf(Lab.Persona, folder.Path);
        MmdbWriter.Flat(("192.0.2.0/24", "SG")).Write(folder.File("lab.mmdb"));

        Assert.NotEqual(VersionOf(Lab.Persona), first);
        Assert.NotEqual(first, VersionOf(Lab.Persona, folder.Path));
    }

    [Fact]
    public void AnotherDirectoryOfRecipients_IsAnotherVersion()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("recipients.yaml"), "- { organisation: Shop, suffixes: [shop.example] }\n");

        Assert.NotEqual(VersionOf(Lab.Persona), VersionOf(Lab.Persona, folder.Path));
    }

    [Fact]
    public void ALabsOwnRules_AreAnotherVersion()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(DataSources.RulesOf(folder.Path));
        File.WriteAllText(Path.Combine(DataSources.RulesOf(folder.Path), "lab.yaml"), """
            pack: lab
            version: 1
            rules:
              - { id: lab/x, recipient: X, source: x, endpoints: [x.example/a], items: { email: ["query:m"] },
                  match: [{ request: "GET https://x.example/a?m=a@b.example", finds: [email] }], no_match: [{ request: "GET https://x.example/a" }] }
            """);

        Assert.NotEqual(VersionOf(Lab.Persona), VersionOf(Lab.Persona, captures: folder.Path));
    }

    private static string VersionOf(Persona persona, string geoData = "missing", string captures = "missing")
    {
        using var sources = DataSources.Load(geoData, captures);
        return AnalysisVersion.Of(persona, sources);
    }
}
