using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Erasing;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Evidence.Tests.Recording;
using TrafficAudit.Evidence.Tests.Sealing;
using TrafficAudit.Evidence.Verification;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Evidence.Tests.Erasing;

/// <summary>A sealed case in which every flow holds a value of its own in target, field, body and answer, so that what is erased can be looked for.</summary>
internal sealed class ErasedCase : IDisposable
{
    private readonly SealedCase _case = new();

    public CaseFolder Folder => _case.Folder;

    public SealedCase Sealed => _case;

    public static string ValueOf(long number) => $"invented-person-{number:0000}";

    /// <summary>Records flows in segments of 20 and seals.</summary>
    public async Task RecordAsync(int flows)
    {
        var writer = await _case.Case.OpenAsync(TestCase.Options with { SegmentFlows = 20 });
        for (var i = 0; i < flows; i++)
        {
            await writer.RecordAsync(Flow(writer.TakeNumber()), default);
        }

        await writer.CloseAsync(_case.Sealer(), default);
    }

    public static FlowRecord Flow(long number)
    {
        var value = ValueOf(number);
        var flow = Some.Flow(
            number,
            request: Some.Message($"POST /u/{value}?q={value} HTTP/1.1\nHost: api.shop.example\nX-User: {value}\nTransfer-Encoding: chunked", $"name={value}"),
            response: Some.Message("HTTP/1.1 200 OK\nContent-Type: text/plain", $"hello {value}"));
        return flow with { Metadata = flow.Metadata with { FailureDetail = value, Session = "s1" } };
    }

    public PendingErasure Begin(params IEnumerable<long> flows) => new CaseEraser(Folder, TimeProvider.System).Begin(
        new ErasureOrder { Flows = flows.ToHashSet(), Operator = "Kim Invented", Reason = "not needed" }, _case.Key, default);

    public Task<SealOutcome> FinishAsync(IProgress<long>? progress = null) =>
        new CaseEraser(Folder, TimeProvider.System) { Progress = progress }.FinishAsync(_case.Sealer(), TestCase.Options, NullLogger.Instance, default);

    public async Task EraseAsync(params IEnumerable<long> flows)
    {
        Begin(flows);
        await FinishAsync();
    }

    /// <summary>Holds the case to be sound, both ways of verifying.</summary>
    public async Task AssertSoundAsync()
    {
        SealedCase.AssertSound(await _case.VerifyAsync());
        SealedCase.AssertSound(await _case.VerifyAsync(new VerifyOptions { EveryRecord = true }));
    }

    /// <summary>The files that hold a text, segments inflated.</summary>
    public static IEnumerable<string> FilesWith(string folder, string text) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => Inflated(f).IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    public void Dispose() => _case.Dispose();

    private static ReadOnlySpan<byte> Inflated(string file)
    {
        if (!file.EndsWith(".gz", StringComparison.Ordinal))
        {
            return File.ReadAllBytes(file);
        }

        using var inflated = new MemoryStream();
        using (var gzip = new GZipStream(File.OpenRead(file), CompressionMode.Decompress))
        {
            gzip.CopyTo(inflated);
        }

        return inflated.ToArray();
    }
}
