using System.Text;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Evidence.Storage;
using TrafficAudit.Evidence.Walking;

namespace TrafficAudit.Evidence.Verification;

/// <summary>Says where an index (CDXJ) that is not the sealed one differs from what its segment has.</summary>
internal static class CdxjComparison
{
    public static void Add(FaultList faults, CaseFile file, CaseFile segmentFile, SealedSegment segment)
    {
        using var index = file.OpenStream();
        using var members = segmentFile.Open();
        var buffer = new byte[PrefixHash.BufferLength];
        long at = 0;
        (long Offset, string? Record)? difference = null;
        new SegmentWalk(segmentFile, new FaultList()).Run(
            WalkState.StartAfter(null),
            (record, block, state) =>
            {
                if (difference is not null || state.End > segment.Bytes)
                {
                    return;
                }

                var digest = RecordCheck.MemberDigest(members, record.Offset, record.MemberLength, buffer);
                var expected = Encoding.UTF8.GetBytes(CdxjLine.Of(record, block, segment.File, digest) + "\n");
                var found = new byte[expected.Length];
                if (index.ReadAtLeast(found, found.Length, throwOnEndOfStream: false) < found.Length || !found.AsSpan().SequenceEqual(expected))
                {
                    difference = (at, RecordName.Of(record));
                }

                at += expected.Length;
            },
            null,
            CancellationToken.None);
        var (offset, name) = difference ?? (at, null);
        faults.Add(index.Length < offset ? FaultKind.Truncated : FaultKind.Changed, segment.Cdxj, offset, name, "the index is not the one that was sealed; from this line on it differs from its segment");
    }
}
