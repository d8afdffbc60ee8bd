using TrafficAudit.Index.Filtering;
using TrafficAudit.Index.Watching;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Index.Tests;

public sealed class ConcurrencyTests : IDisposable
{
    private static readonly CancellationToken None = TestContext.Current.CancellationToken;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadersBesideWriters_SeeMonotoneCountsAndWholeFlows()
    {
        const int Count = 6000;
        var writing = true;
        await using (var index = await _folder.OpenAsync(options: new IndexOptions { BatchSize = 500, WriteDelay = TimeSpan.FromMilliseconds(10) }))
        {
            var readers = Enumerable.Range(0, 3).Select(reader => Task.Run(() => ReadAsync(index, reader, () => Volatile.Read(ref writing)), None)).ToArray();
            var writers = Enumerable.Range(0, 3).Select(writer => Task.Run(
                async () =>
                {
                    for (var number = 1 + writer; number <= Count; number += 3)
                    {
                        await index.AddAsync(1 + (number / 2500), number, Build.Typical(number), None);
                    }
                },
                None));
            await Task.WhenAll(writers);
            Volatile.Write(ref writing, false);
            await Task.WhenAll(readers);
            Assert.Empty(index.Faults);
        }

        await using var reopened = await _folder.OpenAsync();
        Assert.Equal(Enumerable.Range(1, Count).Select(n => (long)n), reopened.Numbers());
        Assert.Equal(Count / 3 * 3, (await reopened.AllFindingsAsync(all: true)).Count);
    }

    [Fact]
    public async Task Watcher_IsToldToLookAndThenOfEachFlow()
    {
        await using var index = await _folder.OpenAsync();
        await using var changes = index.WatchAsync(None).GetAsyncEnumerator(None);
        Assert.Equal(IndexChange.Refresh(0), await NextAsync(changes));
        await index.AddAllAsync(Build.Flow(7), Build.Flow(3));
        Assert.Equal(IndexChange.Added(7), await NextAsync(changes));
        Assert.Equal(IndexChange.Added(3), await NextAsync(changes));
        Assert.NotNull(index.Find(3));
        await index.ResetAsync(1, None);
        Assert.Equal(IndexChange.Refresh(0), await NextAsync(changes));
    }

    [Fact]
    public async Task SlowWatcher_HoldsNothingUpAndIsToldHowManyItMissed()
    {
        await using var index = await _folder.OpenAsync(options: new IndexOptions { WatchCapacity = 4 });
        await using var slow = index.WatchAsync(None).GetAsyncEnumerator(None);
        await NextAsync(slow);
        await index.AddAllAsync([.. Enumerable.Range(1, 100).Select(n => Build.Flow(n))]);
        Assert.Equal(100, index.Counters.Flows);

        Assert.Equal(IndexChange.Refresh(96), await NextAsync(slow));
        Assert.Equal([1, 2, 3, 4], new[] { (await NextAsync(slow)).Flow, (await NextAsync(slow)).Flow, (await NextAsync(slow)).Flow, (await NextAsync(slow)).Flow });
        await index.AddAllAsync(Build.Flow(101));
        Assert.Equal(IndexChange.Added(101), await NextAsync(slow));
    }

    [Fact]
    public async Task WatcherUnderLoad_ToldAndMissedAddUpToEverything()
    {
        const int Count = 3000;
        await using var index = await _folder.OpenAsync(options: new IndexOptions { WatchCapacity = 2 });
        var watching = new TaskCompletionSource();
        var watcher = Task.Run(
            async () =>
            {
                var known = 0;
                await foreach (var change in index.WatchAsync(None))
                {
                    watching.TrySetResult();
                    known += change.Flow is null ? change.Missed : 1;
                    if (known == Count)
                    {
                        break;
                    }
                }
            },
            None);
        await watching.Task;
        await index.AddAllAsync([.. Enumerable.Range(1, Count).Select(n => Build.Flow(n))]);
        await watcher.WaitAsync(TimeSpan.FromSeconds(20), None);
    }

    [Fact]
    public async Task IndexClosed_WatchEnds()
    {
        var index = await _folder.OpenAsync();
        await using var changes = index.WatchAsync(None).GetAsyncEnumerator(None);
        await NextAsync(changes);
        await index.DisposeAsync();
        Assert.False(await changes.MoveNextAsync());
    }

    [Fact]
    public async Task WatchCancelled_Ends()
    {
        await using var index = await _folder.OpenAsync();
        using var stop = new CancellationTokenSource();
        await using var changes = index.WatchAsync(stop.Token).GetAsyncEnumerator(None);
        await NextAsync(changes);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await changes.MoveNextAsync());
    }

    [Fact]
    public async Task ClosedWhileAdding_EveryFlowIsAddedOrRefused()
    {
        var index = await _folder.OpenAsync(options: new IndexOptions { BatchSize = 10 });
        var added = 0L;
        var adding = Task.Run(
            async () =>
            {
                for (var number = 1; ; number++)
                {
                    await index.AddAsync(1, number, Build.Flow(number), None);
                    Interlocked.Increment(ref added);
                }
            },
            None);
        Assert.True(SpinWait.SpinUntil(() => Interlocked.Read(ref added) > 50, TimeSpan.FromSeconds(10)));
        await index.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => adding);
        await using var reopened = await _folder.OpenAsync();
        Assert.Equal(added, reopened.Counters.Flows);
    }

    private static async Task<IndexChange> NextAsync(IAsyncEnumerator<IndexChange> changes)
    {
        Assert.True(await changes.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), None));
        return changes.Current;
    }

    private static async Task ReadAsync(LiteDbCaseIndex index, int seed, Func<bool> writing)
    {
        var random = new Random(seed);
        var (flows, findings) = (0L, 0L);
        do
        {
            var counters = index.Counters;
            Assert.True(counters.Flows >= flows && counters.Findings >= findings);
            (flows, findings) = (counters.Flows, counters.Findings);
            var page = index.Flows(FlowFilter.Parse("country:CN,SG"), null, 20);
            Assert.Equal(page.Flows.OrderByDescending(f => f.Number), page.Flows);
            Assert.True(index.Transfers(FlowFilter.None).All(t => t.Flows.Length > 0));
            if (page.Flows.Count > 0)
            {
                var number = page.Flows[random.Next(page.Flows.Count)].Number;
                Assert.Equal(Indexes.Json(Build.Typical(number)), Indexes.Json(await index.GetAsync(number, None)));
            }

            if (flows > 0 && random.Next(4) == 0)
            {
                Assert.True((await index.AllFindingsAsync()).Count >= findings);
            }
        }
        while (writing());
    }
}
