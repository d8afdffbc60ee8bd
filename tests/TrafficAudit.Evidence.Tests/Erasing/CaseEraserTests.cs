using Microsoft.Extensions.Logging.Abstractions;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Erasing;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Evidence.Tests.Recording;
using TrafficAudit.Evidence.Tests.Sealing;
using TrafficAudit.Evidence.Walking;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Evidence.Tests.Erasing;

public sealed class CaseEraserTests : IDisposable
{
    private readonly ErasedCase _case = new();

    public void Dispose() => _case.Dispose();

    [Fact]
    public async Task ErasedFlows_AreGoneAndEverythingElseIsAsItWas()
    {
        await _case.RecordAsync(45);
        await _case.RecordAsync(10);
        var before = _case.Sealed.Case.Flows().ToDictionary(f => f.Metadata.Number);

        await _case.EraseAsync(3, 4, 25, 50);

        await _case.AssertSoundAsync();
        foreach (var number in new long[] { 3, 4, 25, 50 })
        {
            Assert.Empty(ErasedCase.FilesWith(_case.Folder.Path, ErasedCase.ValueOf(number)));
        }

        var after = _case.Sealed.Case.Flows();
        Assert.Equal(before.Keys, after.Select(f => f.Metadata.Number));
        Assert.Equal([3, 4, 25, 50], after.Where(f => f.Metadata.Erased is not null).Select(f => f.Metadata.Number));
        foreach (var flow in after.Where(f => f.Metadata.Erased is null))
        {
            Assert.Equal(TestCase.HeadText(before[flow.Metadata.Number].Request), TestCase.HeadText(flow.Request));
            Assert.Equal(before[flow.Metadata.Number].Response!.Body.ToMemory().ToArray(), flow.Response!.Body.ToMemory().ToArray());
            Assert.Equal(ErasedCase.ValueOf(flow.Metadata.Number), flow.Metadata.FailureDetail);
        }
    }

    [Fact]
    public async Task ErasedFlow_SaysWhatIsLeftOfIt()
    {
        await _case.RecordAsync(2);

        await _case.EraseAsync(2);

        var flow = _case.Sealed.Case.Flows()[1];
        Assert.Null(flow.Request);
        var m = flow.Metadata;
        Assert.Equal(("Kim Invented", "not needed"), (m.Erased!.Operator, m.Erased.Reason));
        Assert.Equal((2, "api.shop.example", "192.0.2.10", "s1"), (m.Number, m.Host, m.Upstream!.Address, m.Session));
        Assert.Equal((26, ""), (m.Response!.BodyLength, m.Response.BodySha256));
        Assert.Null(m.Client);
        var entry = Assert.Single(_case.Sealed.Case.Journal(JournalKinds.Erasure));
        Assert.Equal(m.Erased.Id, PendingErasure.IdOf(entry.Content));
        var records = WarcCheck.Read(_case.Folder.SegmentPath(1)).Where(r => r["TA-Flow"] == "2").ToList();
        Assert.All(records, r => Assert.Equal((m.Erased.Id, null, null, "https://api.shop.example/"), (r["TA-Erased"], r["TA-Salt"], r["WARC-Payload-Digest"], r["WARC-Target-URI"])));
        var erasure = Assert.Single((await _case.Sealed.VerifyAsync()).Seal!.Erasures!.Value);
        Assert.Equal((2, 1, 3), (erasure.Seal, erasure.Flows, erasure.Records));
    }

    [Fact]
    public async Task CaseThatGoesOnAfterwards_IsSealedAndErasedAgain()
    {
        await _case.RecordAsync(10);
        await _case.EraseAsync(1, 2);
        await _case.RecordAsync(30);
        await _case.AssertSoundAsync();

        await _case.EraseAsync(2 + 1, 15, 35);

        await _case.AssertSoundAsync();
        Assert.Equal(2, (await _case.Sealed.VerifyAsync()).Seal!.Erasures!.Value.Length);
        Assert.Throws<CaseException>(() => _case.Begin(1, 15));
    }

    [Fact]
    public async Task ErasureThatIsKilledAtAnyRecord_IsFinishedByTheNext()
    {
        await _case.RecordAsync(25);
        _case.Begin(2, 22);
        for (var steps = 1; ; steps += 7)
        {
            try
            {
                await _case.FinishAsync(new Breaking(steps));
                break;
            }
            catch (NotSupportedException)
            {
                // Neither verified nor written by anybody until it is finished; what is not erased can be read.
                Assert.Contains((await _case.Sealed.VerifyAsync()).Faults, f => f.File == "erasure.json");
                var refusal = await Assert.ThrowsAsync<CaseException>(() => _case.Sealed.Case.OpenAsync());
                Assert.Contains("finishes it", refusal.Message, StringComparison.Ordinal);
                Assert.Equal(25, _case.Sealed.Case.Flows().Count);
            }
        }

        await _case.AssertSoundAsync();
        Assert.Empty(ErasedCase.FilesWith(_case.Folder.Path, ErasedCase.ValueOf(2)));
        Assert.Empty(ErasedCase.FilesWith(_case.Folder.Path, ErasedCase.ValueOf(22)));
    }

    [Fact]
    public async Task ErasureThatIsKilledBetweenItsSteps_IsFinishedByTheNext()
    {
        await _case.RecordAsync(5);
        _case.Begin(2);

        // Rewritten, but the journal can't be written.
        Directory.Delete(_case.Folder.SpoolFolder, recursive: true);
        await File.WriteAllTextAsync(_case.Folder.SpoolFolder, "");
        await Assert.ThrowsAsync<CaseException>(() => _case.FinishAsync());
        Assert.Empty(_case.Sealed.Case.Journal(JournalKinds.Erasure));
        Assert.Empty(ErasedCase.FilesWith(_case.Folder.Path, ErasedCase.ValueOf(2)));
        File.Delete(_case.Folder.SpoolFolder);

        // Journalled and announced, but not sealed.
        var sealer = new CaseSealer(_case.Folder, _case.Sealed.Key, "test", TimeProvider.System) { Progress = new Breaking(1) };
        await Assert.ThrowsAsync<NotSupportedException>(() => new CaseEraser(_case.Folder, TimeProvider.System).FinishAsync(sealer, TestCase.Options, NullLogger.Instance, default));
        Assert.Single(_case.Sealed.Case.Journal(JournalKinds.Erasure));
        Assert.Contains((await _case.Sealed.VerifyAsync()).Faults, f => f.File == "erasure.json");

        await _case.FinishAsync();

        await _case.AssertSoundAsync();
        Assert.Single(_case.Sealed.Case.Journal(JournalKinds.Erasure));
    }

    [Fact]
    public async Task ErasureThatIsKilledBehindItsSeal_IsFinishedWithoutAnotherJournalRecord()
    {
        await _case.RecordAsync(5);
        _case.Begin(2);
        var pending = await File.ReadAllBytesAsync(_case.Sealed.PathOf("erasure.json"));
        await _case.FinishAsync();
        await File.WriteAllBytesAsync(_case.Sealed.PathOf("erasure.json"), pending);

        await _case.FinishAsync();

        await _case.AssertSoundAsync();
        Assert.Single(_case.Sealed.Case.Journal(JournalKinds.Erasure));
        Assert.Single((await _case.Sealed.VerifyAsync()).Seal!.Erasures!.Value);
        Assert.False(File.Exists(_case.Sealed.PathOf("erasure.json")));
    }

    [Fact]
    public async Task ConversationBehindAnErasedFlow_IsReadWhereItLiesNow()
    {
        var writer = await _case.Sealed.Case.OpenAsync();
        await writer.RecordAsync(ErasedCase.Flow(writer.TakeNumber()), default);
        foreach (var number in new[] { writer.TakeNumber(), writer.TakeNumber() })
        {
            await writer.OpenAsync(Some.WebSocket(number), default);
            for (var i = 0; i < 3; i++)
            {
                await writer.AppendAsync(number, [Some.WebSocketMessage(i, $"{ErasedCase.ValueOf(number)} {i}")], default);
            }

            await writer.RecordAsync(Some.WebSocket(number, sent: 3), default);
        }

        await writer.CloseAsync(_case.Sealed.Sealer(), default);

        await _case.EraseAsync(1, 2);

        await _case.AssertSoundAsync();
        Assert.Empty(ErasedCase.FilesWith(_case.Folder.Path, ErasedCase.ValueOf(2)));
        var flows = _case.Sealed.Case.Flows();
        Assert.Null(flows[1].Messages);
        Assert.Equal(
            Enumerable.Range(0, 3).Select(i => $"{ErasedCase.ValueOf(3)} {i}"),
            flows[2].Messages!.Read().Select(m => System.Text.Encoding.UTF8.GetString(m.Payload.Span)));
    }

    [Fact]
    public async Task FlowThatAKilledProgramHadBegun_IsErasedWithItsOpening()
    {
        var kept = _case.Sealed.PathOf("kept");
        await using (var writer = await _case.Sealed.Case.OpenAsync())
        {
            await writer.OpenAsync(ErasedCase.Flow(writer.TakeNumber()), default);
            await writer.FlushAsync(default);
            File.Copy(_case.Folder.SegmentPath(1), kept);
        }

        File.Move(kept, _case.Folder.SegmentPath(1), overwrite: true);
        await new CaseEraser(_case.Folder, TimeProvider.System).RecoverAsync(TestCase.Options, NullLogger.Instance, default);
        Assert.Equal(FlowFailure.Interrupted, Assert.Single(_case.Sealed.Case.Flows()).Metadata.Failure);

        await _case.EraseAsync(1);

        await _case.AssertSoundAsync();
        Assert.Empty(ErasedCase.FilesWith(_case.Folder.Path, ErasedCase.ValueOf(1)));
    }

    [Fact]
    public async Task TombstoneThatNoSealDeclares_IsAFault()
    {
        await _case.RecordAsync(5);
        var pending = _case.Begin(2);
        File.Delete(_case.Sealed.PathOf("erasure.json"));
        new SegmentEraser(_case.Folder, pending.Erasure, null).Run(pending.Segments[0], default);

        Assert.Contains((await _case.Sealed.VerifyAsync()).Faults, f => f.Detail.Contains("does not say so", StringComparison.Ordinal));

        Directory.Delete(_case.Sealed.PathOf("seals"), recursive: true);
        Assert.Contains((await _case.Sealed.VerifyAsync()).Faults, f => f.Detail.Contains("does not say so", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ErasureThatAnotherKeyDeclares_LeavesTheOlderSealsBroken()
    {
        await _case.RecordAsync(5);
        using var other = SealingKey.FromPem(SealingKey.NewPem());
        Assert.Throws<CaseException>(() => new CaseEraser(_case.Folder, TimeProvider.System).Begin(
            new ErasureOrder { Flows = new HashSet<long> { 2 }, Operator = "o", Reason = "r" }, other, default));
        var pending = _case.Begin(2);
        new SegmentEraser(_case.Folder, pending.Erasure, null).Run(pending.Segments[0], default);
        var writer = await EvidenceWriter.OpenAsync(
            _case.Folder, TestCase.Options with { FinishesErasure = true }, (_, _) => ValueTask.CompletedTask, TimeProvider.System, NullLogger.Instance, default);

        await writer.CloseAsync(new CaseSealer(_case.Folder, other, "test", TimeProvider.System), default);

        Assert.Contains((await _case.Sealed.VerifyAsync()).Faults, f => f is { Kind: FaultKind.Changed, File: "evidence-00001.warc.gz" });
    }

    [Fact]
    public async Task CaseInUse_IsRefused()
    {
        await _case.RecordAsync(2);
        await using var writer = await _case.Sealed.Case.OpenAsync();

        Assert.Throws<CaseException>(() => _case.Begin(1));
    }

    [Fact]
    public async Task DamagedSegment_IsRefusedBeforeAnythingIsErased()
    {
        await _case.RecordAsync(5);
        var bytes = await File.ReadAllBytesAsync(_case.Folder.SegmentPath(1));
        bytes[WarcCheck.Read(_case.Folder.SegmentPath(1))[4].Offset + 60] ^= 1;
        await File.WriteAllBytesAsync(_case.Folder.SegmentPath(1), bytes);

        Assert.Contains("is damaged at byte", Assert.Throws<CaseException>(() => _case.Begin(5)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_case.Sealed.PathOf("erasure.json")));
    }

    [Theory]
    [InlineData("https://user:pw@shop.example:8443/a?b#c", "https://shop.example:8443/")]
    [InlineData("https://shop.example?q=1@2", "https://shop.example/")]
    [InlineData("urn:trafficaudit:flow:12", "urn:trafficaudit:flow:12")]
    [InlineData("mailto:someone@example.com", "urn:trafficaudit:erased")]
    public void Target_IsCutBehindItsHost(string uri, string expected) => Assert.Equal(expected, TombstoneWriter.Origin(uri));

    /// <summary>Throws in the place of being killed.</summary>
    private sealed class Breaking(int steps) : IProgress<long>
    {
        private int _left = steps;

        public void Report(long value)
        {
            if (--_left == 0)
            {
                throw new NotSupportedException();
            }
        }
    }
}
