using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace TrafficAudit.Review.Tests;

/// <summary>Every text that a component says has its Korean, and no Korean is left of a text that is gone.</summary>
public sealed partial class LocalisationTests
{
    public static TheoryData<string> Components => [.. Directory.EnumerateFiles(Sources(), "*.razor", SearchOption.AllDirectories)
        .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Select(f => Path.GetRelativePath(Sources(), f))];

    [Theory]
    [MemberData(nameof(Components))]
    public void EveryText_IsTranslated(string component)
    {
        var razor = Path.Combine(Sources(), component);
        var code = File.Exists(razor + ".cs") ? File.ReadAllText(razor + ".cs") : "";
        var said = Text().Matches(File.ReadAllText(razor) + code).Select(m => m.Groups["text"].Value.Replace("\\\"", "\"", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(said.Except(Korean(Path.ChangeExtension(razor, ".ko.resx"))));
    }

    private static IEnumerable<string> Korean(string file) =>
        File.Exists(file) ? XDocument.Load(file).Descendants("data").Where(d => d.Value.Length > 0).Select(d => (string)d.Attribute("name")!) : [];

    private static string Sources([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../src/TrafficAudit.Review"));

    [GeneratedRegex("""\bL\["(?<text>(?:[^"\\]|\\.)*)"[\],]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Text();
}
