namespace TrafficAudit.Review.Tests;

public sealed class ChangeSignalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watch_YieldsAtOnceThenAfterAChange()
    {
        var signal = new ChangeSignal();
        await using var watch = signal.WatchAsync(Cancellation).GetAsyncEnumerator(Cancellation);

        Assert.True(await watch.MoveNextAsync());
        var first = watch.Current;
        var next = watch.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        signal.Raise();

        Assert.True(await next);
        Assert.NotEqual(first, watch.Current);
    }

    [Fact]
    public async Task ManyChangesWhileBusy_OneSignal()
    {
        var signal = new ChangeSignal();
        await using var watch = signal.WatchAsync(Cancellation).GetAsyncEnumerator(Cancellation);
        await watch.MoveNextAsync();
        for (var i = 0; i < 1000; i++)
        {
            signal.Raise();
        }

        Assert.True(await watch.MoveNextAsync());
        Assert.Equal(1000, watch.Current);
        var next = watch.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        signal.Raise();
        Assert.True(await next);
    }

    [Fact]
    public async Task Cancelled_Ends()
    {
        var signal = new ChangeSignal();
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using var watch = signal.WatchAsync(leaving.Token).GetAsyncEnumerator(Cancellation);
        await watch.MoveNextAsync();
        var next = watch.MoveNextAsync().AsTask();

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    public async Task ChangesFromManyThreads_LastOneSeenByEveryWatcher()
    {
        const int Threads = 4;
        const int Changes = 5000;
        var signal = new ChangeSignal();
        var watchers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            await foreach (var version in signal.WatchAsync(Cancellation))
            {
                if (version == Threads * Changes)
                {
                    return;
                }
            }
        })).ToList();

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Changes; i++)
            {
                signal.Raise();
            }
        })));

        await Task.WhenAll(watchers).WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }
}
