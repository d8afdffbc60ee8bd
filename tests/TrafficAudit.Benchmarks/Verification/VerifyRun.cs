using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Evidence.Verification;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Benchmarks.Verification;

/// <summary>
/// How fast a case is sealed and verified. It makes one of two segments whose flows are answers of JSON (compressible) and of pictures (not), and reads it from
/// the page cache, so that the processor is measured and not the disk; prints Markdown.
/// </summary>
internal sealed class VerifyRun(int megabytes, int rounds)
{
    private const int PictureBytes = 60_000;
    private const int JsonBytes = 20_000;

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var temporary = new TemporaryFolder();
        using var key = SealingKey.FromPem(SealingKey.NewPem());
        var info = new CaseInfo { Name = "verify", Created = TimeProvider.System.GetUtcNow(), ToolVersion = "benchmark" };
        var folder = CaseFolder.Create(temporary.Path, info);
        var sealing = await RecordAsync(folder, key, cancellation);
        var bytes = folder.Segments.Sum(s => new FileInfo(folder.SegmentPath(s)).Length);
        var flows = (await new CaseVerifier(folder, new VerifyOptions()).RunAsync(null, cancellation)).Flows;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{folder.Segments.Count} segments, {bytes / 1e6:N0} MB compressed, {flows:N0} flows, {Environment.ProcessorCount} processors, median of {rounds} rounds.\n"));
        Console.WriteLine("| what | seconds | MB/s of compressed evidence |\n|---|---:|---:|");
        Print("seal, everything new", sealing, bytes);
        Print("verify", await MedianAsync(folder, new VerifyOptions(), cancellation), bytes);
        Print("verify --every-record", await MedianAsync(folder, new VerifyOptions { EveryRecord = true }, cancellation), bytes);
    }

    private static void Print(string what, TimeSpan time, long bytes) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {time.TotalSeconds:N2} | {bytes / 1e6 / time.TotalSeconds:N0} |"));

    private async Task<TimeSpan> MedianAsync(CaseFolder folder, VerifyOptions options, CancellationToken cancellation)
    {
        var seconds = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            var result = await new CaseVerifier(folder, options).RunAsync(null, cancellation);
            seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            if (result.FaultCount > 0)
            {
                throw new InvalidOperationException($"The case has faults: {result.Faults[0]}");
            }
        }

        return TimeSpan.FromSeconds(Medians.Of(seconds));
    }

    /// <summary>Gives how long sealing took.</summary>
    private async Task<TimeSpan> RecordAsync(CaseFolder folder, SealingKey key, CancellationToken cancellation)
    {
        var options = new EvidenceOptions { Software = "benchmark", SegmentBytes = megabytes * 500_000L };
        var writer = await EvidenceWriter.OpenAsync(folder, options, (_, _) => ValueTask.CompletedTask, TimeProvider.System, NullLogger.Instance, cancellation);
        for (long written = 0; written < megabytes * 1_000_000L; written += PictureBytes + (JsonBytes / 5))
        {
            await writer.RecordAsync(Flow(writer.TakeNumber(), "image/jpeg", RandomNumberGenerator.GetBytes(PictureBytes)), cancellation);
            await writer.RecordAsync(Flow(writer.TakeNumber(), "application/json", Json()), cancellation);
        }

        await writer.FlushAsync(cancellation);
        var started = Stopwatch.GetTimestamp();
        await writer.CloseAsync(new CaseSealer(folder, key, "benchmark", TimeProvider.System), cancellation);
        return Stopwatch.GetElapsedTime(started);
    }

    private static FlowRecord Flow(long number, string type, byte[] body) =>
        Some.Flow(number, response: Some.Message($"HTTP/1.1 200 OK\nContent-Type: {type}\nContent-Length: {body.Length}", body));

    private static byte[] Json()
    {
        var text = new StringBuilder("[");
        while (text.Length < JsonBytes)
        {
            text.Append(CultureInfo.InvariantCulture, $"{{\"id\":{RandomNumberGenerator.GetInt32(int.MaxValue)},\"name\":\"product\",\"price\":{RandomNumberGenerator.GetInt32(100_000)}}},");
        }

        return Encoding.UTF8.GetBytes(text.Append("{}]").ToString());
    }
}
