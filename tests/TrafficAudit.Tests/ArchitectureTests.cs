using System.Reflection;
using System.Xml.Linq;

namespace TrafficAudit.Tests;

/// <summary>The arrows between the projects, as the README's picture has them.</summary>
public sealed class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["TrafficAudit.Model"] = [],
        ["TrafficAudit.Capture"] = ["TrafficAudit.Model"],
        ["TrafficAudit.Evidence"] = ["TrafficAudit.Model"],
        ["TrafficAudit.Classification"] = ["TrafficAudit.Model"],
        ["TrafficAudit.Geolocation"] = ["TrafficAudit.Model"],
        ["TrafficAudit.Index"] = ["TrafficAudit.Model", "TrafficAudit.Evidence"],
        ["TrafficAudit.Assessment"] = ["TrafficAudit.Model", "TrafficAudit.Index"],
        ["TrafficAudit.Review"] =
        [
            "TrafficAudit.Model", "TrafficAudit.Classification", "TrafficAudit.Evidence", "TrafficAudit.Geolocation", "TrafficAudit.Index", "TrafficAudit.Assessment",
        ],
        ["trafficaudit"] =
        [
            "TrafficAudit.Model", "TrafficAudit.Capture", "TrafficAudit.Evidence", "TrafficAudit.Classification", "TrafficAudit.Geolocation",
            "TrafficAudit.Index", "TrafficAudit.Assessment", "TrafficAudit.Review",
        ],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Assembly_ReferencesOnlyWhatTheDesignAllows(string name)
    {
        var references = Assembly.Load(name).GetReferencedAssemblies()
            .Select(r => r.Name!)
            .Where(r => r.StartsWith("TrafficAudit", StringComparison.OrdinalIgnoreCase));

        Assert.Empty(references.Except(Allowed[name], StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectFile_ReferencesOnlyWhatTheDesignAllows(string name)
    {
        var folder = name == "trafficaudit" ? "TrafficAudit" : name;
        var project = XDocument.Load(Path.Combine(SourceFolder(), folder, $"{folder}.csproj"));
        var references = project.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value));

        Assert.Empty(references.Except(Allowed[name], StringComparer.Ordinal));
    }

    [Fact]
    public void EverySourceProject_IsHeldByThisTest()
    {
        var projects = Directory.EnumerateDirectories(SourceFolder()).Select(Path.GetFileName).Order(StringComparer.Ordinal);

        Assert.Equal(Allowed.Keys.Select(k => k == "trafficaudit" ? "TrafficAudit" : k).Order(StringComparer.Ordinal), projects!);
    }

    [Theory]
    [InlineData("TrafficAudit.Model")]
    [InlineData("TrafficAudit.Classification")]
    [InlineData("TrafficAudit.Geolocation")]
    public void PureParts_KnowNoServerNorStore(string name)
    {
        var references = Assembly.Load(name).GetReferencedAssemblies().Select(r => r.Name!);

        Assert.DoesNotContain(references, r => r.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || r is "LiteDB" or "Yarp.ReverseProxy");
    }

    private static string SourceFolder()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "TrafficAudit.sln")))
            {
                return Path.Combine(folder, "src");
            }
        }

        throw new InvalidOperationException("The tests run outside of the project");
    }
}
