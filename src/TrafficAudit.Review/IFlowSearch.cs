namespace TrafficAudit.Review;

/// <summary>A search of decoded content that fills a list from the newest flow on. Any thread may use it.</summary>
public interface IFlowSearch
{
    /// <summary>How far it is.</summary>
    SearchProgress Progress { get; }

    /// <summary>Ends it; what was found stays.</summary>
    void Cancel();

    /// <summary>Yields at once, and then when more was looked at (see <see cref="ChangeSignal.WatchAsync"/>).</summary>
    IAsyncEnumerable<long> WatchAsync(CancellationToken cancellation);
}
