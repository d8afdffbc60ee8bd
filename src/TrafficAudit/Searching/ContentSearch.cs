using System.Runtime.CompilerServices;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Index;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;
using TrafficAudit.Review;

namespace TrafficAudit.Searching;

/// <summary>
/// Answers filters that look into decoded content:
/// <code>
/// index: which flows can it be ─► evidence: read and decode them, newest first ─► index: which does the filter let through
/// </code>
/// It sees the flows that there were when it began. In memory are a few flows at a time and the numbers of those of which an answer is yes. However many
/// search at once, two processors are used and no more: the proxy needs the others. Any thread may use it.
/// </summary>
internal sealed class ContentSearch(CaseFolder folder, ICaseIndex index) : IDisposable
{
    private const int Workers = 2;

    /// <summary>How many flows a step looks at.</summary>
    private const int Step = 128;

    private readonly EvidenceReader _evidence = new(folder);
    private readonly SemaphoreSlim _workers = new(Workers, Workers);

    /// <summary>Searches; the first step comes before anything is read.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="before">Only flows with lower numbers; null for all.</param>
    /// <param name="cancellation">Ends the search.</param>
    public IAsyncEnumerable<SearchStep> RunAsync(FlowFilter filter, long? before, CancellationToken cancellation) =>
        RunAsync(filter, filter.Possible, NoAnswers(filter), before, cancellation);

    /// <summary>Searches to the end, and gives the filter with the answers, for the index alone.</summary>
    /// <param name="filter">A filter; one that does not look into content is given back.</param>
    /// <param name="progress">Told how far it is; null for nobody.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <param name="all">Whether the filter is going to look at findings by pattern alone, too.</param>
    public async Task<FlowFilter> AnswerAsync(FlowFilter filter, IProgress<SearchProgress>? progress, CancellationToken cancellation, bool all = false)
    {
        if (!filter.LooksIntoContent)
        {
            return filter;
        }

        var answers = NoAnswers(filter);

        // With other findings other flows may be let through than the index picks, by a "not" fewer or more.
        var possible = all && filter.NamesFindings ? FlowFilter.None : filter.Possible;
        await foreach (var step in RunAsync(filter, possible, answers, before: null, cancellation))
        {
            progress?.Report(step.Progress);
        }

        return filter.WithAnswers(answers);
    }

    /// <summary>One flow's summary, if the filter lets it through; null when not.</summary>
    public async Task<FlowSummary?> FindAsync(long number, FlowFilter filter, CancellationToken cancellation)
    {
        if (!filter.LooksIntoContent || index.Find(number, filter.Possible) is null)
        {
            return filter.LooksIntoContent ? null : index.Find(number, filter);
        }

        var answers = NoAnswers(filter);
        Note(await ReadAsync(number, filter, cancellation), number, answers);
        return index.Find(number, filter.WithAnswers(answers));
    }

    public void Dispose() => _workers.Dispose();

    private static HashSet<long>[] NoAnswers(FlowFilter filter) => [.. filter.Questions.Select(_ => new HashSet<long>())];

    private async IAsyncEnumerable<SearchStep> RunAsync(
        FlowFilter filter, FlowFilter candidates, HashSet<long>[] answers, long? before, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var possible = index.Select(candidates);

        // Where findings are chosen, too, the answers are needed even of flows that are let through in any case.
        var certain = filter.NamesFindings ? null : filter.Certain;
        var answered = filter.WithAnswers(answers);
        var skipped = before is { } number ? possible.CountFrom(number) : 0;
        var count = possible.Count - skipped;
        var progress = new SearchProgress(0, count, 0, 0, count == 0 ? SearchState.Done : SearchState.Running);
        yield return new SearchStep([], progress);
        while (progress.Looked < progress.Of)
        {
            var start = skipped + (int)progress.Looked;
            var flows = possible.Rows(start, Math.Min(Step, possible.Count - start));
            var read = new ContentAnswers?[flows.Count];
            await Parallel.ForAsync(0, flows.Count, new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = cancellation }, async (i, stop) =>
            {
                var flow = flows[i].Flow.Number;
                read[i] = certain is not null && index.Find(flow, certain) is not null ? Unneeded : await ReadAsync(flow, filter, stop);
            });
            for (var i = 0; i < flows.Count; i++)
            {
                Note(read[i], flows[i].Flow.Number, answers);
            }

            progress = new SearchProgress(
                Math.Min(progress.Looked + Step, progress.Of), progress.Of, progress.Bytes + flows.Sum(f => f.Flow.BytesSent + f.Flow.BytesReceived),
                progress.Unread + read.Count(r => r is not { IsWhole: true }), progress.Looked + Step < progress.Of ? SearchState.Running : SearchState.Done);
            yield return new SearchStep([.. flows.Where(f => index.Find(f.Flow.Number, answered) is not null)], progress);
        }
    }

    private static ContentAnswers Unneeded { get; } = new([], IsWhole: true);

    private static void Note(ContentAnswers? read, long flow, HashSet<long>[] answers)
    {
        for (var i = 0; i < read?.Answers.Length; i++)
        {
            if (read.Answers[i])
            {
                answers[i].Add(flow);
            }
        }
    }

    /// <summary>What a flow says; null when its evidence can't be read.</summary>
    private async Task<ContentAnswers?> ReadAsync(long number, FlowFilter filter, CancellationToken cancellation)
    {
        await _workers.WaitAsync(cancellation);
        try
        {
            if (index.Position(number) is not var (segment, offset))
            {
                return null;
            }

            using var flow = await Task.Run(() => _evidence.ReadFlow(new FlowPosition(segment, offset)), cancellation);
            return flow is null ? null : ContentReading.Of(flow, filter.Questions, cancellation);
        }
        catch (IOException)
        {
            // A file that is gone or broken: the flow is counted as unread, and 'verify' says more.
            return null;
        }
        finally
        {
            _workers.Release();
        }
    }
}
