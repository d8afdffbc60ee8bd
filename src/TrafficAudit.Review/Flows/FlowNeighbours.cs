using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Flows;

/// <summary>The flows around one, of the same device.</summary>
/// <param name="Before">Those with lower numbers, highest number last.</param>
/// <param name="After">Those with higher numbers, lowest number first.</param>
public sealed record FlowNeighbours(ImmutableArray<FlowSummary> Before, ImmutableArray<FlowSummary> After)
{
    /// <summary>No neighbours.</summary>
    public static FlowNeighbours None { get; } = new([], []);
}
