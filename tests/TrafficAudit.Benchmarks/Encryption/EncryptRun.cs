using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Index;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Benchmarks.Encryption;

/// <summary>
/// What encryption costs: the same flows into a plain and an encrypted case, turn by turn in one process, and read back; and what a flow takes of memory in an
/// index that has no files. Prints Markdown.
/// </summary>
internal sealed class EncryptRun(int flows, int rounds)
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        var (writing, reading) = (new[] { new List<double>(), new List<double>() }, new[] { new List<double>(), new List<double>() });
        for (var round = 0; round < rounds; round++)
        {
            foreach (var isEncrypted in (bool[])[round % 2 == 0, round % 2 != 0])
            {
                using var temporary = new TemporaryFolder();
                var info = new CaseInfo { Name = "encrypt", Created = TimeProvider.System.GetUtcNow(), ToolVersion = "benchmark" };
                var folder = CaseFolder.Create(temporary.Path, info, isEncrypted ? "an invented passphrase" : null);
                writing[isEncrypted ? 1 : 0].Add(await WriteAsync(folder, cancellation));
                reading[isEncrypted ? 1 : 0].Add(Read(folder));
            }
        }

        Console.WriteLine("| what | plain flows/s | encrypted flows/s | ratio |\n|---|---:|---:|---:|");
        Print("write", writing);
        Print("read", reading);
        var bytes = await IndexBytesAsync(cancellation);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nIndex in memory: {bytes:N0} bytes a flow"));
    }

    private void Print(string what, List<double>[] seconds)
    {
        var (plain, encrypted) = (Medians.Of(seconds[0]), Medians.Of(seconds[1]));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {flows / plain:N0} | {flows / encrypted:N0} | {plain / encrypted:N2} |"));
    }

    private async Task<double> WriteAsync(CaseFolder folder, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        await using (var writer = await EvidenceWriter.OpenAsync(
            folder, new EvidenceOptions { Software = "benchmark" }, (_, _) => ValueTask.CompletedTask, TimeProvider.System, NullLogger.Instance, cancellation))
        {
            for (var i = 0; i < flows; i++)
            {
                await writer.RecordAsync(Some.Flow(writer.TakeNumber()), cancellation);
            }
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private double Read(CaseFolder folder)
    {
        var started = Stopwatch.GetTimestamp();
        var count = new EvidenceReader(folder).ReadAll().Count(e => e.Flow is not null);
        return count == flows ? Stopwatch.GetElapsedTime(started).TotalSeconds : throw new InvalidOperationException($"{count} of {flows} flows were read");
    }

    private async Task<double> IndexBytesAsync(CancellationToken cancellation)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var index = LiteDbCaseIndex.OpenInMemory("benchmark");
        for (var number = 1; number <= flows; number++)
        {
            await index.AddAsync(1, number, Analyzed(number), cancellation);
        }

        await index.FlushAsync(cancellation);
        return (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)flows;
    }

    private static AnalyzedFlow Analyzed(long number) => new(
        new FlowSummary
        {
            Number = number, Kind = FlowKind.Http, Time = Some.Time.AddSeconds(number), Duration = TimeSpan.FromMilliseconds(120), Session = "s1", Phase = "browse",
            Device = "phone-1", Method = "POST", Scheme = "https", Host = "api.shop.example", Port = 443, Path = $"/v1/items/{number}?page=2", Status = 200,
            MediaType = "application/json", BytesSent = 120, BytesReceived = 4096, Address = "192.0.2.10", Country = "CN", CountryGrade = CountryGrade.Located,
            Recipient = "Shop Example",
        },
        []);
}
