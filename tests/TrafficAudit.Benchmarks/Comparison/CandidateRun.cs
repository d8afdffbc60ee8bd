using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using TrafficAudit.Benchmarks.Load;

namespace TrafficAudit.Benchmarks.Comparison;

/// <summary>
/// One run: candidate started ─► load, warming up ─► load, measured ─► candidate at rest ─► stopped ─► its flows counted.
/// </summary>
internal sealed class CandidateRun(CompareOptions options, IPEndPoint upstream, int upstreamProcess, string authority, TimeProvider time)
{
    private static readonly TimeSpan RestTime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    /// <summary>Less CPU than this share of a glance is rest.</summary>
    private const double Rest = 0.1;

    public async Task<Measurement> RunAsync(Candidate candidate, bool isHttp2, string folder, CancellationToken cancellation)
    {
        var listen = FreeEndpoint();
        await using var proxy = candidate.Start(folder, authority, listen);
        await proxy.WaitForPortAsync(listen, time, cancellation);
        var output = proxy.Output.ReadToEndAsync(cancellation);

        // 1 Warm-up: it ends with a line of the load's.
        await using var load = StartLoad(folder, listen, isHttp2);
        if (await load.Output.ReadLineAsync(cancellation) != LoadRun.Warm)
        {
            await load.CloseInputAndWaitAsync(cancellation);
            throw new ComparisonException("The load ended before it was warm");
        }

        // 2 Measured.
        var others = OtherCpu(proxy, load);
        var before = ProcFigures.CpuSeconds(proxy.Id);
        var startedAt = time.GetTimestamp();
        var result = JsonSerializer.Deserialize<LoadResult>(await load.Output.ReadLineAsync(cancellation) ?? "null")
            ?? throw new ComparisonException("The load gave no result");
        var busyOthers = (OtherCpu(proxy, load) - others) / time.GetElapsedTime(startedAt).TotalSeconds;
        await load.CloseInputAndWaitAsync(cancellation);

        // 3 What the candidate still does belongs to what it was given.
        var catchingUp = await RestAsync(proxy, cancellation);
        var cpu = ProcFigures.CpuSeconds(proxy.Id) - before;
        var peak = ProcFigures.PeakMebibytes(proxy.Id);
        await candidate.StopAsync(proxy, cancellation);
        await output;
        var flows = await candidate.CountFlowsAsync(folder, cancellation);
        return new Measurement(result, cpu, catchingUp, peak, flows, Math.Max(0, busyOthers));
    }

    private Child StartLoad(string folder, IPEndPoint listen, bool isHttp2)
    {
        List<string> arguments =
        [
            "load", "--proxy", $"{listen}", "--target", $"{upstream}", "--warm-up", Text(options.WarmUp), "--duration", Text(options.Duration),
            "--connections", Text(isHttp2 ? options.Http2Connections : options.Connections), "--streams", Text(options.Streams),
        ];
        if (isHttp2)
        {
            arguments.Add("--http2");
        }

        return Itself.Start("load", folder, arguments);
    }

    private double OtherCpu(Child proxy, Child load) =>
        ProcFigures.MachineCpuSeconds() - ProcFigures.CpuSeconds(proxy.Id) - ProcFigures.CpuSeconds(load.Id) - ProcFigures.CpuSeconds(upstreamProcess);

    /// <summary>Waits until the candidate does nothing; gives the seconds until it began to do nothing.</summary>
    private async Task<double> RestAsync(Child proxy, CancellationToken cancellation)
    {
        var startedAt = time.GetTimestamp();
        while (time.GetElapsedTime(startedAt) < RestTime)
        {
            var elapsed = time.GetElapsedTime(startedAt);
            var before = ProcFigures.CpuSeconds(proxy.Id);
            await Task.Delay(Glance, time, cancellation);
            if (ProcFigures.CpuSeconds(proxy.Id) - before < Rest * Glance.TotalSeconds)
            {
                return elapsed.TotalSeconds;
            }
        }

        throw new ComparisonException("The candidate does not come to rest");
    }

    /// <summary>A port that is free now.</summary>
    public static IPEndPoint FreeEndpoint(string address = "127.0.0.1")
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
