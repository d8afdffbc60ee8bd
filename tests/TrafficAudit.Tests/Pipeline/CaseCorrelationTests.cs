using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Index;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;
using TrafficAudit.Pipeline;
using TrafficAudit.Running;
using TrafficAudit.Terminal;
using TrafficAudit.Testing;

namespace TrafficAudit.Tests.Pipeline;

/// <summary>Correlation over a real case folder: when it runs, and what the index has of it.</summary>
public sealed class CaseCorrelationTests : IDisposable
{
    private const string A = "9f3c1d5e7a2b4c689f3c1d5e7a2b4c68";
    private const string B = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";

    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task RecordingThatWasKilledBeforeItsEnd_IsComparedByWhoeverOpensTheCase()
    {
        await RecordAsync(_lab.Case, 1, A, B);
        await RecordAsync(_lab.Case, 2, A, B);

        Assert.Equal(["#1 certain /dev/…", "#2 certain /dev/…", "#3 certain /dev/…", "#4 certain /dev/…"], await FindingsAsync(_lab.Case));
        Assert.True(File.Exists(_lab.Case.CorrelationFile));
        Assert.DoesNotContain(A, await File.ReadAllTextAsync(_lab.Case.CorrelationFile, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecordingThatContradicts_TakesTheFindingsBack()
    {
        await RecordAsync(_lab.Case, 1, A, B);
        await RecordAsync(_lab.Case, 2, A, B);
        Assert.Equal(4, (await FindingsAsync(_lab.Case)).Count);

        await RecordAsync(_lab.Case, 3, A, A);

        Assert.Empty(await FindingsAsync(_lab.Case));
        await using var recorded = await OpenAsync(_lab.Case);
        Assert.Equal($"/dev/{A}", recorded.Index.Find(1)!.Path);
    }

    [Fact]
    public async Task SegmentThatIsIndexedAgain_HasItsFindingsAgain()
    {
        await RecordAsync(_lab.Case, 1, A, B);
        await RecordAsync(_lab.Case, 2, A, B);
        var before = await FindingsAsync(_lab.Case);
        foreach (var file in Directory.GetFiles(_lab.Case.IndexFolder, "00001*"))
        {
            File.Delete(file);
        }

        Assert.Equal(before, await FindingsAsync(_lab.Case));
    }

    [Fact]
    public async Task UnchangedCase_IsNotReadAgain()
    {
        await RecordAsync(_lab.Case, 1, A, B);
        await RecordAsync(_lab.Case, 2, A, B);
        _ = await FindingsAsync(_lab.Case);
        await using var recorded = await OpenAsync(_lab.Case);
        using var correlation = new CaseCorrelation(_lab.Case, recorded.Index);
        var read = 0L;

        var report = await correlation.CurrentAsync(new ImmediateProgress<long>(b => read = b), TestContext.Current.CancellationToken);

        Assert.Equal((1, 0L), (report.Identifiers.Length, read));
    }

    [Fact]
    public async Task EncryptedCase_LeavesNoReportInTheOpen()
    {
        var folder = CaseFolder.Create(
            Path.Combine(_lab.Home, "captures"), new CaseInfo { Name = "secret", Created = Some.Time, ToolVersion = "0.0.0" }, "a passphrase of a test");
        await RecordAsync(folder, 1, A, B);
        await RecordAsync(folder, 2, A, B);

        Assert.Equal(4, (await FindingsAsync(folder)).Count);
        Assert.False(File.Exists(folder.CorrelationFile));
    }

    /// <summary>One run of a recording with two devices; the second is after a re-install.</summary>
    private async Task RecordAsync(CaseFolder folder, int session, string first, string second)
    {
        await using var recording = await RecordingCase.OpenAsync(
            folder, _lab.Sources, null, _ => { }, TimeProvider.System, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
        foreach (var (device, value) in new[] { ("a", first), ("b", second) })
        {
            await recording.Evidence.RecordAsync(
                JournalKinds.SessionStarted,
                new JsonObject
                {
                    ["session"] = $"s{session}-{device}", ["device_name"] = $"phone {device}", ["app_version"] = "1", ["persona"] = "p", ["scenario"] = session == 2 ? "reinstall" : "browse",
                },
                TestContext.Current.CancellationToken);
            var flow = Some.Flow(recording.Evidence.TakeNumber(), request: Some.Message($"GET /dev/{value} HTTP/1.1\nHost: api.shop.example"));
            await recording.Evidence.RecordAsync(
                flow with { Metadata = flow.Metadata with { Session = $"s{session}-{device}", Device = device } }, TestContext.Current.CancellationToken);
        }
    }

    private Task<RecordedCase> OpenAsync(CaseFolder folder) => RecordedCase.OpenAsync(
        folder, DataSources.Load(_lab.GeoData, _lab.GeoData), NullLoggerFactory.Instance, TestContext.Current.CancellationToken);

    private async Task<List<string>> FindingsAsync(CaseFolder folder)
    {
        await using var recorded = await OpenAsync(folder);
        var findings = new List<string>();
        await foreach (var (flow, finding) in recorded.Index.FindingsAsync(FlowFilter.Parse("detector:correlation"), all: true, TestContext.Current.CancellationToken))
        {
            findings.Add($"#{flow.Number} {Token.Of(finding.Confidence)} {flow.Path}");
        }

        return findings;
    }
}
