using System.Globalization;
using TrafficAudit.Benchmarks.Comparison;

namespace TrafficAudit.Benchmarks.Endurance;

/// <summary>
/// Full load for a long time, looked at every ten seconds: connections that stay, and beside them some that are opened anew for each request,
/// since it is their opening and closing that loses handles.
/// </summary>
internal sealed class SoakRun(string program, TimeSpan duration, int connections, int churning, bool isHttp2, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        try
        {
            await using var rig = await Rig.StartAsync(program, time, cancellation);
            var isSteady = GrowthVerdict.Of(await MeasureAsync(rig, cancellation)).Write(Console.Out);
            await rig.StopAsync(cancellation);
            return isSteady ? 0 : 1;
        }
        catch (ComparisonException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 3;
        }
    }

    private async Task<List<ProcessSample>> MeasureAsync(Rig rig, CancellationToken cancellation)
    {
        List<string> steady = isHttp2 ? ["--http2", "--connections", "4"] : ["--connections", Text(connections)];
        await using var load = Start(rig, "load", steady);
        await using var churn = Start(rig, "churn", ["--connections", Text(churning), "--requests-per-connection", "1"]);
        var samples = new List<ProcessSample>();
        var startedAt = time.GetTimestamp();
        using var timer = new PeriodicTimer(Every, time);
        while (time.GetElapsedTime(startedAt) < duration && await timer.WaitForNextTickAsync(cancellation))
        {
            var sample = await ProcessSample.TakeAsync(rig, time.GetElapsedTime(startedAt).TotalSeconds, cancellation);
            Console.WriteLine(sample.Line(samples.LastOrDefault()));
            samples.Add(sample);
        }

        foreach (var (name, child) in new[] { ("connections that stay", load), ("connections made anew", churn) })
        {
            await child.Output.ReadLineAsync(cancellation);
            Console.WriteLine($"{name}: {await child.Output.ReadLineAsync(cancellation)}");
            await child.CloseInputAndWaitAsync(cancellation);
        }

        return samples;
    }

    private Child Start(Rig rig, string name, IEnumerable<string> more) => Itself.Start(
        name, rig.Folder, ["load", "--proxy", $"{rig.Proxy}", "--target", $"{rig.Target}", "--warm-up", "1", "--duration", Text((int)duration.TotalSeconds), .. more]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
