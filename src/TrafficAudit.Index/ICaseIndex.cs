using TrafficAudit.Index.Filtering;
using TrafficAudit.Index.Queries;
using TrafficAudit.Index.Watching;
using TrafficAudit.Model;

namespace TrafficAudit.Index;

/// <summary>
/// The index of one case: what analysis made of each flow, to be listed, filtered and grouped. This is the contract behind which another
/// store can stand; nothing outside knows how it keeps what it holds.
/// <para>
/// It is disposable: everything in it can be made again from the evidence, segment by segment, so faults of its files are never
/// exceptions but make <see cref="State"/> null (and are told in <see cref="Faults"/>). Every member may be called by any thread at any
/// time. A query sees all flows whose <see cref="AddAsync"/> returned before it began, and a fixed set of flows for as long as it runs.
/// </para>
/// </summary>
public interface ICaseIndex : IOccurringValues, IAsyncDisposable
{
    /// <summary>What the flows add up to.</summary>
    IndexCounters Counters { get; }

    /// <summary>Which parts were given up since the index was opened, and why.</summary>
    IReadOnlyList<IndexFault> Faults { get; }

    /// <summary>
    /// Adds a flow, or replaces the one with its number in the same segment. It is visible at once and kept a moment later; waits while too
    /// much has not been kept yet.
    /// </summary>
    /// <param name="segment">Number of the evidence segment that holds the flow, from 1.</param>
    /// <param name="offset">Where in it the flow's record starts, in bytes.</param>
    /// <param name="flow">The flow; its number is at least 1.</param>
    /// <param name="cancellation">Ends the wait; the flow was not added then.</param>
    ValueTask AddAsync(int segment, long offset, AnalyzedFlow flow, CancellationToken cancellation = default);

    /// <summary>Notes that every flow of a segment up to a byte of it was added before this call. Kept in order with the flows.</summary>
    ValueTask CoverAsync(int segment, long evidenceLength, CancellationToken cancellation = default);

    /// <summary>Completes when everything added before is kept, as far as it can be.</summary>
    ValueTask FlushAsync(CancellationToken cancellation = default);

    /// <summary>What is held of a segment; null when nothing is, or when its part was damaged: make it again then, after <see cref="ResetAsync"/>.</summary>
    SegmentState? State(int segment);

    /// <summary>Forgets a segment. Flows added afterwards belong to its new part.</summary>
    ValueTask ResetAsync(int segment, CancellationToken cancellation = default);

    /// <summary>Forgets everything.</summary>
    ValueTask ResetAllAsync(CancellationToken cancellation = default);

    /// <summary>A page of flows, highest number first.</summary>
    /// <param name="filter">Which flows.</param>
    /// <param name="before">Only flows with lower numbers; null for the first page.</param>
    /// <param name="limit">How many at most, from 1.</param>
    FlowPage Flows(FlowFilter filter, long? before, int limit);

    /// <summary>The flows that a filter lets through, as a list that can be brought up to date.</summary>
    FlowSelection Select(FlowFilter filter);

    /// <summary>All flows above a number in ascending order, as they are when the enumeration begins.</summary>
    IEnumerable<FlowSummary> Ascending(FlowFilter filter, long after = 0);

    /// <summary>A flow's summary; null when there is none with the number.</summary>
    FlowSummary? Find(long number);

    /// <summary>A flow's summary, if a filter lets it through; null when not, or when there is none with the number.</summary>
    FlowSummary? Find(long number, FlowFilter filter);

    /// <summary>Flows by their numbers, given in ascending order; the highest comes first, and one that is not there is left out.</summary>
    IReadOnlyList<ListedFlow> Listed(IReadOnlyList<long> numbers);

    /// <summary>Where a flow lies in the evidence; null when there is none with the number.</summary>
    (int Segment, long Offset)? Position(long number);

    /// <summary>
    /// A whole flow; null when there is none with the number, or when its part of the index is damaged (then <see cref="Position"/> still says
    /// where to read it).
    /// </summary>
    ValueTask<AnalyzedFlow?> GetAsync(long number, CancellationToken cancellation = default);

    /// <summary>
    /// Findings in order of flow number, within a flow in the order in which analysis gave them. Where the filter names items,
    /// detectors, states or confidences, only findings of these.
    /// </summary>
    /// <param name="filter">Findings of which flows.</param>
    /// <param name="all">Also findings by pattern alone.</param>
    /// <param name="cancellation">Ends the enumeration.</param>
    /// <exception cref="IndexDamagedException">A flow's findings can't be read any more: leaving them out would be a wrong answer.</exception>
    IAsyncEnumerable<(FlowSummary Flow, Finding Finding)> FindingsAsync(FlowFilter filter, bool all, CancellationToken cancellation = default);

    /// <summary>
    /// What was transferred: counted findings (no pattern alone) that were collected, not zeroed, and whose request was sent, grouped by
    /// item, recipient and country. Where the filter names items, detectors, states or confidences, only these. In order of item, recipient, country (unknown last).
    /// </summary>
    IReadOnlyList<Transfer> Transfers(FlowFilter filter);

    /// <summary>The same transfers added up by country or recipient, most flows first.</summary>
    /// <param name="filter">Of which flows and items.</param>
    /// <param name="by">By what.</param>
    IReadOnlyList<TransferSum> TransferSums(FlowFilter filter, TransferGrouping by);

    /// <summary>The sessions that have flows, in the order of their first.</summary>
    IReadOnlyList<SessionExtent> Sessions();

    /// <summary>The counted findings of a session over time; null when it has no flows.</summary>
    /// <param name="session">Its id.</param>
    /// <param name="filter">Which of its flows and findings; its length and phases are those of all.</param>
    /// <param name="groupOf">The group that an item is counted in; asked once for each.</param>
    /// <param name="slices">How many slices at most, from 1; there are fewer where marks would be too many.</param>
    Timeline? Timeline(string session, FlowFilter filter, Func<string, string> groupOf, int slices);

    /// <summary>How much of what the flows stand for could be read, per host and in all, and why the rest could not.</summary>
    /// <param name="filter">Which flows; a connection is judged by those that are let through.</param>
    Coverage Coverage(FlowFilter filter);

    /// <summary>
    /// Changes as they happen, until the index is closed. The first says to look at everything. A watcher that is slow never holds anything
    /// up: it misses changes, and is told how many.
    /// </summary>
    IAsyncEnumerable<IndexChange> WatchAsync(CancellationToken cancellation = default);
}
