using TrafficAudit.Model;

namespace TrafficAudit.Review;

/// <summary>Finds a flow by its number, if a filter lets it through; null when not, or when there is none. Any thread may use it.</summary>
/// <param name="number">The flow's number.</param>
/// <param name="cancellation">Ends it.</param>
public delegate Task<FlowSummary?> FlowFinder(long number, CancellationToken cancellation);
