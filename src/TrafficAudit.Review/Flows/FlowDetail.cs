using TrafficAudit.Model;

namespace TrafficAudit.Review.Flows;

/// <summary>One flow in full.</summary>
/// <param name="Analyzed">What analysis made of it.</param>
/// <param name="Record">The flow itself; its bodies may lie on the disk.</param>
/// <param name="Lookup">How its server's place is known; null where no address is.</param>
public sealed record FlowDetail(AnalyzedFlow Analyzed, FlowRecord Record, AddressLookup? Lookup) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Record.Dispose();
}
