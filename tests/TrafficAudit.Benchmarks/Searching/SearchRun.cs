using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using TrafficAudit.Benchmarks.Throughput;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Index;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;
using TrafficAudit.Searching;
using TrafficAudit.Testing;

namespace TrafficAudit.Benchmarks.Searching;

/// <summary>
/// How long a text that stands nowhere is looked for in the decoded content of a case: all of it has to be read and decoded. By bytes the content is pictures for
/// three fifths, JSON for a quarter, HTML for an eighth, as a shop's is. Read from the page cache; prints Markdown.
/// </summary>
internal static class SearchRun
{
    /// <summary>How often each of <see cref="Samples.All"/> comes in a round of the traffic.</summary>
    private static readonly int[] Times = [10, 2, 3, 1, 3];

    public static async Task RunAsync(int megabytes, int rounds, CancellationToken cancellation)
    {
        using var temporary = new TemporaryFolder();
        var info = new CaseInfo { Name = "search", Created = TimeProvider.System.GetUtcNow(), ToolVersion = "benchmark" };
        var folder = CaseFolder.Create(temporary.Path, info);
        await using var index = LiteDbCaseIndex.OpenInMemory("benchmark");
        var (flows, bytes) = await RecordAsync(folder, index, megabytes * 1_000_000L, cancellation);
        var stored = folder.Segments.Sum(s => new FileInfo(folder.SegmentPath(s)).Length);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{flows:N0} flows, {bytes / 1e6:N0} MB of messages, {stored / 1e6:N0} MB of evidence, {Environment.ProcessorCount} processors, {rounds} rounds.\n"));
        Console.WriteLine("| filter | found | first step, ms | seconds, median | worst | CPU seconds | MB/s of messages |\n|---|---:|---:|---:|---:|---:|---:|");
        using var search = new ContentSearch(folder, index);
        foreach (var filter in new[] { "body:nowherewritten", "field:nowhere=1", "body:nowherewritten host:nobody.example" })
        {
            await PrintAsync(search, filter, bytes, rounds, cancellation);
        }
    }

    private static async Task PrintAsync(ContentSearch search, string filter, long bytes, int rounds, CancellationToken cancellation)
    {
        var seconds = new List<double>();
        var (first, found, processor) = (TimeSpan.Zero, 0, TimeSpan.Zero);
        for (var round = 0; round < rounds; round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            var startedAt = Stopwatch.GetTimestamp();
            (first, found) = (TimeSpan.Zero, 0);
            await foreach (var step in search.RunAsync(FlowFilter.Parse(filter), before: null, cancellation))
            {
                found += step.Found.Count;
                if (first == TimeSpan.Zero && step.Progress.Looked > 0)
                {
                    first = Stopwatch.GetElapsedTime(startedAt);
                }
            }

            seconds.Add(Stopwatch.GetElapsedTime(startedAt).TotalSeconds);
            processor = Environment.CpuUsage.TotalTime - before;
        }

        var median = Medians.Of(seconds);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| `{filter}` | {found:N0} | {first.TotalMilliseconds:N0} | {median:N1} | {seconds.Max():N1} | {processor.TotalSeconds:N1} | {bytes / 1e6 / median:N0} |"));
    }

    /// <summary>Gives how many flows there are, and the bytes of their messages.</summary>
    private static async Task<(int Flows, long Bytes)> RecordAsync(CaseFolder folder, LiteDbCaseIndex index, long length, CancellationToken cancellation)
    {
        var options = new EvidenceOptions { Software = "benchmark" };
        var writer = await EvidenceWriter.OpenAsync(folder, options, (_, _) => ValueTask.CompletedTask, TimeProvider.System, NullLogger.Instance, cancellation);
        var traffic = Samples.All.SelectMany((sample, i) => Enumerable.Repeat(sample, Times[i])).ToList();
        var (flows, bytes) = (0, 0L);
        for (;  bytes < length; flows++)
        {
            var sample = traffic[flows % traffic.Count];
            await writer.RecordAsync(sample.Flow with { Metadata = sample.Flow.Metadata with { Number = writer.TakeNumber() } }, cancellation);
            bytes += sample.Bytes;
        }

        await writer.DisposeAsync();
        foreach (var entry in new EvidenceReader(folder).ReadAll())
        {
            if (entry.Flow is { } stored)
            {
                using var flow = stored.Flow;
                await index.AddAsync(stored.Position.Segment, stored.Position.Offset, new AnalyzedFlow(Summary(flow), []), cancellation);
            }
        }

        return (flows, bytes);
    }

    private static FlowSummary Summary(FlowRecord flow) => new()
    {
        Number = flow.Metadata.Number,
        Kind = FlowKind.Http,
        Time = flow.Metadata.Started,
        Method = "POST",
        Scheme = "https",
        Host = "api.example.com",
        Port = 443,
        Path = "/",
        BytesSent = flow.Request?.Body.Length ?? 0,
        BytesReceived = flow.Response?.Body.Length ?? 0,
    };
}
