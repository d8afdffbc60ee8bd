using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Sealing;

namespace TrafficAudit.Evidence.Erasing;

/// <summary>The segments in which offsets that other records tell no longer hold, since an erasure has moved what lies there.</summary>
internal static class RewrittenSegments
{
    /// <summary>Those that the newest seal names, and those of an erasure that is pending.</summary>
    /// <exception cref="IOException">The seal can't be read.</exception>
    public static IReadOnlySet<int> In(CaseFolder folder) =>
        (StoredSeal.Newest(folder)?.Seal?.Erasures ?? []).SelectMany(e => e.Segments.Select(s => s.Number))
            .Concat(PendingErasure.Read(folder)?.Segments.Select(s => s.Number) ?? [])
            .ToHashSet();
}
