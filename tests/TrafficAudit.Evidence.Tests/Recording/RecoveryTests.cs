using System.Text;
using System.Text.Json;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Recording;
using TrafficAudit.Evidence.Warc;
using TrafficAudit.Testing;

namespace TrafficAudit.Evidence.Tests.Recording;

public sealed class RecoveryTests : IDisposable
{
    private readonly TestCase _case = new();

    public void Dispose() => _case.Dispose();

    [Fact]
    public async Task TornLastFlow_IsCutOffKeptAsideAndNoted_WhereverItWasTorn()
    {
        await RecordAndDieAsync(3);
        var whole = await File.ReadAllBytesAsync(_case.FirstSegment, TestContext.Current.CancellationToken);
        var (start, end) = (_case.Committed.ElementAt(1).End, _case.Committed.ElementAt(2).End);
        for (var cut = start + 1; cut < end; cut += 41)
        {
            await CheckCutAsync(whole, start, cut);
        }

        await CheckCutAsync(whole, start, end - 1);
    }

    [Fact]
    public async Task TornNumberBlock_IsCutOff()
    {
        await _case.RecordAsync(2);
        var whole = await File.ReadAllBytesAsync(_case.FirstSegment, TestContext.Current.CancellationToken);
        var record = WarcCheck.Read(_case.FirstSegment)[^1];
        Assert.Equal(JournalKinds.NumberBlock, record["TA-Journal"]);
        foreach (var cut in new[] { record.Offset + 1, record.Offset + 30, record.End - 1 })
        {
            await File.WriteAllBytesAsync(_case.FirstSegment, whole[..(int)cut], TestContext.Current.CancellationToken);
            await using var writer = await _case.OpenAsync();
            Assert.True(writer.TakeNumber() > 2);
        }
    }

    [Fact]
    public async Task NumbersThatWereOnlyTaken_AreNotGivenAgainAfterACrash()
    {
        var copy = await CopyOfARunningCaseAsync(w => Assert.Equal([1, 2], [w.TakeNumber(), w.TakeNumber()]));

        await using var writer = await TestCase.OpenAsync(copy);

        Assert.True(writer.TakeNumber() > 2);
    }

    [Fact]
    public async Task CleanEnd_GivesUnusedNumbersBack()
    {
        await _case.RecordAsync(3);
        await _case.RecordAsync(2);

        Assert.Equal([1, 2, 3, 4, 5], _case.Flows().Select(f => f.Metadata.Number));
    }

    [Fact]
    public async Task MoreNumbersThanABlock_AreJournalledBeforeTheyAreUsed()
    {
        await using var writer = await _case.OpenAsync();
        for (var i = 0; i < FlowNumbers.Block - 1; i++)
        {
            writer.TakeNumber();
        }

        await writer.FlushAsync(default);
        var last = _case.Journal(JournalKinds.NumberBlock)[^1].Content.GetProperty("to").GetInt64();
        Assert.True(last > writer.TakeNumber() + (FlowNumbers.Block / 2));
    }

    [Fact]
    public async Task SegmentThatEndedBeforeItsNumbers_TakesThemFromTheOneBefore()
    {
        await RecordAndDieAsync(4, TestCase.Options with { SegmentFlows = 2 });
        var second = _case.Folder.SegmentPath(2);
        var afterInfo = WarcCheck.Read(second)[0].End;
        using (var file = File.OpenHandle(second, access: FileAccess.ReadWrite))
        {
            RandomAccess.SetLength(file, afterInfo);
        }

        await using (var writer = await _case.OpenAsync())
        {
            Assert.True(writer.TakeNumber() > FlowNumbers.Block);
        }

        WarcCheck.AssertSound(_case.Folder.Segments.Select(_case.Folder.SegmentPath));
        Assert.Single(_case.Journal(JournalKinds.CaseCreated));
    }

    [Fact]
    public async Task LastSegmentEmptyOrGarbage_GoesAsideAndTheOneBeforeGoesOn()
    {
        await _case.RecordAsync(2);
        await File.WriteAllBytesAsync(_case.Folder.SegmentPath(2), "no member"u8.ToArray(), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(_case.Folder.SegmentPath(3), [], TestContext.Current.CancellationToken);

        await _case.RecordAsync(1);

        Assert.Equal([1], _case.Folder.Segments);
        Assert.Equal("no member"u8.ToArray(), ReadBeside(Path.Combine(_case.Folder.Path, "evidence-00002.torn-1")));
        Assert.Equal([1, 2, 3], _case.Flows().Select(f => f.Metadata.Number));
        WarcCheck.AssertSound([_case.FirstSegment]);
    }

    [Fact]
    public async Task DamageInTheMiddle_CostsItsFlowAloneWhenTheCaseIsOpenedAgain()
    {
        await _case.RecordAsync(FlowsBehind);
        var damaged = _case.Committed.ElementAt(2);
        Flip(_case.FirstSegment, damaged.Position.Offset + 100);

        await using (var writer = await _case.OpenAsync())
        {
            Assert.Equal(FlowsBehind + 1, writer.TakeNumber());
        }

        Assert.Equal(
            Enumerable.Range(1, FlowsBehind).Where(n => n != damaged.Flow.Metadata.Number).Select(n => (long)n), _case.Flows().Select(f => f.Metadata.Number));
        Assert.Empty(_case.Journal(JournalKinds.Recovered));
    }

    [Fact]
    public async Task LastSegmentDamagedAtItsStart_KeepsItsFlowsAndNumbers()
    {
        await RecordAndDieAsync(4, TestCase.Options with { SegmentFlows = 2 });
        Flip(_case.Folder.SegmentPath(2), 60);

        await using (var writer = await _case.OpenAsync())
        {
            Assert.True(writer.TakeNumber() > FlowNumbers.Block + 2);
        }

        Assert.Equal([1, 2, 3, 4], _case.Flows().Select(f => f.Metadata.Number));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"to":"9"}""")]
    [InlineData("""{"to":9223372036854775807}""")]
    [InlineData("""{"to":-1}""")]
    [InlineData("[]")]
    public async Task UnreadableNumberBlock_CountsAsAWholeOne(string content)
    {
        await _case.RecordAsync(2);
        AppendRecord(JournalKinds.NumberBlock, """{"kind":"number_block","time":"2026-01-02T03:04:05Z","content":""" + content + "}");

        await using var writer = await _case.OpenAsync();

        Assert.Equal(2 + FlowNumbers.Block + 1, writer.TakeNumber());
        Assert.Empty(_case.Journal(JournalKinds.Recovered));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"kind":null,"time":"2026-01-02T03:04:05Z","content":{}}""")]
    public async Task UnreadableJournalEntry_IsPassedOverAndNamed(string block)
    {
        await _case.RecordAsync(1);
        var offset = new FileInfo(_case.FirstSegment).Length;
        AppendRecord(JournalKinds.NumberBlock, block);
        await _case.RecordAsync(1);

        var damaged = new List<FlowPosition>();
        var read = new EvidenceReader(_case.Folder, damaged.Add).ReadAll().Count(e => e.Flow is not null);

        Assert.Equal(2, read);
        Assert.Equal([new FlowPosition(1, offset)], damaged);
    }

    [Fact]
    public async Task FlippedBitInAClosedSegment_CostsThatFlowAloneAndIsNamed()
    {
        await _case.RecordAsync(6, TestCase.Options with { SegmentFlows = 5 });
        var second = _case.Committed.ElementAt(1);
        for (var offset = second.Position.Offset; offset < second.End; offset += 59)
        {
            Flip(_case.FirstSegment, offset);
            var damaged = new List<FlowPosition>();
            var read = new EvidenceReader(_case.Folder, damaged.Add).ReadAll().Where(e => e.Flow is not null);
            var numbers = read.Select(e => e.Flow!.Flow.Metadata.Number).ToList();
            Flip(_case.FirstSegment, offset);

            // A flip may hit what is no content: the header's time, or unused bits at the end of compressed data.
            Assert.True(numbers is [1, 3, 4, 5, 6] or [1, 2, 3, 4, 5, 6], $"{offset}: {string.Join(' ', numbers)}");
            Assert.Equal(numbers.Count == 6, damaged.Count == 0);
            Assert.True(damaged.TrueForAll(d => d.Offset >= second.Position.Offset && d.Offset < second.End));
        }

        Flip(_case.FirstSegment, second.Position.Offset + 100);
        Assert.Null(_case.Reader.ReadFlow(second.Position));
    }

    private const int FlowsBehind = 8;

    private static void Flip(string path, long offset)
    {
        using var file = File.OpenHandle(path, access: FileAccess.ReadWrite);
        var one = new byte[1];
        RandomAccess.Read(file, one, offset);
        one[0] ^= 0x10;
        RandomAccess.Write(file, one, offset);
    }

    /// <summary>Appends a whole record as the program would, with a block of the test's.</summary>
    private void AppendRecord(string kind, string block)
    {
        var state = Recovery.Run(_case.Folder);
        using var segment = SegmentWriter.Continue(_case.Folder, state.Segment, state.Length, state.Flows, state.Chain);
        segment.Append(new WarcRecordDraft(
            "metadata", Some.Time, "application/json", new WarcBlock(Encoding.UTF8.GetBytes(block)), [(WarcHeaders.Journal, kind)]));
        segment.Commit();
    }

    private async Task CheckCutAsync(byte[] whole, long start, long cut)
    {
        foreach (var torn in Directory.GetFiles(_case.Folder.Path, "*.torn-*"))
        {
            File.Delete(torn);
        }

        await File.WriteAllBytesAsync(_case.FirstSegment, whole[..(int)cut], TestContext.Current.CancellationToken);
        Assert.Equal([1, 2], _case.Flows().Select(f => f.Metadata.Number));
        await using (var writer = await _case.OpenAsync())
        {
            Assert.True(writer.TakeNumber() > 3);
        }

        Assert.Equal([1, 2], _case.Flows().Select(f => f.Metadata.Number));
        var aside = await File.ReadAllBytesAsync(Path.Combine(_case.Folder.Path, "evidence-00001.torn-1"), TestContext.Current.CancellationToken);
        Assert.Equal(whole[(int)start..(int)cut], aside);
        var note = Assert.Single(_case.Journal(JournalKinds.Recovered));
        Assert.Equal("evidence-00001.torn-1", note.Content.GetProperty("file").GetString());
        Assert.Equal(cut - start, note.Content.GetProperty("bytes").GetInt64());
        WarcCheck.AssertSound([_case.FirstSegment]);
    }

    /// <summary>Records and leaves the case as a process that was killed then.</summary>
    private async Task RecordAndDieAsync(int flows, EvidenceOptions? options = null)
    {
        await using var writer = await _case.OpenAsync(options);
        for (var i = 0; i < flows; i++)
        {
            await writer.RecordAsync(Some.Flow(writer.TakeNumber()), default);
        }

        await writer.FlushAsync(default);
        var files = _case.Folder.Segments.Select(s => (Path: _case.Folder.SegmentPath(s), Content: ReadBeside(_case.Folder.SegmentPath(s)))).ToList();
        await writer.DisposeAsync();
        files.ForEach(f => File.WriteAllBytes(f.Path, f.Content));
    }

    private async Task<CaseFolder> CopyOfARunningCaseAsync(Action<EvidenceWriter> act)
    {
        var copy = Directory.CreateDirectory(Path.Combine(_case.Folder.Path, "copy")).FullName;
        await using var writer = await _case.OpenAsync();
        act(writer);
        foreach (var name in new[] { "case.json", "evidence-00001.warc.gz" })
        {
            await File.WriteAllBytesAsync(Path.Combine(copy, name), ReadBeside(Path.Combine(_case.Folder.Path, name)));
        }

        return CaseFolder.Open(copy);
    }

    private static byte[] ReadBeside(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
