using TrafficAudit.CommandLine;
using TrafficAudit.Geolocation;
using TrafficAudit.Index;
using TrafficAudit.Model;
using TrafficAudit.Results;
using TrafficAudit.Review;

namespace TrafficAudit.Running;

/// <summary>A case as the review UI and the HTTP API see it.</summary>
/// <param name="caseName">The case's name.</param>
/// <param name="index">Its index.</param>
/// <param name="renderer">Renders results for commands beside this process.</param>
/// <param name="databases">Whose data the countries are.</param>
/// <param name="setPhase">Sets the running session's phase; null when nothing is being recorded.</param>
internal sealed class CaseReviewSource(
    string caseName, ICaseIndex index, ResultRenderer renderer, GeoDatabases databases, Func<string, CancellationToken, Task>? setPhase) : IReviewSource
{
    private readonly ChangeSignal _changes = new();

    public string CaseName => caseName;

    public ReviewCounters Counters => new(index.Counters.Flows, index.Counters.Findings, index.Counters.Failures);

    public Attribution? CountryAttribution { get; } = databases.Databases
        .Where(d => d is { Attribution: not null, AttributionLink: not null })
        .Select(d => new Attribution(d.Attribution!, d.AttributionLink!))
        .FirstOrDefault();

    /// <summary>Something was added to the index.</summary>
    public void RaiseChanged() => _changes.Raise();

    public ValueTask<IReadOnlyList<Review.FlowRow>> NewestAsync(int limit, long? before, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<Review.FlowRow>>(
            [.. index.Newest(FlowFilter.Everything, limit, before).Select(f => new Review.FlowRow(f, [.. index.Items(f.Number)], []))]);

    public async ValueTask<IReadOnlyList<AnalyzedFlow>> FindingsAsync(int limit, long? before, CancellationToken cancellation)
    {
        var flows = new List<AnalyzedFlow>();
        var count = 0;
        while (count < limit)
        {
            var page = index.Newest(FlowFilter.Everything, 500, before);
            if (page.Count == 0)
            {
                break;
            }

            foreach (var flow in page.Where(f => index.Items(f.Number).Count > 0))
            {
                if (count < limit && await index.GetAsync(flow.Number, cancellation) is { } analyzed)
                {
                    var counted = analyzed.Findings.Where(f => f.IsCounted).ToList();
                    flows.Add(analyzed with { Findings = counted });
                    count += counted.Count;
                }
            }

            before = page[^1].Number;
        }

        return flows;
    }

    public ValueTask<IReadOnlyList<Transfer>> TransfersAsync(CancellationToken cancellation) =>
        ValueTask.FromResult(index.Transfers(FlowFilter.Everything));

    public IAsyncEnumerable<long> WatchAsync(CancellationToken cancellation) => _changes.WatchAsync(cancellation);

    public async Task WriteResultsAsync(string command, IReadOnlyDictionary<string, string> options, Stream output, CancellationToken cancellation)
    {
        try
        {
            await renderer.WriteAsync(ResultRequest.Of(command, options), output, cancellation);
        }
        catch (Exception e) when (e is FlowFilterException or InputException)
        {
            throw new RejectedRequestException(e.Message, e);
        }
    }

    public Task SetPhaseAsync(string phase, CancellationToken cancellation) =>
        setPhase is null ? throw new RejectedRequestException("Nothing is being recorded in this case.") : setPhase(phase, cancellation);
}
