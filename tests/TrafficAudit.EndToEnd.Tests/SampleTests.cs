using System.Text.Json;
using TrafficAudit.EndToEnd.Tests.Running;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>The committed sample case: what a newcomer sees with one command.</summary>
public sealed class SampleTests
{
    [Fact]
    public async Task SampleCase_IsWhatTheProgramMakesOfTheSampleHar()
    {
        using var lab = new Laboratory();
        var sample = Path.Combine(Built.Root, "captures", "sample");
        var copy = Path.Combine(lab.Folder, "captures", "sample");
        Directory.CreateDirectory(copy);
        foreach (var file in Directory.EnumerateFiles(sample).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        var import = await Built.RunAsync(
            lab, "import", Path.Combine(copy, "shopping-session.har"), "--case", "again", "--persona", Path.Combine(copy, "persona.json"));

        Assert.True(import.ExitCode == 0, import.Error);
        var committed = await RowsAsync(lab, "sample");
        Assert.Equal(committed, await RowsAsync(lab, "again"));
        Assert.True(committed.Select(r => r.Split('|')[2]).Distinct().Count() >= 4, "several countries");
        Assert.True(committed.Select(r => r.Split('|')[1]).Distinct().Count() >= 5, "several recipients");
    }

    private static async Task<List<string>> RowsAsync(Laboratory lab, string caseName)
    {
        // The built-in database alone: the sample's countries must not depend on the lab's.
        var outcome = await Built.RunAsync(lab, "transfers", "--case", caseName, "--format", "json", "--geo-data", lab.PathOf("none"));
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        using var json = JsonDocument.Parse(outcome.Output);
        return
        [
            .. json.RootElement.EnumerateArray().Select(
                t => $"{t.GetProperty("item")}|{t.GetProperty("recipient")}|{t.GetProperty("country")}|{t.GetProperty("flows").GetArrayLength()}"),
        ];
    }
}
