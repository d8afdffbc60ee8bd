using System.Diagnostics;
using System.Globalization;
using TrafficAudit.Index;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;

namespace TrafficAudit.Benchmarks.Destinations;

/// <summary>How soon a new flow is counted in the transfers of a large case that is being recorded: adding it, and asking for all transfers; prints Markdown.</summary>
internal static class TransfersRun
{
    private const int Hosts = 400;
    private const int Added = 50;

    private static readonly string[] Items = ["phone", "email", "postal_address", "gaid", "device_model", "app_set_id", "locale", "customs_code"];
    private static readonly string[] Countries = ["KR", "CN", "SG", "US", "DE"];

    public static async Task RunAsync(int flows, int findings, CancellationToken cancellation)
    {
        await using var index = LiteDbCaseIndex.OpenInMemory("benchmark");
        for (var number = 1; number <= flows; number++)
        {
            await index.AddAsync(1 + (number / 100_000), number, Flow(number, findings), cancellation);
        }

        var times = new List<double>();
        for (var number = flows + 1; number <= flows + Added; number++)
        {
            var flow = Flow(number, findings);
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

    private static AnalyzedFlow Flow(int number, int findings)
    {
        var host = number % Hosts * 7919 % Hosts;
        return new AnalyzedFlow(
            new FlowSummary
            {
                Number = number,
                Kind = FlowKind.Http,
                Time = DateTimeOffset.UnixEpoch.AddSeconds(number),
                Method = "POST",
                Scheme = "https",
                Host = $"api{host}.example.com",
                Port = 443,
                Path = "/collect",
                Phase = number % 2 == 0 ? "browse" : "checkout",
                Address = $"192.0.2.{host % 256}",
                Country = Countries[host % Countries.Length],
                CountryGrade = CountryGrade.Located,
                Recipient = $"Company {host / 2}",
                BytesSent = 1000,
            },
            [.. Enumerable.Range(0, findings).Select(i => Finding(Items[(number + i) % Items.Length]))]);
    }

    private static Finding Finding(string item) => new()
    {
        Item = item,
        Detector = Detector.Persona,
        Strength = Strength.A,
        Reason = "measured",
        Value = "",
        Location = new FindingLocation(MessageKind.Request, MessagePart.Body, item, []),
        State = FindingState.Clear,
        Direction = Direction.Collected,
    };
}
