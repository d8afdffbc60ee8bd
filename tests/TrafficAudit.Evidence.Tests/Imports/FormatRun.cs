using TrafficAudit.Evidence.Imports;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Tests.Imports;

/// <summary>Reads a file by one format, as the importer does.</summary>
internal static class FormatRun
{
    public static async Task<ImportResult> ImportAsync(
        this IImportFormat format, Stream content, string name, IFlowSink sink, ImportLabels? labels = null, IReadOnlySet<string>? present = null,
        IProgress<ImportProgress>? progress = null, string? spoolFolder = null, CancellationToken? cancellation = null)
    {
        var run = new ImportRun(sink, labels ?? new ImportLabels("i1"), present ?? new HashSet<string>(StringComparer.Ordinal), progress);
        var source = new ImportSource(name, content, spoolFolder ?? Path.GetTempPath(), (content as FileStream)?.Name);
        return run.Complete(await run.ReadAsync(format, source, cancellation ?? TestContext.Current.CancellationToken));
    }

    /// <summary>What a format makes of bytes.</summary>
    public static async Task<(ImportResult Result, List<FlowRecord> Flows)> ImportAsync(this IImportFormat format, byte[] content, string? spoolFolder = null)
    {
        Assert.True(format.Recognises(content), "it is told by its content");
        var sink = new FlowList();
        var result = await format.ImportAsync(new MemoryStream(content), "a.file", sink, spoolFolder: spoolFolder);
        Assert.Equal(sink.Count, result.Imported);
        return (result, sink.Flows);
    }
}
