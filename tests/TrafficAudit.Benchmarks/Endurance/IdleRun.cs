using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using TrafficAudit.Benchmarks.Comparison;
using TrafficAudit.Benchmarks.Load;

namespace TrafficAudit.Benchmarks.Endurance;

/// <summary>
/// What open connections cost: <paramref name="connections"/> tunnels decrypted and idle after one request each (200 phones' worth is 2,000), then
/// traffic on others beside them.
/// </summary>
internal sealed class IdleRun(string program, int connections, int busyConnections, int seconds, TimeProvider time)
{
    /// <summary>What issue 3 allows, in MiB.</summary>
    private const double Limit = 500;

    /// <summary>Handshakes under way at once: phones don't all come in the same millisecond.</summary>
    private const int AtOnce = 16;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RequestTime = TimeSpan.FromSeconds(60);

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        try
        {
            await using var rig = await Rig.StartAsync(program, time, cancellation);
            await SampleAsync(rig, "started", cancellation);
            var open = await OpenAsync(rig, cancellation);
            try
            {
                await Task.Delay(Settling, time, cancellation);
                await SampleAsync(rig, $"{connections:N0} idle connections", cancellation);
                await LoadAsync(rig, cancellation);
                await Task.Delay(Settling, time, cancellation);
                await SampleAsync(rig, "after the traffic", cancellation);
                var broken = await BrokenAsync(open, cancellation);
                var peak = ProcFigures.PeakMebibytes(rig.Program.Id);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"peak {peak:N0} MiB resident (limit {Limit:N0}); {broken} of {connections:N0} idle connections did not answer at the end"));
                return peak < Limit && broken == 0 ? 0 : 1;
            }
            finally
            {
                foreach (var stream in open)
                {
                    await stream.DisposeAsync();
                }

                await rig.StopAsync(cancellation);
            }
        }
        catch (ComparisonException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 3;
        }
    }

    private LoadOptions Options(Rig rig) => new(rig.Proxy, rig.Target, IsHttp2: false, connections, 1, TimeSpan.Zero, TimeSpan.Zero);

    private async Task<List<SslStream>> OpenAsync(Rig rig, CancellationToken cancellation)
    {
        var open = new List<SslStream>();
        foreach (var some in Enumerable.Range(0, connections).Chunk(AtOnce))
        {
            open.AddRange(await Task.WhenAll(some.Select(_ => OpenOneAsync(rig, cancellation))));
        }

        return open;
    }

    private async Task<SslStream> OpenOneAsync(Rig rig, CancellationToken cancellation)
    {
        var stream = await Tunnel.OpenAsync(Options(rig), cancellation);
        return await RequestAsync(stream, cancellation) ? stream : throw new ComparisonException("The one request on an idle connection was not answered");
    }

    /// <summary>One request and its answer, after which the connection stays open.</summary>
    private static async Task<bool> RequestAsync(SslStream stream, CancellationToken cancellation)
    {
        var count = new LoadCount(new LoadPhase());
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(RequestTime);
        try
        {
            await new Http1Client(stream, count).RequestAsync(limit.Token);
        }
        catch (Exception e) when (e is IOException or AuthenticationException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }

        return count.Answered == 1;
    }

    private static async Task<int> BrokenAsync(List<SslStream> open, CancellationToken cancellation)
    {
        var broken = 0;
        foreach (var stream in open)
        {
            broken += await RequestAsync(stream, cancellation) ? 0 : 1;
        }

        return broken;
    }

    private async Task LoadAsync(Rig rig, CancellationToken cancellation)
    {
        await using var load = Itself.Start(
            "load", rig.Folder, "load", "--proxy", $"{rig.Proxy}", "--target", $"{rig.Target}", "--connections", Text(busyConnections), "--warm-up", "1",
            "--duration", Text(seconds));
        for (var second = 0; second < seconds; second += 5)
        {
            await Task.Delay(TimeSpan.FromSeconds(5), time, cancellation);
            await SampleAsync(rig, $"traffic on {busyConnections} more", cancellation);
        }

        await load.Output.ReadLineAsync(cancellation);
        Console.WriteLine(await load.Output.ReadLineAsync(cancellation));
        await load.CloseInputAndWaitAsync(cancellation);
    }

    private static async Task SampleAsync(Rig rig, string what, CancellationToken cancellation) =>
        Console.WriteLine($"{what,-28}{(await ProcessSample.TakeAsync(rig, 0, cancellation)).Line(null)[8..]}");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
