using System.Diagnostics;
using System.Globalization;
using TrafficAudit.Benchmarks.Traffic;
using TrafficAudit.Index;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;

namespace TrafficAudit.Benchmarks.Destinations;

/// <summary>How soon a new flow is counted in the transfers of a large case that is being recorded: adding it, and asking for all transfers; prints Markdown.</summary>
internal static class TransfersRun
{
    private const int Added = 50;

    public static async Task RunAsync(int flows, int findings, CancellationToken cancellation)
    {
        await using var index = LiteDbCaseIndex.OpenInMemory("benchmark");
        for (var number = 1; number <= flows; number++)
        {
            await index.AddAsync(1 + (number / 100_000), number, LargeCase.Flow(number, findings), cancellation);
        }

        var times = new List<double>();
        for (var number = flows + 1; number <= flows + Added; number++)
        {
            var flow = LargeCase.Flow(number, findings);
            var startedAt = Stopwatch.GetTimestamp();
            await index.AddAsync(1 + (number / 100_000), number, flow, cancellation);
            var transfers = index.Transfers(FlowFilter.None);
            times.Add(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
            if (!transfers.Any(t => t.Flows[^1] == number))
            {
                throw new InvalidOperationException($"flow #{number} was not counted");
            }
        }

        times.Sort();
        Console.WriteLine("| flows | findings | transfers | until a new flow is counted: median | 98th percentile |");
        Console.WriteLine("|---:|---:|---:|---:|---:|");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {flows:N0} | {(long)flows * findings:N0} | {index.Transfers(FlowFilter.None).Count:N0} | {times[times.Count / 2]:N0} ms | {times[^1]:N0} ms |"));
        PrintViews(index);
    }

    /// <summary>How long each of the review page's views of the transfers asks the index.</summary>
    private static void PrintViews(LiteDbCaseIndex index)
    {
        var context = new FilterContext { Answers = () => new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal) { ["s1"] = DateTimeOffset.UnixEpoch.AddDays(1) } };
        var before = FlowFilter.Parse("consent:before", context);
        (string View, Action Ask)[] views =
        [
            ("transfers", () => index.Transfers(FlowFilter.None)),
            ("transfers before consent", () => index.Transfers(before)),
            ("by country", () => index.TransferSums(FlowFilter.None, TransferGrouping.Country)),
            ("by recipient", () => index.TransferSums(FlowFilter.None, TransferGrouping.Recipient)),
            ("sessions", () => index.Sessions()),
            ("timeline", () => index.Timeline("s1", FlowFilter.None, i => i, 120)),
        ];
        Console.WriteLine();
        Console.WriteLine("| view | median | worst of 9 |");
        Console.WriteLine("|---|---:|---:|");
        foreach (var (view, ask) in views)
        {
            var times = new List<double>();
            for (var i = 0; i < 9; i++)
            {
                var startedAt = Stopwatch.GetTimestamp();
                ask();
                times.Add(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
            }

            times.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {view} | {times[4]:N0} ms | {times[^1]:N0} ms |"));
        }
    }
}
