using TrafficAudit.Index.Filtering;
using TrafficAudit.Index.Watching;

namespace TrafficAudit.Index.Queries;

/// <summary>
/// The flows that a filter lets through, by their place in a list with the newest first: eight bytes a flow. It stands still until it is brought up to
/// date, which costs as much as has changed. For one thread at a time.
/// </summary>
public sealed class FlowSelection : IDisposable
{
    private readonly Func<CaseSnapshot> _now;
    private readonly ChangeSubscription _changes;
    private readonly FlowFilter _filter;

    // Ascending, so that a new flow goes to the end.
    private readonly List<long> _numbers = [];

    internal FlowSelection(Func<CaseSnapshot> now, ChangeSubscription changes, FlowFilter filter)
    {
        (_now, _changes, _filter) = (now, changes, filter);
        SelectAll();
    }

    /// <summary>How many flows there are.</summary>
    public int Count => _numbers.Count;

    /// <summary>Takes over what has happened since; true when the list may be another.</summary>
    public bool Update()
    {
        var changed = new SortedSet<long>();
        foreach (var change in _changes.Take())
        {
            if (change.Flow is not { } flow)
            {
                SelectAll();
                return true;
            }

            changed.Add(flow);
        }

        var snapshot = _now();
        foreach (var number in changed)
        {
            Place(number, snapshot.Matches(number, _filter));
        }

        return changed.Count > 0;
    }

    /// <summary>Some flows of the list; fewer at its end, and where one is gone since the list was brought up to date.</summary>
    /// <param name="start">How many newer ones to pass over, from 0.</param>
    /// <param name="count">How many.</param>
    public IReadOnlyList<ListedFlow> Rows(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var last = _numbers.Count - 1 - start;
        var first = Math.Max(0, last + 1 - count);
        return last < 0 ? [] : _now().Listed(_numbers[first..(last + 1)]);
    }

    /// <summary>How many flows of the list have this number or a higher one.</summary>
    public int CountFrom(long number) => _numbers.Count - (_numbers.BinarySearch(number) is var at && at >= 0 ? at : ~at);

    /// <summary>Ends the watch for changes.</summary>
    public void Dispose() => _changes.Dispose();

    private void SelectAll()
    {
        // What waits is seen now; what comes meanwhile is looked at again.
        _ = _changes.Take().Count();
        _numbers.Clear();
        _numbers.AddRange(_now().Numbers(_filter));
    }

    private void Place(long number, bool isSelected)
    {
        var at = _numbers.Count > 0 && number > _numbers[^1] ? ~_numbers.Count : _numbers.BinarySearch(number);
        if (isSelected && at < 0)
        {
            _numbers.Insert(~at, number);
        }
        else if (!isSelected && at >= 0)
        {
            _numbers.RemoveAt(at);
        }
    }
}
