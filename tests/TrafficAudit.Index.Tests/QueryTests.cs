using TrafficAudit.Index.Filtering;
using TrafficAudit.Index.Queries;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Index.Tests;

public sealed class QueryTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private LiteDbCaseIndex _index = null!;

    public async ValueTask InitializeAsync() => _index = await _folder.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await _index.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Pages_FollowOneAnotherWithoutGapOrOverlap()
    {
        // Arrival in another order than the numbers, with gaps over several chunks.
        long[] numbers = [900, 3, 512, 255, 256, 257, 1, 100_000, 511, 2];
        await _index.AddAllAsync([.. numbers.Select(n => Build.Flow(n))]);
        var seen = new List<long>();
        long? before = null;
        do
        {
            var page = _index.Flows(FlowFilter.None, before, 3);
            Assert.InRange(page.Flows.Count, 1, 3);
            seen.AddRange(page.Flows.Select(f => f.Number));
            before = page.Next;
        }
        while (before is not null);

        Assert.Equal(numbers.OrderDescending(), seen);
        Assert.Equal(numbers.Order(), _index.Numbers());
    }

    [Theory]
    [InlineData(null, "5 4")]
    [InlineData(5L, "4 3")]
    [InlineData(3L, "2 1")]
    [InlineData(1L, "")]
    [InlineData(0L, "")]
    [InlineData(-7L, "")]
    [InlineData(long.MaxValue, "5 4")]
    [InlineData(long.MinValue, "")]
    public async Task Page_StartsBelowTheNumberGiven(long? before, string expected)
    {
        await _index.AddAllAsync([.. Enumerable.Range(1, 5).Select(n => Build.Flow(n))]);
        Assert.Equal(expected, string.Join(' ', _index.Flows(FlowFilter.None, before, 2).Flows.Select(f => f.Number)));
    }

    [Fact]
    public async Task LastPageThatIsFull_HasNoNext()
    {
        await _index.AddAllAsync(Build.Flow(1), Build.Flow(2), Build.Flow(Build.Summary(3, "other.example")));
        var page = _index.Flows(FlowFilter.Parse("host:api.*"), null, 2);
        Assert.Equal([2, 1], page.Flows.Select(f => f.Number));
        Assert.Null(page.Next);
    }

    [Theory]
    [InlineData(0, "1 2 600")]
    [InlineData(2, "600")]
    [InlineData(600, "")]
    [InlineData(long.MaxValue, "")]
    public async Task Ascending_StartsAboveTheNumberGiven(long after, string expected)
    {
        await _index.AddAllAsync(Build.Flow(600), Build.Flow(1), Build.Flow(2));
        Assert.Equal(expected, string.Join(' ', _index.Ascending(FlowFilter.None, after).Select(f => f.Number)));
    }

    [Fact]
    public async Task UnknownNumber_IsNull()
    {
        await _index.AddAllAsync(Build.Flow(1));
        Assert.Null(_index.Find(2));
        Assert.Null(_index.Position(-1));
        Assert.Null(await _index.GetAsync(long.MaxValue, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Findings_ComeInOrderAndByPatternAloneOnlyWithAll()
    {
        await _index.AddAllAsync(
            Build.Flow(2, Build.Finding("b"), Build.Finding("a")),
            Build.Flow(1, Build.Finding("guess", Strength.F), Build.Finding("c", Strength.E)));
        Assert.Equal(["1 c", "2 b", "2 a"], (await _index.AllFindingsAsync()).Select(f => $"{f.Flow.Number} {f.Finding.Item}"));
        Assert.Equal(["guess", "c", "b", "a"], (await _index.AllFindingsAsync(all: true)).Select(f => f.Finding.Item));
        Assert.Equal(["a"], (await _index.AllFindingsAsync("item:a")).Select(f => f.Finding.Item));
        Assert.Empty(await _index.AllFindingsAsync("item:guess"));
        Assert.Equal(["guess"], (await _index.AllFindingsAsync("item:guess", all: true)).Select(f => f.Finding.Item));
        Assert.Equal(new IndexCounters(2, 3, 0), _index.Counters);
    }

    [Fact]
    public async Task Findings_AreWholeWhetherWrittenOrNot()
    {
        var finding = Build.Finding(value: "so…비밀");
        await _index.AddAllAsync([.. Enumerable.Range(1, 700).Select(n => Build.Flow(n, finding))]);
        await _index.FlushAsync(TestContext.Current.CancellationToken);
        await _index.AddAllAsync(Build.Flow(701, finding));
        var findings = await _index.AllFindingsAsync();
        Assert.Equal(Enumerable.Range(1, 701).Select(n => (long)n), findings.Select(f => f.Flow.Number));
        Assert.All(findings, f => Assert.Equal(
            Indexes.Json(Build.Flow(1, finding)), Indexes.Json(Build.Flow(1, f.Finding))));
    }

    [Fact]
    public async Task EnumerationUnderWay_DoesNotSeeLaterFlows()
    {
        await _index.AddAllAsync(Build.Flow(1), Build.Flow(3));
        using var flows = _index.Ascending(FlowFilter.None).GetEnumerator();
        Assert.True(flows.MoveNext());
        await _index.AddAllAsync(Build.Flow(2), Build.Flow(4), Build.Flow(Build.Summary(3) with { Status = 500 }));
        Assert.True(flows.MoveNext());
        Assert.Equal((3, 200), (flows.Current.Number, flows.Current.Status));
        Assert.False(flows.MoveNext());
        Assert.Equal(500, _index.Find(3)?.Status);
    }

    [Fact]
    public async Task WrongArguments_AreRefused()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _index.AddAsync(0, 0, Build.Flow(1)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _index.AddAsync(1, -1, Build.Flow(1)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _index.AddAsync(1, 0, Build.Flow(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _index.Flows(FlowFilter.None, null, 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _folder.OpenAsync(options: new IndexOptions { BatchSize = 0 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _folder.OpenAsync(options: new IndexOptions { WriteDelay = TimeSpan.Zero }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _folder.OpenAsync(options: new IndexOptions { WatchCapacity = 0 }));
    }
}
