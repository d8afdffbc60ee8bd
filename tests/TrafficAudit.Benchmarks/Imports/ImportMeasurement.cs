using System.Globalization;
using TrafficAudit.Benchmarks.Comparison;
using TrafficAudit.Benchmarks.Traffic;
using TrafficAudit.Testing;

namespace TrafficAudit.Benchmarks.Imports;

/// <summary>How long the built program takes for a HAR, classification with 25 known values included, and how much memory at its peak.</summary>
internal sealed class ImportMeasurement(string program, int entries, int mebibytes, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        var (har, persona) = (folder.File("bench.har"), folder.File("persona.json"));
        HarFile.Write(har, entries, mebibytes * 1024L * 1024);
        BenchPersona.Write(persona);
        try
        {
            var started = time.GetTimestamp();
            await using var import = Child.Start(
                "trafficaudit import", folder.File("errors.txt"), new Dictionary<string, string>(StringComparer.Ordinal), "dotnet",
                program, "import", har, "--case", "bench", "--persona", persona, "--captures", folder.File("captures"), "--home", folder.File("home"));
            var ended = import.WaitForExitAsync(cancellation, Patience);
            double peak = 0, cpu = 0;
            while (!ended.IsCompleted)
            {
                (peak, cpu) = Look(import.Id) ?? (peak, cpu);
                await Task.WhenAny(ended, Task.Delay(Glance, time, cancellation));
            }

            await ended;
            var seconds = time.GetElapsedTime(started).TotalSeconds;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{entries:N0} flows, {new FileInfo(har).Length / 1048576.0:N0} MiB: {seconds:0.0} s, {entries / seconds:N0} flows/s, {cpu:0.0} s CPU, peak {peak:N0} MiB resident"));
            Console.WriteLine((await File.ReadAllLinesAsync(folder.File("errors.txt"), cancellation)).FirstOrDefault());
            return 0;
        }
        catch (ComparisonException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 3;
        }
    }

    /// <summary>Peak memory and CPU so far; null when the process has ended meanwhile.</summary>
    private static (double Peak, double Cpu)? Look(int process)
    {
        try
        {
            return (ProcFigures.PeakMebibytes(process), ProcFigures.CpuSeconds(process));
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return null;
        }
    }
}
