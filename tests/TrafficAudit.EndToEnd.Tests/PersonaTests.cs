using System.Text.Json;
using TrafficAudit.EndToEnd.Tests.Running;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>Test identities and the list of items, from the command line.</summary>
public sealed class PersonaTests
{
    [Fact]
    public async Task InventedIdentity_IsWrittenForItsOwnerAndChecks()
    {
        using var lab = new Laboratory();
        var path = lab.PathOf("invented.json");

        var made = await Built.RunAsync(lab, "persona", "new", "--out", path);
        var check = await Built.RunAsync(lab, "persona", "check", path);
        var again = await Built.RunAsync(lab, "persona", "new", "--out", path);

        Assert.True(made.ExitCode == 0, made.Error);
        Assert.True(check.ExitCode == 0, check.Output + check.Error);
        Assert.Contains("found anywhere, certain", check.Output, StringComparison.Ordinal);
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("can't be written", Assert.Single(again.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public async Task CommonValues_AreFaults()
    {
        using var lab = new Laboratory();
        await File.WriteAllTextAsync(lab.PathOf("p.json"), """{ "values": [ { "item": "name", "value": "홍길동" }, { "item": "gender", "value": "M" } ] }""");

        var check = await Built.RunAsync(lab, "persona", "check", lab.PathOf("p.json"));

        Assert.Equal(1, check.ExitCode);
        Assert.Contains("1 value should be replaced", check.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("홍길동", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Items_AreListedWithTheirClasses()
    {
        using var lab = new Laboratory();

        var items = JsonDocument.Parse((await Built.RunAsync(lab, "items", "--format", "json")).Output).RootElement.EnumerateArray().ToList();

        var rrn = items.Single(i => i.GetProperty("item").GetString() == "rrn");
        Assert.Equal(("주민등록번호", "R24-2"), (rrn.GetProperty("korean").GetString(), rrn.GetProperty("pipa").GetString()));
        Assert.Equal("Personal info: Email address", items.Single(i => i.GetProperty("item").GetString() == "email").GetProperty("play").GetString());
        Assert.Equal(
            ["latitude", "longitude"],
            items.Single(i => i.GetProperty("item").GetString() == "gps_location").GetProperty("trackhar").EnumerateArray().Select(p => p.GetString()));
    }
}
