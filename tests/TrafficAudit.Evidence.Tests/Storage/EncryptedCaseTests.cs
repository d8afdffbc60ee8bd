using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Erasing;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Evidence.Tests.Recording;
using TrafficAudit.Evidence.Tests.Sealing;
using TrafficAudit.Evidence.Verification;
using TrafficAudit.Testing;

namespace TrafficAudit.Evidence.Tests.Storage;

/// <summary>A case with a passphrase: recorded, read, sealed, verified, damaged and mended.</summary>
public sealed class EncryptedCaseTests : IDisposable
{
    private const string Passphrase = "온달 산성 1234";

    private readonly TemporaryFolder _folder = new();
    private readonly SealingKey _sealing = SealingKey.FromPem(SealingKey.NewPem());
    private readonly CaseFolder _case;

    public EncryptedCaseTests() => _case = CaseFolder.Create(_folder.Path, TestCase.Info("lab"), Passphrase);

    private CaseFolder Locked => CaseFolder.Open(_case.Path);

    private CaseFolder Reopened => Locked.Unlock(Passphrase);

    public void Dispose()
    {
        _sealing.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task WhatWasRecorded_IsReadWithThePassphraseAndLiesNowhereInTheOpen()
    {
        await RecordAsync(60);

        Assert.Equal(Enumerable.Range(1, 60).Select(n => (long)n), Numbers(Reopened));
        Assert.Equal([1, 2, 3], Reopened.Segments);
        Assert.All(Directory.EnumerateFiles(_case.Path, "*", SearchOption.AllDirectories), AssertHidesWhatWasRecorded);
        Assert.Throws<CaseException>(() => new EvidenceReader(Locked).ReadAll().Count());
    }

    [Theory]
    [InlineData("온달 산성 1235")]
    [InlineData("")]
    public void OtherPassphrase_IsRefused(string passphrase)
    {
        var e = Assert.Throws<CaseException>(() => Locked.Unlock(passphrase));
        Assert.Contains("passphrase is not the one of case lab", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PassphraseInDecomposedLetters_IsTheSame() => Assert.False(Locked.Unlock(Passphrase.Normalize(NormalizationForm.FormD)).IsLocked);

    [Fact]
    public void KeyDerivation_IsAtLeastAsSlowAsDemanded()
    {
        Assert.True(Locked.Info.Encryption!.Iterations >= 600_000);
        Assert.Throws<CaseException>(() => (Locked.Info.Encryption! with { Iterations = 1 }).Open(Passphrase));
        Assert.Throws<CaseException>(() => (Locked.Info.Encryption! with { Iterations = int.MaxValue }).Open(Passphrase));
        Assert.Throws<CaseException>(() => (Locked.Info.Encryption! with { WrappedKey = [] }).Open(Passphrase));
    }

    [Fact]
    public async Task LargeBody_IsReadBack()
    {
        var flow = TestCase.Large(1, 5_000_000);
        var body = flow.Request!.Body.ToMemory().ToArray();
        await using (var writer = await TestCase.OpenAsync(_case))
        {
            writer.TakeNumber();
            await writer.RecordAsync(flow, default);
            await writer.RecordAsync(Some.Flow(writer.TakeNumber()), default);
        }

        var read = new EvidenceReader(Reopened).ReadAll().First(e => e.Flow is not null).Flow!.Flow;

        Assert.Equal(body, read.Request!.Body.ToMemory().ToArray());
        Assert.Equal([1, 2], Numbers(Reopened));
        SealedCase.AssertSound(await SealedCase.VerifyAsync(Reopened));
    }

    [Fact]
    public async Task SealedCase_IsSoundWithAndWithoutThePassphrase()
    {
        await RecordAndSealAsync(25, beside: 3);
        await RecordAndSealAsync(30, beside: 0);

        var opened = await SealedCase.VerifyAsync(Reopened);
        var everyRecord = await SealedCase.VerifyAsync(Reopened, new VerifyOptions { EveryRecord = true });
        var locked = await SealedCase.VerifyAsync(CaseFolder.FindToVerify("", _case.Path)!);

        SealedCase.AssertSound(opened);
        SealedCase.AssertSound(everyRecord);
        SealedCase.AssertSound(locked);
        Assert.True(locked.IsLocked);
        Assert.False(opened.IsLocked);
        Assert.Equal(opened.Records, locked.Records);
        Assert.Equal(58, everyRecord.Flows);
        Assert.Equal(0, opened.UnsealedRecords);
        Assert.All(Directory.EnumerateFiles(_case.Path, "*", SearchOption.AllDirectories), AssertHidesWhatWasRecorded);
    }

    [Fact]
    public async Task CaseThatIsNotSealed_CantBeVerifiedWithoutThePassphrase()
    {
        await RecordAsync(3);

        await Assert.ThrowsAsync<CaseException>(() => SealedCase.VerifyAsync(CaseFolder.FindToVerify("", _case.Path)!));
        SealedCase.AssertSound(await SealedCase.VerifyAsync(Reopened));
    }

    [Fact]
    public async Task EveryChangeOfSealedFiles_IsFoundWithAndWithoutThePassphrase()
    {
        await RecordAndSealAsync(45, beside: 0);
        var files = Directory.EnumerateFiles(_case.Path).Where(f => f.EndsWith(".enc", StringComparison.Ordinal)).ToList();
        Assert.Equal(6, files.Count);
        var random = new Random(20261125);
        for (var round = 0; round < 36; round++)
        {
            var file = files[round % files.Count];
            var whole = await File.ReadAllBytesAsync(file);
            var changed = whole.ToArray();
            switch (round / files.Count % 3)
            {
                case 0:
                    changed[random.Next(whole.Length)] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    changed = whole[..random.Next(whole.Length)];
                    break;
                default:
                    var at = random.Next(whole.Length - 200);
                    changed = [.. whole[..at], .. whole[(at + 200)..]];
                    break;
            }

            await File.WriteAllBytesAsync(file, changed);

            Assert.NotEqual(0, (await SealedCase.VerifyAsync(Reopened)).FaultCount);
            Assert.NotEqual(0, (await SealedCase.VerifyAsync(CaseFolder.FindToVerify("", _case.Path)!)).FaultCount);
            await File.WriteAllBytesAsync(file, whole);
        }
    }

    [Fact]
    public async Task FlippedByteOfACaseThatIsNotSealed_IsNamedAndTheRestIsRead()
    {
        await RecordAsync(15);
        var flipped = _case.SegmentPath(1);
        var bytes = await File.ReadAllBytesAsync(flipped);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(flipped, bytes);

        var result = await SealedCase.VerifyAsync(Reopened);

        Assert.Contains(result.Faults, f => f.File == "evidence-00001.warc.gz.enc" && f.Offset > 0);
        Assert.Equal(14, Numbers(Reopened).Count);
    }

    [Fact]
    public async Task EndThatIsTornAnywhere_CostsNothingThatWasWholeAndIsKeptAside()
    {
        List<StoredFlow> committed = [];
        await using (var writer = await TestCase.OpenAsync(_case, committed: (f, _) =>
        {
            committed.Add(f);
            return ValueTask.CompletedTask;
        }))
        {
            for (var i = 0; i < 4; i++)
            {
                await writer.RecordAsync(Some.Flow(writer.TakeNumber()), default);
                await writer.FlushAsync(default);
            }
        }

        var whole = await File.ReadAllBytesAsync(_case.SegmentPath(1));
        using var layout = _case.Segment(1).Open();
        var ends = committed.ConvertAll(f => layout.StoredLengthOf(f.End));
        var cuts = Enumerable.Range(0, 20).Select(i => ends[1] + (i * (ends[2] + 10 - ends[1]) / 20)).ToList();
        foreach (var cut in cuts)
        {
            await File.WriteAllBytesAsync(_case.SegmentPath(1), whole[..(int)cut]);
            var folder = Reopened;
            await using (var writer = await TestCase.OpenAsync(folder))
            {
                await writer.RecordAsync(Some.Flow(writer.TakeNumber()), default);
            }

            Assert.Equal(ends.Count(e => e <= cut) + 1, Numbers(Reopened).Count);
            SealedCase.AssertSound(await SealedCase.VerifyAsync(Reopened));
        }

        Assert.NotEmpty(Directory.EnumerateFiles(_case.Path, "evidence-00001.torn-*.enc"));
        Assert.All(Directory.EnumerateFiles(_case.Path), AssertHidesWhatWasRecorded);
    }

    [Fact]
    public async Task ErasedFlows_AreGoneAndTheCaseIsSoundWithAndWithoutThePassphrase()
    {
        await RecordAndSealAsync(45, beside: 0);
        var before = Reopened.Segments.ToDictionary(s => s, s => File.ReadAllBytes(Reopened.SegmentPath(s)));
        var eraser = new CaseEraser(Reopened, TimeProvider.System);
        var order = new ErasureOrder { Flows = new HashSet<long> { 3, 4, 30 }, Operator = "Kim Invented", Reason = "not needed" };

        eraser.Begin(order, _sealing, default);
        await eraser.FinishAsync(
            new CaseSealer(Reopened, _sealing, "TrafficAudit test", TimeProvider.System), TestCase.Options, NullLogger.Instance, default);

        Assert.NotEqual(before[1], await File.ReadAllBytesAsync(Reopened.SegmentPath(1)));
        Assert.NotEqual(before[2], await File.ReadAllBytesAsync(Reopened.SegmentPath(2)));
        var flows = new EvidenceReader(Reopened).ReadAll().Where(e => e.Flow is not null).Select(e => e.Flow!.Flow).ToList();
        Assert.Equal(45, flows.Count);
        Assert.Equal([3, 4, 30], flows.Where(f => f.Metadata.Erased is not null).Select(f => f.Metadata.Number));
        Assert.All(flows, f => Assert.Equal(f.Metadata.Erased is null, f.Request is not null));
        SealedCase.AssertSound(await SealedCase.VerifyAsync(Reopened));
        SealedCase.AssertSound(await SealedCase.VerifyAsync(Reopened, new VerifyOptions { EveryRecord = true }));
        SealedCase.AssertSound(await SealedCase.VerifyAsync(CaseFolder.FindToVerify("", _case.Path)!));
        Assert.All(Directory.EnumerateFiles(_case.Path, "*", SearchOption.AllDirectories), AssertHidesWhatWasRecorded);

        // It can be recorded on and sealed again.
        await RecordAndSealAsync(5, beside: 0);
        SealedCase.AssertSound(await SealedCase.VerifyAsync(Reopened));
        Assert.Equal(50, Numbers(Reopened).Count);
    }

    [Fact]
    public async Task CaseJsonThatForgotTheEncryption_IsRefusedAndNotWrittenInTheOpen()
    {
        await RecordAsync(1);
        var file = Path.Combine(_case.Path, "case.json");
        await File.WriteAllTextAsync(file, """{ "name": "lab", "created": "2026-11-23T00:00:00Z", "tool_version": "1" }""");

        var e = Assert.Throws<CaseException>(() => CaseFolder.Open(_case.Path));

        Assert.Contains("does not say how the case is encrypted", e.Message, StringComparison.Ordinal);
        Assert.True(CaseFolder.FindToVerify("", _case.Path)!.IsLocked);
    }

    private static List<long> Numbers(CaseFolder folder) =>
        [.. new EvidenceReader(folder).ReadAll().Where(e => e.Flow is not null).Select(e => e.Flow!.Flow.Metadata.Number)];

    private static void AssertHidesWhatWasRecorded(string path)
    {
        var bytes = File.ReadAllBytes(path);
        foreach (var text in (string[])["shop.example", "WARC/1.1", "\"flow\"", "/v1/"])
        {
            Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) < 0 || path.EndsWith(".md", StringComparison.Ordinal), $"{path} holds {text}");
        }

        Assert.False(path.Contains(".enc", StringComparison.Ordinal) && bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x1F, 0x8B, 8, 4]) >= 0, $"{path} holds a gzip member");
    }

    private async Task RecordAsync(int flows)
    {
        await using var writer = await TestCase.OpenAsync(_case, TestCase.Options with { SegmentFlows = 20 });
        for (var i = 0; i < flows; i++)
        {
            await writer.RecordAsync(Some.Flow(writer.TakeNumber()), default);
        }
    }

    /// <summary>Seals while recording goes on, and again when it ends.</summary>
    private async Task RecordAndSealAsync(int flows, int beside)
    {
        var sealer = new CaseSealer(_case, _sealing, "TrafficAudit test", TimeProvider.System);
        var writer = await TestCase.OpenAsync(_case, TestCase.Options with { SegmentFlows = 20 });
        for (var i = 0; i < flows; i++)
        {
            await writer.RecordAsync(Some.Flow(writer.TakeNumber()), default);
        }

        if (beside > 0)
        {
            var sealing = writer.SealAsync(sealer, default);
            for (var i = 0; i < beside; i++)
            {
                await writer.RecordAsync(Some.Flow(writer.TakeNumber()), default);
            }

            Assert.Empty((await sealing).Faults);
        }

        Assert.Empty((await writer.CloseAsync(sealer, default)).Faults);
    }
}
