using TrafficAudit.Index.Queries;
using TrafficAudit.Review;

namespace TrafficAudit.Running;

/// <summary>A selection of the index as the review UI lists it.</summary>
internal sealed class ReviewedFlows(FlowSelection selection, SessionLabels labels) : IFlowList
{
    public int Count => selection.Count;

    public bool Update() => selection.Update();

    public int CountFrom(long number) => selection.CountFrom(number);

    // Paths are masked before they come into the index.
    public IReadOnlyList<Review.FlowRow> Rows(int start, int count) =>
        [.. selection.Rows(start, count).Select(r => new Review.FlowRow(r.Flow, r.Items, [], labels.Of(r.Flow.Session)))];

    public void Dispose() => selection.Dispose();
}
