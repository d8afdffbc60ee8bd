using Microsoft.Extensions.Logging.Abstractions;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Evidence.Tests.Recording;
using TrafficAudit.Evidence.Verification;
using TrafficAudit.Evidence.Walking;
using TrafficAudit.Testing;

namespace TrafficAudit.Evidence.Tests.Sealing;

/// <summary>A case that is sealed, with the key that seals it.</summary>
internal sealed class SealedCase : IDisposable
{
    private readonly TestCase _case = new();

    public SealingKey Key { get; } = SealingKey.FromPem(SealingKey.NewPem());

    public CaseFolder Folder => _case.Folder;

    public TestCase Case => _case;

    public string PathOf(string name) => Path.Combine(Folder.Path, name);

    public CaseSealer Sealer(TimestampAuthority? authority = null) => new(Folder, Key, "TrafficAudit test", TimeProvider.System) { Authority = authority };

    /// <summary>Records <paramref name="flows"/> flows, 20 to a segment, and seals when the writer closes.</summary>
    public async Task<SealOutcome> RecordAndSealAsync(int flows, TimestampAuthority? authority = null)
    {
        var writer = await _case.OpenAsync(TestCase.Options with { SegmentFlows = 20 });
        for (var i = 0; i < flows; i++)
        {
            await writer.RecordAsync(Some.Flow(writer.TakeNumber()), default);
        }

        return await writer.CloseAsync(Sealer(authority), default);
    }

    public Task<VerifyResult> VerifyAsync(VerifyOptions? options = null) => VerifyAsync(Folder, options);

    public static Task<VerifyResult> VerifyAsync(CaseFolder folder, VerifyOptions? options = null) =>
        new CaseVerifier(folder, options ?? new VerifyOptions()).RunAsync(null, default);

    /// <summary>Fails with every fault when there is one.</summary>
    public static void AssertSound(VerifyResult result) => Assert.True(result.FaultCount == 0, string.Join('\n', result.Faults));

    public static IEnumerable<string> Lines(IEnumerable<Fault> faults) => faults.Select(f => $"{Model.Token.Of(f.Kind)} {f.File} {f.Offset} {f.Record} {f.Detail}");

    public void Dispose()
    {
        Key.Dispose();
        _case.Dispose();
    }
}
