using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Tests.Recording;
using TrafficAudit.Testing;

namespace TrafficAudit.Evidence.Tests.Cases;

public sealed class CaseFolderTests : IDisposable
{
    private readonly TemporaryFolder _captures = new();

    public void Dispose() => _captures.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("../out")]
    [InlineData("/etc")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("C:evil")]
    [InlineData(" lab")]
    [InlineData("lab ")]
    [InlineData("lab.")]
    [InlineData("-rf")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a\u001B[31mb")]
    [InlineData("a\u202Eb")]
    [InlineData("a\u200Bb")]
    [InlineData("a\uD800b")]
    [InlineData("a*b")]
    [InlineData("\u2028")]
    public void HostileName_IsRefused(string name)
    {
        Assert.Throws<CaseException>(() => CaseFolder.Create(_captures.Path, TestCase.Info(name)));
        Assert.Empty(Directory.GetFileSystemEntries(_captures.Path));
    }

    [Fact]
    public void TooLongName_IsRefused() =>
        Assert.Throws<CaseException>(() => CaseFolder.Create(_captures.Path, TestCase.Info(new string('a', 81))));

    [Theory]
    [InlineData("lab")]
    [InlineData("2026-01-02 쇼핑앱 조사")]
    [InlineData("a.b_c-d (1)")]
    public void UsualName_IsCreatedAndFound(string name)
    {
        CaseFolder.Create(_captures.Path, TestCase.Info(name) with { Company = "Example Co", AppIds = ["com.example"] });

        var found = CaseFolder.Find(_captures.Path, name)!;
        Assert.Equal((name, "Example Co", "kr"), (found.Info.Name, found.Info.Company, found.Info.Profile));
        Assert.Equal(["com.example"], found.Info.AppIds);
        Assert.Equal(found.Path, CaseFolder.Find("elsewhere", found.Path)!.Path);
        Assert.Throws<CaseException>(() => CaseFolder.Create(_captures.Path, TestCase.Info(name)));
    }

    [Fact]
    public void MissingCase_IsNullOrACaseException()
    {
        Assert.Null(CaseFolder.Find(_captures.Path, "none"));
        Assert.Throws<CaseException>(() => CaseFolder.Open(_captures.File("none")));
        Assert.Empty(CaseFolder.List(_captures.File("none")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"name\":null,\"created\":\"2026-01-02T03:04:05Z\",\"tool_version\":\"1\"}")]
    [InlineData("{\"name\":\"../x\",\"created\":\"2026-01-02T03:04:05Z\",\"tool_version\":\"1\"}")]
    [InlineData("{\"name\":\"x\\r\\ny\",\"created\":\"2026-01-02T03:04:05Z\",\"tool_version\":\"1\"}")]
    [InlineData("{\"name\":\"x\"}")]
    public void BrokenCaseFile_IsNamedAndTheOthersAreListed(string json)
    {
        CaseFolder.Create(_captures.Path, TestCase.Info("good"));
        WriteInfo("broken", json);
        var told = new List<string>();

        Assert.Equal(["good"], CaseFolder.List(_captures.Path, e => told.Add(e.Message)).Select(c => c.Info.Name));

        Assert.Contains(Path.Combine("broken", "case.json"), Assert.Single(told), StringComparison.Ordinal);
        Assert.Throws<CaseException>(() => CaseFolder.List(_captures.Path));
    }

    [Fact]
    public void MembersLeftOut_HaveTheirDefaults()
    {
        WriteInfo("old", "{\"name\":\"old\",\"created\":\"2026-01-02T03:04:05Z\",\"tool_version\":\"1\"}");

        var info = CaseFolder.Find(_captures.Path, "old")!.Info;

        Assert.Empty(info.AppIds);
        Assert.Empty(info.FirstPartyDomains);
        Assert.Equal("kr", info.Profile);
    }

    [Fact]
    public void StrangeFiles_AreNoSegments()
    {
        var folder = CaseFolder.Create(_captures.Path, TestCase.Info("lab"));
        foreach (var name in new[] { "-00002", "-99999999999", "-00000", "-", "-000001", "-0001", "-+0001", "-00003", "-100000" })
        {
            File.WriteAllText(Path.Combine(folder.Path, $"evidence{name}.warc.gz"), "");
        }

        Assert.Equal([2, 3, 100_000], folder.Segments);
    }

    [Fact]
    public void LockOfAnotherWriter_IsRefusedAndGivenBack()
    {
        var folder = CaseFolder.Create(_captures.Path, TestCase.Info("lab"));
        using (CaseLock.Take(folder))
        {
            var refusal = Assert.Throws<CaseException>(() => CaseLock.Take(folder));
            Assert.Equal($"The case lab is in use by process {Environment.ProcessId}; stop that one first", refusal.Message);
        }

        CaseLock.Take(folder).Dispose();
    }

    [Fact]
    public void LockFilesOfADeadProcess_AreNoObstacle()
    {
        var folder = CaseFolder.Create(_captures.Path, TestCase.Info("lab"));
        File.WriteAllText(Path.Combine(folder.Path, "case.lock"), "4194305");
        File.WriteAllText(Path.Combine(folder.Path, "case.owner"), "garbage");
        Assert.Null(CaseLock.Owner(folder));

        using var taken = CaseLock.Take(folder);

        Assert.Equal(Environment.ProcessId, CaseLock.Owner(folder));
    }

    private void WriteInfo(string name, string json)
    {
        Directory.CreateDirectory(_captures.File(name));
        File.WriteAllText(Path.Combine(_captures.File(name), "case.json"), json);
    }
}
