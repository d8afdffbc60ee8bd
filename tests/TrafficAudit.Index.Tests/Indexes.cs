using System.Text.Json;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Index.Tests;

/// <summary>What the tests do with an index again and again.</summary>
internal static class Indexes
{
    public static Task<LiteDbCaseIndex> OpenAsync(this TemporaryFolder folder, string version = "v1", IndexOptions? options = null) =>
        LiteDbCaseIndex.OpenAsync(folder.File("index"), version, options, TestContext.Current.CancellationToken);

    public static async Task AddAllAsync(this ICaseIndex index, params AnalyzedFlow[] flows)
    {
        foreach (var flow in flows)
        {
            await index.AddAsync(1, flow.Summary.Number * 1000, flow, TestContext.Current.CancellationToken);
        }
    }

    public static async Task<List<(FlowSummary Flow, Finding Finding)>> AllFindingsAsync(this ICaseIndex index, string filter = "", bool all = false)
    {
        var findings = new List<(FlowSummary, Finding)>();
        await foreach (var finding in index.FindingsAsync(FlowFilter.Parse(filter), all, TestContext.Current.CancellationToken))
        {
            findings.Add(finding);
        }

        return findings;
    }

    public static long[] Numbers(this ICaseIndex index, string filter = "") =>
        [.. index.Ascending(FlowFilter.Parse(filter)).Select(f => f.Number)];

    public static string Json(AnalyzedFlow? flow) => JsonSerializer.Serialize(flow, ModelJson.Default.AnalyzedFlow!);

    /// <summary>The index as a process would leave it that was killed now: its files, copied while they are open.</summary>
    public static void CopyTo(this TemporaryFolder folder, TemporaryFolder other)
    {
        Directory.CreateDirectory(other.File("index"));
        foreach (var path in Directory.EnumerateFiles(folder.File("index")))
        {
            if (Path.GetFileName(path) != "lock")
            {
                using var from = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var to = File.Create(Path.Combine(other.File("index"), Path.GetFileName(path)));
                from.CopyTo(to);
            }
        }
    }
}
