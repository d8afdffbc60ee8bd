using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using TrafficAudit.Geolocation.Databases;
using TrafficAudit.Geolocation.Locating;
using TrafficAudit.Model;

namespace TrafficAudit.Benchmarks.Destinations;

/// <summary>How many addresses one core looks up in a second, and how many flows it locates; prints Markdown.</summary>
internal static class LocateRun
{
    private const int Addresses = 100_000;
    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(500);

    public static void Run(int rounds)
    {
        using var databases = GeoDatabases.Load(folder: null);
        var random = new Random(1);
        var addresses = Enumerable.Range(0, Addresses).Select(_ => new IPAddress(random.NextInt64(0x01000000, 0xDFFFFFFF))).ToArray();
        Console.WriteLine($"One thread, per second of CPU, the embedded database, median of {rounds} rounds.\n");
        Console.WriteLine("| what | per second | bytes allocated each |");
        Console.WriteLine("|---|---:|---:|");
        Measure("look-ups of random IPv4 addresses", rounds, i => databases.Find(addresses[i % Addresses]));

        var locator = new Locator(databases, LocationTables.Load(folder: null));
        var response = HttpHead.Parse(Encoding.ASCII.GetBytes(
            "HTTP/1.1 200 OK\r\nServer: cloudflare\r\nCF-RAY: 8e5e1f2a3b4c5d6e-ICN\r\nContent-Type: application/json\r\nDate: Thu, 26 Nov 2026 00:00:00 GMT\r\n\r\n"));
        var flows = Enumerable.Range(0, 1000).Select(i => Flow(i, addresses[i % 100].ToString())).ToArray();
        Measure("flows of 1,000 hosts with an edge's header and a connect time", rounds, i => locator.Locate(flows[i % flows.Length], response));
    }

    private static FlowMetadata Flow(int i, string address) => new()
    {
        Number = 1,
        Kind = FlowKind.Http,
        Started = DateTimeOffset.UnixEpoch,
        Origin = "captured",
        Scheme = "https",
        Host = $"api{i}.example.com",
        Port = 443,
        Upstream = new Peer(address, 443, ConnectTime: TimeSpan.FromMilliseconds(3 + (i % 50))),
        LabPosition = new GeoPosition(37.57, 126.98),
    };

    private static void Measure(string what, int rounds, Func<int, AddressLookup?> look)
    {
        Rate(look);
        Rate(look);
        var rate = Medians.Of(Enumerable.Range(0, rounds).Select(_ => Rate(look)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {rate:N0} | {Allocated(look):N0} |"));
    }

    private static double Rate(Func<int, AddressLookup?> look)
    {
        var before = Environment.CpuUsage.TotalTime;
        var startedAt = Stopwatch.GetTimestamp();
        var done = 0;
        while (Stopwatch.GetElapsedTime(startedAt) < RoundTime)
        {
            for (var end = done + 1000; done < end; done++)
            {
                look(done);
            }
        }

        return done / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    private static double Allocated(Func<int, AddressLookup?> look)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Addresses; i++)
        {
            look(i);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Addresses;
    }
}
