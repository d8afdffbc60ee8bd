using System.Collections.Immutable;
using TrafficAudit.Evidence.Erasing;

namespace TrafficAudit.Evidence.Sealing;

/// <summary>
/// An erasure as a seal declares it. Blocks of the records that it names were replaced by tombstones, and nothing else was done: the chain over the rewritten
/// segments still ends where the older seals say.
/// </summary>
/// <param name="Id">Its id; tombstones name it.</param>
/// <param name="Time">When it was ordered, UTC.</param>
/// <param name="Operator">By whom.</param>
/// <param name="Reason">Why.</param>
/// <param name="Seal">The number of the first seal that declares it. Seals before are of the segments as they were.</param>
/// <param name="Flows">How many flows were erased.</param>
/// <param name="Records">How many records.</param>
/// <param name="Segments">The segments that were rewritten.</param>
public sealed record SealedErasure(
    string Id, DateTimeOffset Time, string Operator, string Reason, int Seal, long Flows, long Records, ImmutableArray<ErasedSegment> Segments)
{
    /// <summary>The erasures of a seal before, and the one that is pending.</summary>
    internal static ImmutableArray<SealedErasure>? With(ImmutableArray<SealedErasure>? before, PendingErasure? pending, int seal)
    {
        if (pending is null || (before ?? []).Any(e => e.Id == pending.Erasure.Id))
        {
            return before;
        }

        var (id, time, by, reason) = pending.Erasure;
        return
        [
            .. before ?? [],
            new SealedErasure(id, time, by, reason, seal, pending.Flows, pending.Records, [.. pending.Segments.Select(s => new ErasedSegment(s.Number, s.File, s.Sequences))]),
        ];
    }
}

/// <summary>What was erased of a segment.</summary>
/// <param name="Number">Its number.</param>
/// <param name="File">Its name in the case's folder.</param>
/// <param name="Sequences">The numbers in the chain of the records that were erased: <c>12-14,20</c>.</param>
public sealed record ErasedSegment(int Number, string File, string Sequences);
