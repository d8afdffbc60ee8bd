using TrafficAudit.Evidence.Cases;
using TrafficAudit.Index;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Review;
using TrafficAudit.Running;

namespace TrafficAudit.Searching;

/// <summary>A list for the review UI that a search fills from the newest flow on: eight bytes a flow.</summary>
internal sealed class SearchedFlows : IFlowList, IFlowSearch
{
    private readonly ICaseIndex _index;
    private readonly SessionLabels _labels;
    private readonly CancellationTokenSource _ended = new();
    private readonly ChangeSignal _changes = new();
    private readonly Lock _lock = new();

    // What the search has found, and from it what the reader of the list has taken over: both descending.
    private readonly List<long> _found = [];
    private int _count;
    private SearchProgress _progress = new(0, 0, 0, 0, SearchState.Running);

    private SearchedFlows(ICaseIndex index, SessionLabels labels) => (_index, _labels) = (index, labels);

    public int Count => _count;

    public IFlowSearch Search => this;

    public SearchProgress Progress
    {
        get
        {
            lock (_lock)
            {
                return _progress;
            }
        }
    }

    /// <summary>Begins a search; disposing the list ends it.</summary>
    public static SearchedFlows Start(ContentSearch search, FlowFilter filter, ICaseIndex index, SessionLabels labels)
    {
        var flows = new SearchedFlows(index, labels);
        flows.Running = Task.Run(() => flows.RunAsync(search, filter));
        return flows;
    }

    /// <summary>Completes when the search has ended, however it did; never faulted.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    public bool Update()
    {
        lock (_lock)
        {
            var isChanged = _count != _found.Count;
            _count = _found.Count;
            return isChanged;
        }
    }

    public int CountFrom(long number)
    {
        lock (_lock)
        {
            return _found.FindIndex(0, _count, n => n < number) is >= 0 and var at ? at : _count;
        }
    }

    public IReadOnlyList<Review.FlowRow> Rows(int start, int count)
    {
        long[] numbers;
        lock (_lock)
        {
            numbers = start >= _count ? [] : [.. _found[start..Math.Min(_count, start + count)]];
        }

        Array.Reverse(numbers);
        return [.. _index.Listed(numbers).Select(r => new Review.FlowRow(r.Flow, r.Items, [], _labels.Of(r.Flow.Session)))];
    }

    public void Cancel() => _ended.Cancel();

    public IAsyncEnumerable<long> WatchAsync(CancellationToken cancellation) => _changes.WatchAsync(cancellation);

    // Nothing of the search is left behind but what a worker is reading at the moment; the source of its token needs no disposal without a timer.
    public void Dispose() => _ended.Cancel();

    private async Task RunAsync(ContentSearch search, FlowFilter filter)
    {
        try
        {
            await foreach (var step in search.RunAsync(filter, before: null, _ended.Token))
            {
                Take([.. step.Found.Select(f => f.Flow.Number)], step.Progress);
            }
        }
        catch (OperationCanceledException)
        {
            Take([], Progress with { State = SearchState.Cancelled });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CaseException or ObjectDisposedException)
        {
            Take([], Progress with { State = SearchState.Failed });
        }
    }

    private void Take(IReadOnlyList<long> found, SearchProgress progress)
    {
        lock (_lock)
        {
            _found.AddRange(found);
            _progress = progress;
        }

        _changes.Raise();
    }
}
