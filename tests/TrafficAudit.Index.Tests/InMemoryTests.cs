namespace TrafficAudit.Index.Tests;

/// <summary>The index of an encrypted case answers as any other, and leaves nothing anywhere.</summary>
public sealed class InMemoryTests : IAsyncLifetime
{
    private readonly LiteDbCaseIndex _index = LiteDbCaseIndex.OpenInMemory("v1", new IndexOptions { BatchSize = 2 });

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _index.DisposeAsync();

    [Fact]
    public async Task FlowsAndFindings_AreThereBeforeAndAfterTheyAreWritten()
    {
        await _index.AddAllAsync([.. Enumerable.Range(1, 7).Select(n => Build.Flow(n, Build.Finding()))]);
        await CheckAsync();
        await _index.FlushAsync(TestContext.Current.CancellationToken);
        await CheckAsync();

        async Task CheckAsync()
        {
            Assert.Equal([1, 2, 3, 4, 5, 6, 7], _index.Numbers());
            Assert.Equal(Indexes.Json(Build.Flow(5, Build.Finding())), Indexes.Json(await _index.GetAsync(5, TestContext.Current.CancellationToken)));
            Assert.Equal(7, (await _index.AllFindingsAsync(all: true)).Count);
        }
    }

    [Fact]
    public async Task FlowThatIsReplacedOrForgotten_IsSo()
    {
        await _index.AddAllAsync(Build.Flow(1), Build.Flow(2));
        await _index.FlushAsync(TestContext.Current.CancellationToken);
        await _index.AddAllAsync(Build.Flow(Build.Summary(2, "other.example")));
        await _index.FlushAsync(TestContext.Current.CancellationToken);

        Assert.Equal("other.example", (await _index.GetAsync(2, TestContext.Current.CancellationToken))!.Summary.Host);
        Assert.Equal("v1", _index.State(1)!.AnalysisVersion);
        await _index.ResetAllAsync(TestContext.Current.CancellationToken);
        Assert.Empty(_index.Numbers());
        Assert.Null(await _index.GetAsync(2, TestContext.Current.CancellationToken));
        Assert.Empty(_index.Faults);
    }

    [Fact]
    public async Task Cover_IsKeptAsTheEvidencesLength()
    {
        await _index.AddAllAsync(Build.Flow(1));
        await _index.CoverAsync(1, 12_345, TestContext.Current.CancellationToken);
        await _index.FlushAsync(TestContext.Current.CancellationToken);

        Assert.Equal(12_345, _index.State(1)!.EvidenceLength);
    }
}
