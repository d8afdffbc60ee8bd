using TrafficAudit.Model;

namespace TrafficAudit.Index.Queries;

/// <summary>Some flows, newest (highest number) first.</summary>
/// <param name="Flows">The flows.</param>
/// <param name="Next">What to give as <c>before</c> for the following page; null when this is the last.</param>
public sealed record FlowPage(IReadOnlyList<FlowSummary> Flows, long? Next);
