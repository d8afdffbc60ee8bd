using System.Collections.Concurrent;
using System.Collections.Immutable;
using TrafficAudit.Classification.Explaining;
using TrafficAudit.Evidence.Verification;
using TrafficAudit.Model;
using TrafficAudit.Review.Flows;

namespace TrafficAudit.Review.Tests;

/// <summary>Single flows in memory, whose content a test sets as it likes.</summary>
/// <param name="find">Finds what analysis made of a flow.</param>
internal sealed class FakeFlowSource(Func<long, AnalyzedFlow?> find) : IFlowSource
{
    /// <summary>The flows whose messages a test has set.</summary>
    public ConcurrentDictionary<long, FlowRecord> Records { get; } = new();

    /// <summary>How the places of flows are known.</summary>
    public AddressLookup? Lookup { get; set; }

    public FlowProof? Proof { get; set; }

    public SameValues Same { get; set; } = SameValues.None;

    public FlowNeighbours Around { get; set; } = FlowNeighbours.None;

    public IReadOnlyList<DetectorNote> Notes { get; set; } = [];

    public ValueTask<FlowDetail?> FindAsync(long number, CancellationToken cancellation) =>
        new(find(number) is { } flow ? new FlowDetail(flow, Records.GetValueOrDefault(number) ?? Unread(flow.Summary), Lookup) : null);

    public FlowNeighbours Neighbours(long number, int each) => Around;

    public ValueTask<SameValues> SameValuesAsync(long number, CancellationToken cancellation) => new(Same);

    public ValueTask<FlowProof?> ProveAsync(long number, CancellationToken cancellation) => new(Proof);

    public ValueTask<IReadOnlyList<DetectorNote>> ExplainAsync(long number, FindingLocation place, CancellationToken cancellation) => new(Notes);

    public string? DrawPlace(string country, CountryGrade grade) => country == "SG" ? "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"420\" height=\"180\"/>" : null;

    private static FlowRecord Unread(FlowSummary flow) => new(
        new FlowMetadata { Number = flow.Number, Kind = flow.Kind, Started = flow.Time, Origin = "captured", Scheme = flow.Scheme, Host = flow.Host, Port = flow.Port }, null, null);
}
