using TrafficAudit.Running;
using TrafficAudit.Testing;
using TrafficAudit.Tests.Pipeline;

namespace TrafficAudit.Tests.Running;

public sealed class LiveCoverageTests : IDisposable
{
    private readonly Lab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Counter_FollowsTheCase()
    {
        await using var recording = await _lab.OpenAsync();
        var coverage = new LiveCoverage(recording.Index, TimeProvider.System);
        Assert.Null(coverage.ReadPercent);

        var flow = Some.Flow(1);
        var analyzed = _lab.Analyzer(Lab.Persona).Analyze(flow with { Metadata = flow.Metadata with { Connection = 1 } });
        await recording.Index.AddAsync(1, 0, analyzed, TestContext.Current.CancellationToken);
        while (coverage.ReadPercent is null)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal(100, coverage.ReadPercent);
    }
}
