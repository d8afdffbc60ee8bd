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

        Assert.Equal(AnalysisVersion.Of(Lab.Persona, databases), AnalysisVersion.Of(Lab.Persona with { Name = "another name" }, databases));
    }

    [Fact]
    public void OtherPersonaValues_AreAnotherVersion()
    {
        using var databases = GeoDatabases.Load(null);
        string[] versions =
        [
            AnalysisVersion.Of(Persona.None, databases),
            AnalysisVersion.Of(Lab.Persona, databases),
            AnalysisVersion.Of(new Persona("x", [new("phone", "1"), new("email", "2")]), databases),
            AnalysisVersion.Of(new Persona("x", [new("email", "1"), new("phone", "2")]), databases),
            AnalysisVersion.Of(new Persona("x", [new("phone", "1\nemail=2")]), databases),
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
        var version = AnalysisVersion.Of(Lab.Persona, first);
        MmdbWriter.Flat(("192.0.2.0/24", "SG")).Write(folder.File("lab.mmdb"));
        using var second = GeoDatabases.Load(folder.Path);

        Assert.NotEqual(AnalysisVersion.Of(Lab.Persona, builtIn), version);
        Assert.NotEqual(version, AnalysisVersion.Of(Lab.Persona, second));
    }
}
