using System.Security.Cryptography;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Erasing;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Evidence.Storage;
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
/// Of a segment that was rewritten by an erasure the seals before are held by the chain: record by record from its start, where theirs ended.
/// </summary>
/// <param name="folder">The case.</param>
/// <param name="segment">The segment's number.</param>
/// <param name="seals">What the seals say of it whose digests must hold.</param>
/// <param name="released">What the seals say of it that are of the time before it was rewritten.</param>
/// <param name="erasures">What was erased.</param>
/// <param name="options">How to verify.</param>
internal sealed class SegmentVerifier(
    CaseFolder folder, int segment, IReadOnlyList<SealedSegment> seals, IReadOnlyList<SealedSegment> released, DeclaredErasures erasures, VerifyOptions options)
{
    private readonly string _path = folder.SegmentPath(segment);
    private readonly string _name = Path.GetFileName(folder.SegmentPath(segment));
    private readonly FaultList _faults = new();

    /// <exception cref="IOException">A file can't be read.</exception>
    public SegmentResult Run(bool mayBeWritten, Action<long> progress, CancellationToken cancellation)
    {
        var length = new FileInfo(_path).Length;
        var newest = seals is [.., var last] ? last : null;
        var (holding, broken) = CheckPrefixes(length, progress, cancellation);
        if (folder.IsLocked)
        {
            return Locked(length, newest, broken);
        }

        var file = folder.Segment(segment);
        using var members = file.Open();
        var index = CheckIndex(newest, isWanted: broken is not null);
        var start = holding is null || released.Count > 0 || options.EveryRecord
            ? WalkState.StartAfter(null)
            : new WalkState(members.LengthOf(holding.Bytes), holding.Records, holding.Flows, holding.FirstSequence, new RecordChain(holding.LastSequence, SegmentSealer.HeadOf(holding)));
        var indexFaults = _faults.Count;
        var told = indexFaults;
        var announced = new List<int>();
        var walk = new SegmentWalk(file, _faults, index, erasures);
        var ends = new ReleasedEnds(released);
        var buffer = new byte[PrefixHash.BufferLength];
        var end = walk.Run(
            start,
            (record, block, _) =>
            {
                ends.Take(record);
                if (record[WarcHeaders.Journal] == JournalKinds.Sealed && SegmentSealer.NumberOf(block.Start) is { } number)
                {
                    announced.Add(number);
                }

                // What a record's own digests tell is not told again.
                if (_faults.Count == told && broken is not null && index?.DigestOf(record.Sequence) is { } digest
                    && RecordCheck.MemberDigest(members, record.Offset, record.MemberLength, buffer) != digest)
                {
                    _faults.Add(FaultKind.Changed, _name, record.Offset, RecordName.Of(record), "it is not the record that was sealed");
                }

                told = _faults.Count;
            },
            holding is null && broken is null ? progress : null,
            cancellation);
        CheckEnd(walk, end, members.StoredLengthOf(end.End), length, newest, index, mayBeWritten);
        foreach (var sequence in ends.NotReached)
        {
            _faults.Add(FaultKind.Changed, _name, null, null, $"a seal from before an erasure says that the chain was another at record {sequence}");
        }

        if (broken is not null && _faults.Count == indexFaults)
        {
            _faults.Add(FaultKind.Changed, _name, null, null, $"its first {broken.Bytes} bytes are not those that were sealed, although each record fits its digests and the chain");
        }

        return new SegmentResult(segment, walk.First, end, announced, _faults, newest is null ? end.Records : Math.Max(0, end.Records - newest.Records));
    }

    /// <summary>The last seal that holds, and the first that does not.</summary>
    private (SealedSegment? Holding, SealedSegment? Broken) CheckPrefixes(long length, Action<long> progress, CancellationToken cancellation)
    {
        SealedSegment? holding = null;
        using var file = new CaseFile(_path).Open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[PrefixHash.BufferLength];
        long at = 0;
        foreach (var seal in seals.OrderBy(s => s.Bytes))
        {
            if (seal.Bytes > length)
            {
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

    /// <summary>Bytes behind the last whole record; they may be on their way to be one.</summary>
    private void CheckEnd(SegmentWalk walk, WalkState end, long storedEnd, long length, SealedSegment? newest, SealedIndex? index, bool mayBeWritten)
    {
        var isBehindSeal = newest is null || storedEnd >= newest.Bytes;
        if (newest is not null && length < newest.Bytes)
        {
            var next = (end.Chain?.Sequence ?? 0) + 1;
            _faults.Add(
                FaultKind.Truncated, _name, end.End, index?.NameOf(next), $"{newest.Bytes} bytes were sealed, {length} are there; the records {next} to {newest.LastSequence} are not whole any more");
        }
        else if (walk.HasTornEnd && !mayBeWritten)
        {
            _faults.Add(
                isBehindSeal ? FaultKind.Truncated : FaultKind.Changed,
                _name,
                end.End,
                index?.NameAt(end.End),
                $"the last {length - storedEnd} bytes are no whole record{(isBehindSeal ? "; 'capture' or 'seal' keeps them aside and goes on" : "")}");
        }
    }

    /// <summary>Of a locked case the sealed bytes alone can be held to their digests.</summary>
    private SegmentResult Locked(long length, SealedSegment? newest, SealedSegment? broken)
    {
        if (broken is not null)
        {
            var isShort = length < broken.Bytes;
            _faults.Add(
                isShort ? FaultKind.Truncated : FaultKind.Changed,
                _name,
                null,
                null,
                isShort ? $"{broken.Bytes} bytes were sealed, {length} are there" : $"its first {broken.Bytes} bytes are not those that were sealed; with the passphrase the record is named");
        }

        if (newest is null)
        {
            return new SegmentResult(segment, null, WalkState.StartAfter(null), [], _faults, 0);
        }

        var path = folder.CdxjPath(segment);
        if (!File.Exists(path))
        {
            _faults.Add(FaultKind.Missing, newest.Cdxj, null, null, "it was sealed");
        }
        else if (PrefixHash.Of(path, new FileInfo(path).Length) != newest.CdxjSha256)
        {
            _faults.Add(FaultKind.Changed, newest.Cdxj, null, null, "it is not what was sealed");
        }

        var end = new WalkState(0, newest.Records, newest.Flows, newest.FirstSequence, new RecordChain(newest.LastSequence, SegmentSealer.HeadOf(newest)));
        return new SegmentResult(segment, null, end, [], _faults, 0);
    }

    private SealedIndex? CheckIndex(SealedSegment? newest, bool isWanted)
    {
        if (newest is null)
        {
            return null;
        }

        var file = folder.Cdxj(segment);
        if (!File.Exists(file.Path))
        {
            _faults.Add(FaultKind.Missing, newest.Cdxj, null, null, "it was sealed");
            return null;
        }

        if (PrefixHash.Of(file.Path, new FileInfo(file.Path).Length) == newest.CdxjSha256)
        {
            return isWanted ? SealedIndex.Read(file, newest) : null;
        }

        CdxjComparison.Add(_faults, file, folder.Segment(segment), newest);
        return null;
    }
}

/// <summary>What verifying a segment came to.</summary>
/// <param name="Segment">Its number.</param>
/// <param name="First">Its first record, where nothing else holds it to the segment before.</param>
/// <param name="End">Behind its last whole record.</param>
/// <param name="Announced">The seals that journal records name which were looked at.</param>
/// <param name="Faults">What is wrong with it by itself.</param>
/// <param name="UnsealedRecords">Records behind the newest seal.</param>
internal sealed record SegmentResult(
    int Segment, FirstLink? First, WalkState End, IReadOnlyList<int> Announced, FaultList Faults, long UnsealedRecords);
