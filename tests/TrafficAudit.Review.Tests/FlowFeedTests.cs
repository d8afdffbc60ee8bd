namespace TrafficAudit.Review.Tests;

public sealed class FlowFeedTests
{
    [Fact]
    public void Reader_GetsWhatCameBehindItsPlace()
    {
        var feed = new FlowFeed();
        feed.Add(5);
        feed.Add(3);

        AssertRead(0, [5, 3], feed.Read(0, 10));
        AssertRead(0, [5], feed.Read(0, 1));
        AssertRead(0, [3], feed.Read(1, 10));
        AssertRead(0, [], feed.Read(2, 10));
    }

    [Fact]
    public void SlowReader_IsToldHowManyItMissed()
    {
        var feed = new FlowFeed(kept: 3);
        for (var number = 1; number <= 10; number++)
        {
            feed.Add(number);
        }

        AssertRead(6, [8, 9], feed.Read(1, 2));
    }

    [Fact]
    public async Task Waiting_EndsWithTheNextFlow()
    {
        var feed = new FlowFeed();
        var waiting = feed.WaitBeyondAsync(0);
        Assert.False(waiting.IsCompleted);

        feed.Add(1);

        await waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.True(feed.WaitBeyondAsync(0).IsCompleted);
        Assert.False(feed.WaitBeyondAsync(1).IsCompleted);
    }

    private static void AssertRead(long missed, long[] flows, (long Missed, IReadOnlyList<long> Flows) read)
    {
        Assert.Equal(missed, read.Missed);
        Assert.Equal(flows, read.Flows);
    }
}
