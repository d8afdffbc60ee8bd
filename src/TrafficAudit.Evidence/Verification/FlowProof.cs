using System.Collections.Immutable;

namespace TrafficAudit.Evidence.Verification;

/// <summary>What the records of one flow say of themselves, and what came of computing it again.</summary>
public sealed record FlowProof
{
    /// <summary>The segment that holds them (<c>evidence-00001.warc.gz</c>).</summary>
    public required string File { get; init; }

    /// <summary>The request's, the response's and the metadata record, as far as the flow has them, in their order.</summary>
    public required ImmutableArray<ProvenRecord> Records { get; init; }

    /// <summary>
    /// Whether the first record was held against the one before it, too. False where that one lies too far away to be looked for; then only the links
    /// between the flow's own records were computed again.
    /// </summary>
    public required bool IsTiedToBefore { get; init; }

    /// <summary>The newest seal that covers all of these records, by its number; null when none does. Its signature is not checked here.</summary>
    public int? Seal { get; init; }

    /// <summary>When that seal was made, by its own words, UTC.</summary>
    public DateTimeOffset? SealedAt { get; init; }

    /// <summary>Whether nothing that was computed again differs.</summary>
    public bool IsSound => Records.All(record => record.Fault is null && record.Follows is not false);
}

/// <summary>One record of a flow.</summary>
/// <param name="Type">Its type in WARC/1.1: <c>request</c>, <c>response</c>, <c>metadata</c>.</param>
/// <param name="Id">Its <c>WARC-Record-ID</c>, with its angle brackets.</param>
/// <param name="Date">Its <c>WARC-Date</c>.</param>
/// <param name="Offset">Where it lies in the segment, in bytes.</param>
/// <param name="Length">Its compressed length, in bytes.</param>
/// <param name="Sequence">Its <c>TA-Sequence</c>; 0 where it has none.</param>
/// <param name="BlockDigest">Its <c>WARC-Block-Digest</c>.</param>
/// <param name="ContentDigest">Its <c>TA-Content-Digest</c>.</param>
/// <param name="Chain">Its <c>TA-Chain</c>.</param>
/// <param name="IsErased">Whether an erasure has put a tombstone in the place of its block.</param>
/// <param name="Fault">What is wrong with its digests, in one sentence; null when they are those of its block.</param>
/// <param name="Follows">Whether its chain value is the one that follows from the record before it; null when that was not computed.</param>
public sealed record ProvenRecord(
    string Type, string Id, string Date, long Offset, long Length, long Sequence, string BlockDigest, string ContentDigest, string Chain, bool IsErased, string? Fault, bool? Follows);
