using System.Diagnostics;
using System.Globalization;
using TrafficAudit.Benchmarks.Traffic;
using TrafficAudit.Classification;
using TrafficAudit.Model;

namespace TrafficAudit.Benchmarks.Throughput;

/// <summary>How much of each kind of message is classified in a second of one core's time, with a persona of 25 values; prints Markdown.</summary>
internal static class ClassifyRun
{
    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(500);

    private const int WarmUpRounds = 3;

    public static void Run(int rounds)
    {
        var classifier = new Classifier(BenchPersona.Value);
        Console.WriteLine($"One thread, per second of CPU, persona of {BenchPersona.Value.Values.Length} values, median of {rounds} rounds.\n");
        Console.WriteLine("| message | bytes | findings | flows/s | MB/s | µs/flow | KB allocated |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|");

        // The first rounds run code that is not yet optimised, or optimised for what came before.
        for (var i = 0; i < WarmUpRounds; i++)
        {
            foreach (var sample in Samples.All)
            {
                Rate(classifier, sample.Flow);
            }
        }

        foreach (var sample in Samples.All)
        {
            var flows = Medians.Of(Enumerable.Range(0, rounds).Select(_ => Rate(classifier, sample.Flow)));
            var findings = classifier.Classify(sample.Flow).Findings.Count(f => f.IsCounted);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {sample.Name} | {sample.Bytes:N0} | {findings} | {flows:N0} | {flows * sample.Bytes / 1e6:N1} | {1e6 / flows:N1} | {Allocated(classifier, sample.Flow) / 1e3:N1} |"));
        }
    }

    /// <summary>Flows per second of CPU, so that other processes' load on the machine does not count; the collector's work does.</summary>
    private static double Rate(Classifier classifier, FlowRecord flow)
    {
        var before = Environment.CpuUsage.TotalTime;
        var startedAt = Stopwatch.GetTimestamp();
        var flows = 0;
        while (Stopwatch.GetElapsedTime(startedAt) < RoundTime)
        {
            classifier.Classify(flow);
            flows++;
        }

        return flows / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    private static long Allocated(Classifier classifier, FlowRecord flow)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        classifier.Classify(flow);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
