using System.Diagnostics;
using System.Globalization;
using TrafficAudit.Benchmarks.Traffic;
using TrafficAudit.Classification;
using TrafficAudit.Model;

namespace TrafficAudit.Benchmarks.Throughput;

/// <summary>How much of each kind of message one core classifies in a second, with a persona of 25 values; prints Markdown.</summary>
internal static class ClassifyRun
{
    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(500);

    public static void Run(int rounds)
    {
        var classifier = new Classifier(BenchPersona.Value);
        Console.WriteLine($"One thread, persona of {BenchPersona.Value.Values.Length} values, median of {rounds} rounds.\n");
        Console.WriteLine("| message | bytes | findings | flows/s | MB/s | µs/flow | KB allocated |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        foreach (var sample in Samples.All)
        {
            // The first rounds run code that is not yet optimised.
            Rate(classifier, sample.Flow);
            Rate(classifier, sample.Flow);
            var flows = Medians.Of(Enumerable.Range(0, rounds).Select(_ => Rate(classifier, sample.Flow)));
            var findings = classifier.Classify(sample.Flow).Findings.Count(f => f.IsCounted);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {sample.Name} | {sample.Bytes:N0} | {findings} | {flows:N0} | {flows * sample.Bytes / 1e6:N1} | {1e6 / flows:N1} | {Allocated(classifier, sample.Flow) / 1e3:N1} |"));
        }
    }

    /// <summary>Flows per second.</summary>
    private static double Rate(Classifier classifier, FlowRecord flow)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var flows = 0;
        while (Stopwatch.GetElapsedTime(startedAt) < RoundTime)
        {
            classifier.Classify(flow);
            flows++;
        }

        return flows / Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
    }

    private static long Allocated(Classifier classifier, FlowRecord flow)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        classifier.Classify(flow);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
