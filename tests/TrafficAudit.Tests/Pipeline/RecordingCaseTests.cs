using Microsoft.Extensions.Logging.Abstractions;
using TrafficAudit.Evidence;
using TrafficAudit.Index;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;
using TrafficAudit.Pipeline;
using TrafficAudit.Running;
using TrafficAudit.Terminal;
using TrafficAudit.Testing;

namespace TrafficAudit.Tests.Pipeline;

/// <summary>The way of a flow through a real case folder.</summary>
public sealed class RecordingCaseTests : IDisposable
{
    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task RecordedFlow_IsInTheIndexBeforeItIsShown()
    {
        var shown = new TaskCompletionSource<AnalyzedFlow>(TaskCreationOptions.RunContinuationsAsynchronously);
        _lab.Analyzed = f => shown.TrySetResult(f);
        await using var recording = await _lab.OpenAsync(Lab.Persona);

        await recording.Evidence.RecordAsync(Lab.Flow(recording.Evidence.TakeNumber()), TestContext.Current.CancellationToken);
        var flow = await shown.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal(["email", "phone"], flow.Findings.Where(f => f.IsCounted).Select(f => f.Item).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(("CN", CountryGrade.Located), (flow.Summary.Country, flow.Summary.CountryGrade));
        Assert.NotNull(recording.Index.Find(flow.Summary.Number));
        Assert.NotNull(new EvidenceReader(_lab.Case).ReadAll().Single(e => e.Flow?.Flow.Metadata.Number == flow.Summary.Number).Flow);
    }

    [Fact]
    public async Task ClosedCase_HasEverythingThatWasHandedOver()
    {
        await _lab.RecordAsync(Lab.Persona, [.. Enumerable.Range(1, 1000).Select(n => Lab.Flow(n))]);

        await using var again = await _lab.OpenAsync();

        Assert.Equal(Enumerable.Range(1, 1000).Select(n => (long)n), again.Index.Ascending(FlowFilter.None).Select(f => f.Number));
        Assert.Equal(1000, again.Index.Counters.Flows);
        Assert.Equal(0, again.DamagedRecords);
    }

    [Fact]
    public async Task LookUps_AreJournalledThoughTheCaseIsClosedAtOnce()
    {
        await _lab.RecordAsync(null, [.. Enumerable.Range(1, 100).Select(n => Some.Flow(n, address: $"192.0.2.{n}"))]);

        Assert.Equal(100, new EvidenceReader(_lab.Case).ReadJournal(JournalKinds.Lookup).Count());
    }

    [Fact]
    public async Task DeletedIndex_IsMadeAgainTheSame()
    {
        await _lab.RecordAsync(Lab.Persona, Lab.Flow(1), Some.Flow(2, address: "198.51.100.1"), Lab.Flow(3, phone: "none"));
        var before = await ContentAsync();

        Directory.Delete(_lab.Case.IndexFolder, recursive: true);

        Assert.Equal(before, await ContentAsync());
        Assert.Contains(before, l => l.Contains("email", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Analyze_ReportsProgressUpToTheWholeEvidence()
    {
        await _lab.RecordAsync(Lab.Persona, Lab.Flow(1), Lab.Flow(2));
        var reports = new List<long>();

        await using var recording = await _lab.OpenAsync(again: new ImmediateProgress<long>(reports.Add));

        Assert.Equal(2, recording.Index.Counters.Flows);
        Assert.Equal(reports.Order(), reports);
        Assert.NotEmpty(reports);
    }

    [Fact]
    public async Task PersonaAddedLater_FindsItsValuesInEarlierFlowsAfterAnalyze()
    {
        const string other = "chulsoo.kim.test@example.org";
        await _lab.RecordAsync(new Persona("first", [new("phone", Lab.Phone)]), Lab.Flow(1, email: other));
        Assert.Equal(["#1 phone"], await CertainAsync());
        await _lab.RecordAsync(new Persona("second", [new("email", other)]), Lab.Flow(2, email: other));

        await using (await _lab.OpenAsync(again: new ImmediateProgress<long>(_ => { })))
        {
            // Opened and closed: everything was analysed again.
        }

        Assert.Equal(["#1 email", "#1 phone", "#2 email", "#2 phone"], await CertainAsync());
    }

    [Fact]
    public async Task SamePersonaTwice_IsJournalledOnce()
    {
        await _lab.RecordAsync(Lab.Persona);
        await _lab.RecordAsync(Lab.Persona);
        await _lab.RecordAsync(Lab.Persona with { Name = "other" });

        Assert.Equal(["test shopper (invented)", "other"], CasePersonas.Read(_lab.Case).Select(p => p.Name));
    }

    [Fact]
    public async Task DamagedRecord_IsCountedAndTheOthersAreIndexed()
    {
        await WriteEvidenceAsync(new EvidenceOptions { Software = "test", SegmentFlows = 10 }, Enumerable.Range(1, 20));
        Damage(5);

        await using var recording = await _lab.OpenAsync(again: new ImmediateProgress<long>(_ => { }));

        Assert.Equal(AllBut(5), recording.Index.Ascending(FlowFilter.None).Select(f => f.Number));

        // The reader names the record that is damaged, and the flow's last one, which has lost it.
        Assert.InRange(recording.DamagedRecords, 1, 2);
    }

    [Fact]
    public async Task DamagedRecordInTheLastSegment_CostsReadersThatFlowAlone()
    {
        await WriteEvidenceAsync(new EvidenceOptions { Software = "test" }, Enumerable.Range(1, 20));
        Damage(5);

        await using var recorded = await RecordedCase.OpenAsync(_lab.Case, DataSources.Load(_lab.GeoData, _lab.GeoData), NullLoggerFactory.Instance, TestContext.Current.CancellationToken);

        Assert.Equal(AllBut(5), recorded.Index.Ascending(FlowFilter.None).Select(f => f.Number));
    }

    [Fact]
    public async Task FlowsThatOnlyTheEvidenceHas_AreCaughtUpOnOpening()
    {
        await _lab.RecordAsync(Lab.Persona, Lab.Flow(1));

        // What a program leaves that is killed between evidence and index.
        await WriteEvidenceAsync(new EvidenceOptions { Software = "test" }, [2, 3]);

        await using var recording = await _lab.OpenAsync();

        Assert.Equal([1, 2, 3], recording.Index.Ascending(FlowFilter.None).Select(f => f.Number));
        Assert.Contains("#3 email", await CertainAsync(recording.Index));
    }

    [Fact]
    public async Task OpeningThatIsEnded_LeavesTheCaseFree()
    {
        await _lab.RecordAsync(Lab.Persona, Lab.Flow(1));
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _lab.OpenAsync(again: new ImmediateProgress<long>(_ => stop.Cancel()), cancellation: stop.Token));

        await using var recording = await _lab.OpenAsync();
        Assert.Equal(1, recording.Index.Counters.Flows);
    }

    [Fact]
    public async Task CaseThatIsOpen_IsRefusedWithItsProcess()
    {
        await using var recording = await _lab.OpenAsync();

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => _lab.OpenAsync());

        Assert.Contains(Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), refused.Message, StringComparison.Ordinal);
    }

    private async Task WriteEvidenceAsync(EvidenceOptions options, IEnumerable<int> numbers)
    {
        await using var evidence = await EvidenceWriter.OpenAsync(
            _lab.Case, options, Discard, TimeProvider.System, NullLogger.Instance, TestContext.Current.CancellationToken);
        foreach (var number in numbers)
        {
            await evidence.RecordAsync(Lab.Flow(number), TestContext.Current.CancellationToken);
        }

        static ValueTask Discard(StoredFlow stored, CancellationToken cancellation)
        {
            stored.Flow.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private void Damage(long number)
    {
        var position = new EvidenceReader(_lab.Case).ReadAll().First(e => e.Flow?.Flow.Metadata.Number == number).Flow!.Position;
        using var file = new FileStream(_lab.Case.SegmentPath(position.Segment), FileMode.Open, FileAccess.ReadWrite);
        file.Position = position.Offset + 100;
        var there = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)~there);
    }

    private static IEnumerable<long> AllBut(long number) => Enumerable.Range(1, 20).Select(n => (long)n).Where(n => n != number);

    private async Task<List<string>> ContentAsync()
    {
        await using var recording = await _lab.OpenAsync();
        return await Lab.ContentAsync(recording.Index);
    }

    private async Task<List<string>> CertainAsync()
    {
        await using var recording = await _lab.OpenAsync();
        return await CertainAsync(recording.Index);
    }

    private static async Task<List<string>> CertainAsync(ICaseIndex index)
    {
        var lines = new List<string>();
        await foreach (var (flow, finding) in index.FindingsAsync(FlowFilter.None, all: false))
        {
            if (finding.Detector == Detector.Persona)
            {
                lines.Add($"#{flow.Number} {finding.Item}");
            }
        }

        return [.. lines.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}
