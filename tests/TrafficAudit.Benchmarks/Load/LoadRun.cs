using System.Diagnostics;
using System.Security.Authentication;
using System.Text.Json;
using TrafficAudit.Benchmarks.Servers;

namespace TrafficAudit.Benchmarks.Load;

/// <summary>Puts load on a proxy for a fixed time and says what came of it on standard output, as JSON; ends with its standard input.</summary>
internal static class LoadRun
{
    /// <summary>Printed when the measured time begins.</summary>
    public const string Warm = "warm";

    /// <summary>A client that meets so many errors stops: a broken candidate needs no more proof.</summary>
    private const int MaxErrors = 100;

    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(30);

    public static async Task RunAsync(LoadOptions options, TimeProvider time)
    {
        var phase = new LoadPhase();
        using var limit = new CancellationTokenSource(options.WarmUp + options.Duration + TimeToEnd);
        LoadCount[] counts = [.. Enumerable.Range(0, options.Connections).Select(_ => new LoadCount(phase))];
        var clients = Task.WhenAll(counts.Select(count => Task.Run(() => RunClientAsync(options, count, limit.Token))));
        await Task.Delay(options.WarmUp, time, limit.Token);
        var startedAt = Stopwatch.GetTimestamp();
        phase.IsMeasuring = true;
        Console.WriteLine(Warm);
        await Task.Delay(options.Duration, time, limit.Token);
        phase.IsMeasuring = false;
        var measured = Stopwatch.GetElapsedTime(startedAt);
        phase.IsEnding = true;
        await clients;

        var all = new LatencyHistogram();
        foreach (var count in counts)
        {
            all.Add(count.Measured);
        }

        var result = new LoadResult(
            counts.Sum(c => c.Answered), all.Count, measured.TotalSeconds, counts.Sum(c => c.Errors), all.Percentile(0.5), all.Percentile(0.99));
        Console.WriteLine(JsonSerializer.Serialize(result));

        // What it used of the CPU can be read as long as it lives.
        await StandardInput.EndAsync();
    }

    private static async Task RunClientAsync(LoadOptions options, LoadCount count, CancellationToken cancellation)
    {
        while (!count.IsEnding && count.Errors < MaxErrors)
        {
            try
            {
                await using var stream = await Tunnel.OpenAsync(options, cancellation);
                await (options.IsHttp2
                    ? new Http2Client(stream, count, options.Streams).RunAsync(cancellation)
                    : new Http1Client(stream, count).RunAsync(options.RequestsPerConnection, cancellation));
            }
            catch (Exception e) when (e is IOException or AuthenticationException or System.Net.Sockets.SocketException or OperationCanceledException)
            {
                count.Fail();
                await Console.Error.WriteLineAsync($"A client's connection broke: {e.Message}");
            }
        }
    }
}
