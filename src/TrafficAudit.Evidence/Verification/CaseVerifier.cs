using System.Collections.Concurrent;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Erasing;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Evidence.Walking;
using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Verification;

/// <summary>
/// Verifies a case by its files alone; it writes nothing and needs no key. Of a locked case it looks into seals and sealed digests only:
/// <code>
/// seals: signature, order, timestamps ─► segments, several at once ─► the chain from segment to segment ─► seals that the journal names
/// </code>
/// </summary>
public sealed class CaseVerifier(CaseFolder folder, VerifyOptions options)
{
    private readonly FaultList _faults = new();

    /// <summary>Bytes of evidence that are to be read.</summary>
    public long Bytes => folder.Segments.Sum(s => new FileInfo(folder.SegmentPath(s)).Length);

    /// <summary>Verifies everything.</summary>
    /// <param name="progress">Gets bytes as they are read, from several threads; null for nobody.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="IOException">A file can't be read.</exception>
    public async Task<VerifyResult> RunAsync(Action<long>? progress, CancellationToken cancellation)
    {
        var isRecording = CaseLock.IsHeld(folder);
        var bytes = Bytes;
        var sealCheck = new SealCheck(folder, options, _faults);
        var seals = sealCheck.Run();
        var newest = seals is [.., var last] ? last : null;
        if (folder.IsLocked && newest is null && _faults.Count == 0)
        {
            throw new CaseException($"The case {folder.Info.Name} is encrypted and not sealed: without its passphrase nothing in it can be verified");
        }

        var erasures = DeclaredErasures.Of(newest);
        CheckFiles(newest);
        CheckPending();
        var numbers = folder.Segments;
        var results = new ConcurrentBag<SegmentResult>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation };
        await Task.Run(
            () => Parallel.ForEach(
                Partitioner.Create(numbers, EnumerablePartitionerOptions.NoBuffering),
                parallel,
                segment => results.Add(
                    new SegmentVerifier(folder, segment, SealsOf(seals.Where(s => !erasures.Releases(s, segment)), segment), SealsOf(seals.Where(s => erasures.Releases(s, segment)), segment), erasures, options)
                        .Run(isRecording && segment == numbers[^1], progress ?? (_ => { }), cancellation))),
            cancellation);
        var ordered = results.OrderBy(r => r.Segment).ToList();
        ordered.ForEach(r => _faults.AddAll(r.Faults));
        CheckSegments(newest, ordered);
        CheckAnnounced(seals, ordered);
        return new VerifyResult
        {
            FaultCount = _faults.Count,
            Faults = _faults.Sorted(),
            Segments = ordered.Count,
            Records = ordered.Sum(r => r.End.Records),
            Flows = ordered.Sum(r => r.End.Flows),
            Bytes = bytes,
            UnsealedRecords = ordered.Sum(r => r.UnsealedRecords),
            Seal = newest,
            Timestamps = sealCheck.Timestamps,
            IsLocked = folder.IsLocked,
            IsRecording = isRecording,
        };
    }

    private static IReadOnlyList<SealedSegment> SealsOf(IEnumerable<Seal> seals, int segment) => [.. seals.SelectMany(s => s.Segments).Where(s => s.Number == segment)];

    private void CheckPending()
    {
        if (PendingErasure.IsIn(folder))
        {
            _faults.Add(FaultKind.Changed, PendingErasure.Name, null, null, "an erasure was begun and not finished; 'erase' without a filter finishes it, and until then older seals need not hold");
        }
    }

    private void CheckFiles(Seal? seal)
    {
        foreach (var file in seal?.Files ?? [])
        {
            var path = Path.Combine(folder.Path, file.Name);
            if (!File.Exists(path))
            {
                _faults.Add(FaultKind.Missing, file.Name, null, null, "it was sealed");
            }
            else if (PrefixHash.Of(path, new FileInfo(path).Length) != file.Sha256)
            {
                _faults.Add(FaultKind.Changed, file.Name, null, null, "it is not what was sealed");
            }
        }

        if (seal is null)
        {
            CheckInfo();
        }
    }

    private void CheckInfo()
    {
        try
        {
            CaseFolder.Open(folder.Path);
        }
        catch (CaseException e)
        {
            _faults.Add(FaultKind.Changed, CaseFolder.InfoName, null, null, e.Message);
        }
    }

    /// <summary>Holds each segment to the one before it.</summary>
    private void CheckSegments(Seal? seal, List<SegmentResult> segments)
    {
        var there = segments.ConvertAll(s => s.Segment).ToHashSet();
        var highest = Math.Max(segments is [.., var last] ? last.Segment : 0, seal?.Segments is [.., var lastSealed] ? lastSealed.Number : 0);
        var missing = 0;
        for (var number = 1; number <= highest && missing < 100; number++)
        {
            if (!there.Contains(number))
            {
                missing++;
                _faults.Add(FaultKind.Missing, Path.GetFileName(folder.SegmentPath(number)), null, null, "the segment is not there");
            }
        }

        var chain = RecordChain.Start();
        foreach (var segment in segments)
        {
            if (segment.First is { } first && (there.Contains(segment.Segment - 1) || segment.Segment == 1))
            {
                CheckJoint(segment, first, chain, isSealed: seal?.Segments.Any(s => s.Number == segment.Segment) ?? false);
            }

            chain = segment.End.Chain ?? chain;
        }
    }

    private void CheckJoint(SegmentResult segment, FirstLink first, RecordChain before, bool isSealed)
    {
        if (first.Link.Follows(before))
        {
            return;
        }

        var file = Path.GetFileName(folder.SegmentPath(segment.Segment));
        var sequence = first.Link.Sequence;
        var (kind, detail) = sequence > before.Sequence + 1
            ? (FaultKind.Missing, $"the records {before.Sequence + 1} to {sequence - 1} of the chain are missing before it")
            : (isSealed ? FaultKind.Changed : FaultKind.Added, "it does not follow what is before it in the chain");
        _faults.Add(kind, file, first.Offset, first.Name, detail);
    }

    private void CheckAnnounced(IReadOnlyList<Seal> seals, List<SegmentResult> segments)
    {
        var there = SealFiles.NumbersIn(folder).ToHashSet();
        foreach (var number in segments.SelectMany(s => s.Announced).Distinct().Where(n => !there.Contains(n) && n > (seals is [.., var last] ? last.Number : 0)))
        {
            _faults.Add(
                FaultKind.Missing, SealFiles.NameOf(new SealFiles(folder, number).Json), null, null,
                "the journal names this seal; it was taken away, or the program was ended while it sealed ('seal' makes it again)");
        }
    }
}
