using System.Globalization;

namespace TrafficAudit.Benchmarks.Comparison;

/// <summary>The figures as Markdown.</summary>
internal static class ComparisonReport
{
    private static readonly (string Protocol, string Title)[] Protocols = [("http1", "HTTP/1.1"), ("http2", "HTTP/2")];

    /// <summary>One run in one line.</summary>
    public static string Line(Measurement m) => string.Create(
        CultureInfo.InvariantCulture,
        $"{m.RequestsPerSecond:N0} requests/s, {m.CpuMicroseconds:N0} µs CPU each, peak {m.PeakMebibytes:N0} MiB, {m.Load.Errors} errors, {Recorded(m)}{m.CatchingUp:0.0} s catching up, {m.OtherCpu:0.0} cores used by others");

    /// <summary>Writes the tables; false when a flow is missing or a request failed.</summary>
    public static bool Write(TextWriter output, CompareOptions options, Dictionary<(string Protocol, string Candidate), List<Measurement>> measurements)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores ({Processor()}) shared by clients, proxy and server; median of {options.Rounds} rounds of {options.Duration} s after {options.WarmUp} s of warm-up; HTTP/1.1: {options.Connections} connections; HTTP/2: {options.Http2Connections} connections with {options.Streams} requests under way on each; answers of 2 KB. CPU is the proxy's alone.\n"));
        output.WriteLine("| proxy | requests/s | × mitmdump | × bare | p50 ms | p99 ms | CPU s | CPU µs/request | peak MiB | errors | catching up s | others' cores |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var (protocol, title) in Protocols)
        {
            foreach (var candidate in options.Candidates.Where(c => measurements.ContainsKey((protocol, c))))
            {
                output.WriteLine(Row(title, candidate, c => measurements.GetValueOrDefault((protocol, c)), measurements[(protocol, candidate)]));
            }
        }

        output.WriteLine();
        return WriteCounts(output, measurements);
    }

    private static string Row(string protocol, string candidate, Func<string, List<Measurement>?> of, List<Measurement> runs)
    {
        var rate = Median(runs, m => m.RequestsPerSecond);
        string Times(string other) =>
            other != candidate && of(other) is { } others ? (rate / Median(others, m => m.RequestsPerSecond)).ToString("0.00", CultureInfo.InvariantCulture) : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {protocol}, {candidate} | {rate:N0} | {Times("mitmdump")} | {Times("bare")} | {Median(runs, m => m.Load.P50):0.0} | {Median(runs, m => m.Load.P99):0.0} | {Median(runs, m => m.CpuSeconds):0.0} | {Median(runs, m => m.CpuMicroseconds):N0} | {Median(runs, m => m.PeakMebibytes):N0} | {runs.Sum(m => m.Load.Errors)} | {Median(runs, m => m.CatchingUp):0.0} | {Median(runs, m => m.OtherCpu):0.0} |");
    }

    /// <summary>What was answered and what the evidence holds must be the same.</summary>
    private static bool WriteCounts(TextWriter output, Dictionary<(string Protocol, string Candidate), List<Measurement>> measurements)
    {
        var isWhole = measurements.Values.All(runs => runs.TrueForAll(m => m.Load.Errors == 0));
        foreach (var ((protocol, candidate), runs) in measurements.Where(m => m.Value.TrueForAll(r => r.Flows is not null)))
        {
            var pairs = string.Join(", ", runs.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Load.Answered:N0} → {m.Flows:N0}")));
            var isEqual = runs.TrueForAll(m => m.Load.Answered == m.Flows);
            output.WriteLine($"{protocol} {candidate}, requests answered → flows recorded: {pairs}{(isEqual ? "" : " — NOT EQUAL")}");
            isWhole &= isEqual;
        }

        return isWhole;
    }

    private static string Recorded(Measurement m) =>
        m.Flows is { } flows ? string.Create(CultureInfo.InvariantCulture, $"{flows:N0} flows recorded of {m.Load.Answered:N0} answered, ") : "";

    private static double Median(List<Measurement> runs, Func<Measurement, double> figure) => Medians.Of(runs.Select(figure));

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown";
}
