using System.Security.Cryptography;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Evidence.Walking;
using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Verification;

/// <summary>
/// Verifies one segment:
/// <code>
/// 1 its first bytes against every seal, in one pass            the same ─► what comes after them record by record
///                                                              other    ─► record by record from the last seal that holds
/// 2 its index (CDXJ) against the newest seal
/// </code>
/// </summary>
internal sealed class SegmentVerifier(CaseFolder folder, int segment, IReadOnlyList<SealedSegment> seals, VerifyOptions options, FaultList faults)
{
    private readonly string _path = folder.SegmentPath(segment);
    private readonly string _name = Path.GetFileName(folder.SegmentPath(segment));

    /// <exception cref="IOException">A file can't be read.</exception>
    public SegmentResult Run(bool mayBeWritten, Action<long> progress, CancellationToken cancellation)
    {
        var length = new FileInfo(_path).Length;
        var newest = seals is [.., var last] ? last : null;
        var (holding, broken) = CheckPrefixes(length, progress, cancellation);
        var index = CheckIndex(newest, broken is not null || options.EveryRecord);
        var before = faults.Count;
        var start = holding is null || options.EveryRecord
            ? WalkState.StartAfter(null)
            : new WalkState(holding.Bytes, holding.Records, holding.Flows, holding.FirstSequence, new RecordChain(holding.LastSequence, SegmentSealer.HeadOf(holding)));
        var announced = new List<int>();
        var walk = new SegmentWalk(_path, faults, index);
        using var members = PrefixHash.Open(_path);
        var buffer = new byte[PrefixHash.BufferLength];
        var end = walk.Run(
            start,
            (record, block, _) =>
            {
                if (record[WarcHeaders.Journal] == JournalKinds.Sealed && SegmentSealer.NumberOf(block.Start) is { } number)
                {
                    announced.Add(number);
                }

                if (broken is not null && index?.DigestOf(record.Sequence) is { } digest
                    && RecordCheck.MemberDigest(members, record.Offset, record.MemberLength, buffer) != digest)
                {
                    faults.Add(FaultKind.Changed, _name, record.Offset, RecordName.Of(record), "it is not the record that was sealed");
                }
            },
            length - start.End > 0 && broken is null && holding is null ? progress : null,
            cancellation);
        if (walk.HasTornEnd && !mayBeWritten)
        {
            AddTornEnd(end.End, length, newest);
        }

        if (broken is not null && faults.Count == before)
        {
            faults.Add(FaultKind.Changed, _name, null, null, $"its first {broken.Bytes} bytes are not those that were sealed, although each record fits its digests and the chain");
        }

        return new SegmentResult(segment, walk.First, end, announced, newest is null ? end.Records : Math.Max(0, end.Records - newest.Records));
    }

    /// <summary>The last seal that holds, and the first that does not.</summary>
    private (SealedSegment? Holding, SealedSegment? Broken) CheckPrefixes(long length, Action<long> progress, CancellationToken cancellation)
    {
        SealedSegment? holding = null;
        using var file = PrefixHash.Open(_path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[PrefixHash.BufferLength];
        long at = 0;
        foreach (var seal in seals.OrderBy(s => s.Bytes))
        {
            if (seal.Bytes > length)
            {
                faults.Add(FaultKind.Truncated, _name, length, null, $"{seal.Bytes} bytes of it were sealed, it has {length}");
                return (holding, seal);
            }

            PrefixHash.Append(hash, file, at, seal.Bytes, buffer, read =>
            {
                cancellation.ThrowIfCancellationRequested();
                progress(read);
            });
            at = seal.Bytes;
            if (Convert.ToHexStringLower(hash.GetCurrentHash()) != seal.Sha256)
            {
                return (holding, seal);
            }

            holding = seal;
        }

        return (holding, null);
    }

    private SealedIndex? CheckIndex(SealedSegment? newest, bool isWanted)
    {
        if (newest is null)
        {
            return null;
        }

        var path = folder.CdxjPath(segment);
        if (!File.Exists(path))
        {
            faults.Add(FaultKind.Missing, newest.Cdxj, null, null, "it was sealed");
            return null;
        }

        if (PrefixHash.Of(path, new FileInfo(path).Length) == newest.CdxjSha256)
        {
            return isWanted ? SealedIndex.Read(path, newest) : null;
        }

        CdxjComparison.Add(faults, path, _path, newest);
        return null;
    }

    private void AddTornEnd(long end, long length, SealedSegment? newest)
    {
        // A segment that is too short was said to be already.
        if (newest is null || length >= newest.Bytes)
        {
            faults.Add(FaultKind.Truncated, _name, end, null, $"the last {length - end} bytes are no whole record; 'capture' or 'seal' keeps them aside and goes on");
        }
    }
}

/// <summary>What verifying a segment came to.</summary>
/// <param name="Segment">Its number.</param>
/// <param name="First">Its first record, where nothing else holds it to the segment before.</param>
/// <param name="End">Behind its last whole record.</param>
/// <param name="Announced">The seals that journal records name which were looked at.</param>
/// <param name="UnsealedRecords">Records behind the newest seal.</param>
internal sealed record SegmentResult(int Segment, FirstLink? First, WalkState End, IReadOnlyList<int> Announced, long UnsealedRecords);
