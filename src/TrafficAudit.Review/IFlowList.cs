namespace TrafficAudit.Review;

/// <summary>
/// The flows that a filter lets through, newest first, by their place. It stands still until it is brought up to date. For one thread at a time.
/// </summary>
public interface IFlowList : IDisposable
{
    /// <summary>How many flows there are.</summary>
    int Count { get; }

    /// <summary>The search that fills it; null where it was whole from its beginning.</summary>
    IFlowSearch? Search => null;

    /// <summary>Takes over what has happened since; true when the list may be another. Costs as much as has changed.</summary>
    bool Update();

    /// <summary>How many flows of the list have this number or a higher one.</summary>
    int CountFrom(long number);

    /// <summary>Some flows of the list; fewer at its end.</summary>
    /// <param name="start">How many newer ones to pass over, from 0.</param>
    /// <param name="count">How many.</param>
    IReadOnlyList<FlowRow> Rows(int start, int count);
}
