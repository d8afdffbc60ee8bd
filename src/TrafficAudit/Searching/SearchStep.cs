using TrafficAudit.Index.Queries;
using TrafficAudit.Review;

namespace TrafficAudit.Searching;

/// <summary>What a search has found since its last step.</summary>
/// <param name="Found">Flows that the filter lets through, newest first.</param>
/// <param name="Progress">How far it is.</param>
internal sealed record SearchStep(IReadOnlyList<ListedFlow> Found, SearchProgress Progress);
