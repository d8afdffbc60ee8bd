using System.Text.Json;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Erasing;
using TrafficAudit.Evidence.Walking;
using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Sealing;

/// <summary>
/// Seals one segment: walks over what came since the last seal, which verifies it, and writes its index. What an older seal covers is only hashed, and a closed
/// segment that it covers whole is not read again.
/// </summary>
internal sealed class SegmentSealer(CaseFolder folder, int sealNumber, DeclaredErasures erasures, FaultList faults, Action<long>? progress)
{
    /// <summary>Seals the segment up to the record that announces the seal, or to its end when that lies in a later one.</summary>
    /// <param name="segment">Its number.</param>
    /// <param name="before">What the last seal says of it; null when it is new.</param>
    /// <param name="chain">The chain before it.</param>
    /// <param name="isLast">Whether it may be written at this moment.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The segment, and whether the announcement lies in it.</returns>
    /// <exception cref="IOException">A file can't be read or written.</exception>
    public (SealedSegment Segment, bool IsEnd) Seal(int segment, SealedSegment? before, RecordChain chain, bool isLast, CancellationToken cancellation)
    {
        var (file, index) = (folder.Segment(segment), folder.Cdxj(segment));
        var (path, cdxj) = (file.Path, index.Path);
        if (before is not null && !isLast && new FileInfo(path).Length == before.Bytes && File.Exists(cdxj))
        {
            return (before, false);
        }

        var known = before is not null && IsUnchanged(path, before) && HasDigest(cdxj, before.CdxjSha256) ? before : null;
        using var opened = file.Open();
        var start = known is null
            ? WalkState.StartAfter(chain)
            : new WalkState(opened.LengthOf(known.Bytes), known.Records, known.Flows, known.FirstSequence, new RecordChain(known.LastSequence, HeadOf(known)));
        using var lines = new CdxjWriter(index, file, goesOn: known is not null);
        WalkState? announced = null;
        var end = new SegmentWalk(file, faults, erasures: erasures).Run(
            start,
            (record, block, state) =>
            {
                if (announced is not null)
                {
                    // Recording goes on: that is for the next seal.
                    return;
                }

                lines.Add(record, block);
                if (record[WarcHeaders.Journal] == JournalKinds.Sealed && NumberOf(block.Start) == sealNumber)
                {
                    announced = state;
                }
            },
            progress,
            cancellation);
        var state = announced ?? end;
        var bytes = opened.StoredLengthOf(state.End);
        bytes = announced is null ? Math.Max(bytes, new FileInfo(path).Length) : bytes;
        var digest = PrefixHash.Of(path, bytes) ?? throw new IOException($"{path} has become shorter");
        return (
            new SealedSegment(
                segment, file.Name, bytes, digest, state.Records, state.Flows, state.FirstSequence, state.Chain?.Sequence ?? 0,
                RecordChain.Prefix + Convert.ToHexStringLower(state.Chain is null ? [] : state.Chain.Head), index.Name, lines.Complete()),
            announced is not null);
    }

    /// <summary>The chain behind a sealed segment.</summary>
    public static byte[] HeadOf(SealedSegment segment) => Convert.FromHexString(segment.ChainHead.AsSpan(RecordChain.Prefix.Length));

    /// <summary>The number in a journal record <c>sealed</c>; null when it says none.</summary>
    public static int? NumberOf(ReadOnlySpan<byte> block)
    {
        try
        {
            var entry = JsonSerializer.Deserialize(block, Recording.EvidenceJson.Default.StoredJournalEntry);
            return entry?.Content.Deserialize(SealJson.Default.SealAnnouncement)?.Number;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsUnchanged(string path, SealedSegment before) => PrefixHash.Of(path, before.Bytes) == before.Sha256;

    private static bool HasDigest(string path, string sha256) => File.Exists(path) && PrefixHash.Of(path, new FileInfo(path).Length) == sha256;
}
