using System.Diagnostics;
using System.Globalization;
using TrafficAudit.Benchmarks.Traffic;
using TrafficAudit.Index;
using TrafficAudit.Index.Filtering;

namespace TrafficAudit.Benchmarks.Destinations;

/// <summary>How long filters take over all flows of a large case, and how soon what may stand in one is known; prints Markdown.</summary>
internal static class FilterRun
{
    private static readonly string[] Filters =
    [
        "item:gaid", "country:CN", "host:api7.example.com", "host:*7.example.com", "collect", "status:>=400", "detector:persona state:hashed", "time:14:00..14:20",
        "address:192.0.2.0/28", "(item:phone or country:CN,SG) -host:*1.example.com not (phase:browse and size:>1kB)",
    ];

    private static readonly string[] Typed = ["host:", "host:api1", "item:", "country:", "recipient:Co", "phase:", "device:", "ho"];

    public static async Task RunAsync(int flows, int findings, int rounds, CancellationToken cancellation)
    {
        await using var index = LiteDbCaseIndex.OpenInMemory("benchmark");
        for (var number = 1; number <= flows; number++)
        {
            await index.AddAsync(1 + (number / 100_000), number, LargeCase.Flow(number, findings), cancellation);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{flows:N0} flows, {(long)flows * findings:N0} findings, {rounds} rounds\n"));
        Console.WriteLine("| asked | answers | first time | shortest | median |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        foreach (var text in Filters)
        {
            var filter = FlowFilter.Parse(text);
            Print(text, rounds, () => index.Ascending(filter).Count());
        }

        Print("transfers of item:gaid", rounds, () => index.Transfers(FlowFilter.Parse("item:gaid")).Count);
        var completion = new FilterCompletion(index);
        foreach (var text in Typed)
        {
            Print($"completion of {text}", rounds, () => completion.At(text, text.Length).Count);
        }
    }

    private static void Print(string asked, int rounds, Func<int> ask)
    {
        var answers = 0;
        var times = new List<double>();
        for (var round = 0; round <= rounds; round++)
        {
            var startedAt = Stopwatch.GetTimestamp();
            answers = ask();
            times.Add(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
        }

        var first = times[0];
        times.RemoveAt(0);
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| `{asked}` | {answers:N0} | {first:N1} ms | {times[0]:N1} ms | {times[times.Count / 2]:N1} ms |"));
    }
}
