using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Walking;

/// <summary>How far a walk over a segment has come.</summary>
/// <param name="End">The offset behind the last whole record.</param>
/// <param name="Records">Records of the segment so far.</param>
/// <param name="Flows">Flows that are complete so far.</param>
/// <param name="FirstSequence">The number of the segment's first record; 0 before it.</param>
/// <param name="Chain">The chain behind the last record; null at the start of a segment whose predecessor is not known.</param>
internal sealed record WalkState(long End, long Records, long Flows, long FirstSequence, RecordChain? Chain)
{
    /// <summary>The start of a segment behind <paramref name="chain"/>.</summary>
    public static WalkState StartAfter(RecordChain? chain) => new(0, 0, 0, 0, chain);
}
