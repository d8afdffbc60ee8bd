using TrafficAudit.Classification.Explaining;
using TrafficAudit.Evidence.Verification;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Flows;

/// <summary>What the page of one flow shows beside what lists show. Called from many threads at once.</summary>
public interface IFlowSource
{
    /// <summary>One flow in full, read from the evidence; null when there is none with the number. Whoever gets it disposes it.</summary>
    ValueTask<FlowDetail?> FindAsync(long number, CancellationToken cancellation);

    /// <summary>The flows of the same device around a flow: nothing is read from the evidence.</summary>
    /// <param name="number">The flow's number.</param>
    /// <param name="each">At most so many before it, and so many after it.</param>
    FlowNeighbours Neighbours(long number, int each);

    /// <summary>Where else the values found in a flow went.</summary>
    /// <param name="number">The flow's number.</param>
    /// <param name="cancellation">Ends the search.</param>
    ValueTask<SameValues> SameValuesAsync(long number, CancellationToken cancellation);

    /// <summary>Computes the digests and chain links of a flow's records again; null when it is not in the evidence.</summary>
    /// <param name="number">The flow's number.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="IOException">The evidence can't be read.</exception>
    ValueTask<FlowProof?> ProveAsync(long number, CancellationToken cancellation);

    /// <summary>What each detector saw in a field; none when there is no such field, or the search ended before it.</summary>
    /// <param name="number">The flow's number.</param>
    /// <param name="place">The field.</param>
    /// <param name="cancellation">Ends it.</param>
    ValueTask<IReadOnlyList<DetectorNote>> ExplainAsync(long number, FindingLocation place, CancellationToken cancellation);

    /// <summary>A map of the world with a country marked, as an SVG document.</summary>
    /// <param name="country">ISO 3166-1 alpha-2.</param>
    /// <param name="grade">How sure it is.</param>
    /// <returns>The document; null where the country has no outline.</returns>
    string? DrawPlace(string country, CountryGrade grade);
}
