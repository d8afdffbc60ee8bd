using System.Diagnostics;
using System.Globalization;
using TrafficAudit.Benchmarks.Traffic;
using TrafficAudit.Index;
using TrafficAudit.Index.Filtering;

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
    }
}
