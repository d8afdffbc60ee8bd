using TrafficAudit.Index.Filtering;
using TrafficAudit.Index.Queries;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Index.Tests;

public sealed class RestartTests : IDisposable
{
    private static readonly IndexOptions Slow = new() { WriteDelay = TimeSpan.FromMinutes(1) };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Reopened_EverythingIsAsItWas(bool withoutColumns)
    {
        var opaque = new FlowSummary
        {
            Number = 3,
            Kind = FlowKind.Opaque,
            Time = Some.Time.AddTicks(7),
            Method = "",
            Scheme = "tls",
            Host = "",
            Port = 0,
            Path = "",
            Failure = FlowFailure.ClientRejectedCertificate,
            DecodingTruncated = true,
            CaptureTruncated = true,
            MessagesUnreadable = true,
            Connection = 17,
            UnkeptSent = 5,
            UnkeptReceived = 1L << 40,
        };
        AnalyzedFlow[] flows = [Build.Flow(2, Build.Finding(), Build.Finding("이름", value: "홍길동 😀")), Build.Flow(1), Build.Flow(opaque)];
        await using (var index = await _folder.OpenAsync())
        {
            await index.AddAllAsync(flows);
            await index.CoverAsync(1, 5000, TestContext.Current.CancellationToken);
        }

        if (withoutColumns)
        {
            File.Delete(_folder.File("index/00001.columns"));
        }

        await using var reopened = await _folder.OpenAsync("v2");
        Assert.Equal(new SegmentState(1, 3, 5000, "v1"), reopened.State(1));
        Assert.Equal([1, 2, 3], reopened.Numbers());
        Assert.Equal(new IndexCounters(3, 2, 1), reopened.Counters);
        Assert.Empty(reopened.Faults);
        foreach (var flow in flows)
        {
            Assert.Equal(flow.Summary, reopened.Find(flow.Summary.Number));
            Assert.Equal((1, flow.Summary.Number * 1000), reopened.Position(flow.Summary.Number));
            Assert.Equal(Indexes.Json(flow), Indexes.Json(await reopened.GetAsync(flow.Summary.Number, TestContext.Current.CancellationToken)));
        }
    }

    [Fact]
    public async Task AddedToAgain_BothPartsAreThereAndColumnsAreStoredAnew()
    {
        await using (var index = await _folder.OpenAsync())
        {
            await index.AddAllAsync(Build.Flow(1, Build.Finding()));
        }

        await using (var index = await _folder.OpenAsync())
        {
            await index.AddAllAsync(Build.Flow(2, Build.Finding("email")));
            await index.FlushAsync(TestContext.Current.CancellationToken);
            Assert.False(File.Exists(_folder.File("index/00001.columns")));
        }

        Assert.True(File.Exists(_folder.File("index/00001.columns")));
        await using var reopened = await _folder.OpenAsync();
        Assert.Equal(["phone", "email"], (await reopened.AllFindingsAsync()).Select(f => f.Finding.Item));
    }

    [Fact]
    public async Task ReplacedFlow_OnlyTheNewOneCountsBeforeAndAfterRestart()
    {
        await using (var index = await _folder.OpenAsync())
        {
            await index.AddAllAsync(Build.Flow(1, Build.Finding(), Build.Finding("email")), Build.Flow(2));
            await index.FlushAsync(TestContext.Current.CancellationToken);
            await index.AddAllAsync(Build.Flow(1, Build.Finding("name")), Build.Flow(3), Build.Flow(3, Build.Finding("gaid")));
            Assert.Equal(["name", "gaid"], (await index.AllFindingsAsync()).Select(f => f.Finding.Item));
            Assert.Equal(new IndexCounters(3, 2, 0), index.Counters);
        }

        await using (var reopened = await _folder.OpenAsync())
        {
            Assert.Equal(["name", "gaid"], (await reopened.AllFindingsAsync()).Select(f => f.Finding.Item));
        }

        File.Delete(_folder.File("index/00001.columns"));
        await using var rebuilt = await _folder.OpenAsync();
        Assert.Equal(new IndexCounters(3, 2, 0), rebuilt.Counters);
        Assert.Equal(["name", "gaid"], (await rebuilt.AllFindingsAsync()).Select(f => f.Finding.Item));
    }

    [Fact]
    public async Task Killed_ReopenedIsShorterAndRight()
    {
        await using var index = await _folder.OpenAsync(options: Slow);
        await index.AddAllAsync(Build.Flow(1, Build.Finding()), Build.Flow(2));
        await index.CoverAsync(1, 2500, TestContext.Current.CancellationToken);
        await index.FlushAsync(TestContext.Current.CancellationToken);
        await index.AddAllAsync(Build.Flow(3, Build.Finding("email")));
        await index.CoverAsync(1, 3500, TestContext.Current.CancellationToken);
        Assert.Equal(new SegmentState(1, 3, 3500, "v1"), index.State(1));

        using var killed = new TemporaryFolder();
        _folder.CopyTo(killed);
        await using var reopened = await killed.OpenAsync();
        Assert.Equal(new SegmentState(1, 2, 2500, "v1"), reopened.State(1));
        Assert.Equal([1, 2], reopened.Numbers());
        Assert.Equal(["phone"], (await reopened.AllFindingsAsync()).Select(f => f.Finding.Item));
        Assert.Null(await reopened.GetAsync(3, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task KilledAfterAddingToStoredColumns_OldColumnsAreNotTrusted()
    {
        await using (var first = await _folder.OpenAsync())
        {
            await first.AddAllAsync(Build.Flow(1));
        }

        await using var index = await _folder.OpenAsync(options: Slow);
        await index.AddAllAsync(Build.Flow(2));
        await index.FlushAsync(TestContext.Current.CancellationToken);
        using var killed = new TemporaryFolder();
        _folder.CopyTo(killed);
        await using var reopened = await killed.OpenAsync();
        Assert.Equal([1, 2], reopened.Numbers());
    }

    [Fact]
    public async Task DelayPassed_FlowIsOnDisk()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var index = await _folder.OpenAsync(options: new IndexOptions { Clock = clock });
        await index.AddAllAsync(Build.Flow(1));
        var wrote = new TaskCompletionSource();
        using var watcher = new FileSystemWatcher(_folder.File("index"));
        watcher.Created += (_, e) => wrote.TrySetResult();
        watcher.EnableRaisingEvents = true;

        // The loop takes the flow, and sets the timer, at a moment that nobody outside knows.
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                return wrote.Task.IsCompleted;
            },
            TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task SeveralSegments_EachHasItsFileAndFlowsComeInOrderOfNumber()
    {
        var none = TestContext.Current.CancellationToken;
        await using (var index = await _folder.OpenAsync())
        {
            // A long flow (2) ends in the second segment, and analysis workers hand over out of order.
            await index.AddAsync(1, 10, Build.Flow(3, Build.Finding("a")), none);
            await index.AddAsync(2, 0, Build.Flow(2, Build.Finding("b")), none);
            await index.AddAsync(1, 0, Build.Flow(1, Build.Finding("c")), none);
            await index.AddAsync(2, 10, Build.Flow(4, Build.Finding("d")), none);
            await index.FlushAsync(none);
            Assert.Equal(["c", "b", "a", "d"], (await index.AllFindingsAsync()).Select(f => f.Finding.Item));
        }

        await using var reopened = await _folder.OpenAsync();
        Assert.Equal(["c", "b", "a", "d"], (await reopened.AllFindingsAsync()).Select(f => f.Finding.Item));
        Assert.Equal([4, 3, 2, 1], reopened.Flows(FlowFilter.None, null, 10).Flows.Select(f => f.Number));
        Assert.Equal((2, 0L), reopened.Position(2));
        Assert.Equal(2, reopened.State(1)?.Flows);
        Assert.Equal(2, reopened.State(2)?.Flows);
        Assert.All(["00001.db", "00001.columns", "00002.db", "00002.columns"], f => Assert.True(File.Exists(_folder.File($"index/{f}"))));
    }

    [Fact]
    public async Task Reset_SegmentIsGoneFromMemoryAndDiskAndCanBeMadeAgain()
    {
        var none = TestContext.Current.CancellationToken;
        await using (var index = await _folder.OpenAsync())
        {
            await index.AddAsync(1, 0, Build.Flow(1), none);
            await index.AddAsync(2, 0, Build.Flow(2), none);
            await index.FlushAsync(none);
            await index.AddAsync(1, 5, Build.Flow(3), none);
            await index.ResetAsync(1, none);
            Assert.Null(index.State(1));
            Assert.Null(index.Find(1));
            Assert.Equal([2], index.Numbers());
            Assert.False(File.Exists(_folder.File("index/00001.db")));
            await index.AddAsync(1, 7, Build.Flow(1, Build.Finding()), none);
        }

        await using var reopened = await _folder.OpenAsync();
        Assert.Equal([1, 2], reopened.Numbers());
        Assert.Equal((1, 7L), reopened.Position(1));
        await reopened.ResetAllAsync(none);
        Assert.Equal(new IndexCounters(0, 0, 0), reopened.Counters);
        Assert.Equal(["lock"], Directory.EnumerateFiles(_folder.File("index")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task ResetWhileFindingsAreRead_IsSaidAndTheNewPartStaysWhole()
    {
        var none = TestContext.Current.CancellationToken;
        await using var index = await _folder.OpenAsync();
        await index.AddAllAsync([.. Enumerable.Range(1, 600).Select(n => Build.Flow(n, Build.Finding()))]);
        await index.FlushAsync(none);
        await using var findings = index.FindingsAsync(FlowFilter.None, all: false, none).GetAsyncEnumerator(none);
        Assert.True(await findings.MoveNextAsync());
        await index.ResetAsync(1, none);
        await index.AddAllAsync(Build.Flow(1, Build.Finding("email")));
        await index.FlushAsync(none);
        await Assert.ThrowsAsync<IndexDamagedException>(async () =>
        {
            while (await findings.MoveNextAsync())
            {
            }
        });

        Assert.Equal("email", Assert.Single(await index.AllFindingsAsync()).Finding.Item);
        Assert.Empty(index.Faults);
    }

    [Fact]
    public async Task CoveredWithoutFlows_IsRemembered()
    {
        await using (var index = await _folder.OpenAsync())
        {
            await index.CoverAsync(4, 900, TestContext.Current.CancellationToken);
        }

        await using var reopened = await _folder.OpenAsync();
        Assert.Equal(new SegmentState(4, 0, 900, "v1"), reopened.State(4));
        Assert.Null(reopened.State(1));
    }

    [Fact]
    public async Task OpenedTwice_SecondIsRefusedAndHarmsNothing()
    {
        await using var index = await _folder.OpenAsync();
        await index.AddAllAsync(Build.Flow(1));
        await Assert.ThrowsAsync<IndexInUseException>(() => _folder.OpenAsync());
        await index.FlushAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(await index.GetAsync(1, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task FlowLargerThanALiteDbDocument_IsKeptWhole()
    {
        var large = Build.Flow(5, Build.Finding(value: new string('가', 7_000_000)));
        await using (var index = await _folder.OpenAsync())
        {
            await index.AddAllAsync(Build.Flow(4), large, large);
        }

        File.Delete(_folder.File("index/00001.columns"));
        await using var reopened = await _folder.OpenAsync();
        Assert.Empty(reopened.Faults);
        var flow = await reopened.GetAsync(5, TestContext.Current.CancellationToken);
        Assert.Equal(large.Findings[0].Value, flow?.Findings[0].Value);
    }

    [Fact]
    public async Task Disposed_CallsSayThatItIsClosed()
    {
        var index = await _folder.OpenAsync();
        await index.DisposeAsync();
        await index.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => index.AddAllAsync(Build.Flow(1)));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await index.FlushAsync());
    }
}
