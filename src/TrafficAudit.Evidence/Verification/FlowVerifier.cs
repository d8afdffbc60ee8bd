using System.Collections.Immutable;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Erasing;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Evidence.Walking;
using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Verification;

/// <summary>
/// Computes the digests and chain links of one flow's records again. It reads these records and the one before them; <see cref="CaseVerifier"/> reads all of a
/// case, and what it finds elsewhere is not seen here.
/// </summary>
/// <param name="folder">The case.</param>
public sealed class FlowVerifier(CaseFolder folder)
{
    /// <summary>The record before is looked for through no more bytes than these: a page waits for the answer.</summary>
    private const long FurthestBefore = 16 * 1024 * 1024;

    /// <summary>A flow has three records; more without an end are not one flow's.</summary>
    private const int MostRecords = 3;

    /// <summary>Checks a flow; null when no whole flow lies there.</summary>
    /// <param name="position">Where the flow's first record lies.</param>
    /// <param name="before">Where a record lies that is earlier in the same segment, the nearer the better; null when none is known.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="IOException">The segment can't be read.</exception>
    public FlowProof? Verify(FlowPosition position, long? before, CancellationToken cancellation)
    {
        if (!File.Exists(folder.SegmentPath(position.Segment)))
        {
            return null;
        }

        var newest = StoredSeal.Newest(folder)?.Seal;
        using var reader = new SegmentReader(folder.Segment(position.Segment));
        var chain = Before(reader, position.Offset, before, cancellation);
        var isTied = chain is not null;
        var records = ImmutableArray.CreateBuilder<ProvenRecord>();
        var erasures = DeclaredErasures.Of(newest);
        using var block = new BlockReading();
        foreach (var record in reader.Read(position.Offset))
        {
            cancellation.ThrowIfCancellationRequested();
            records.Add(Check(record, block, erasures, chain));
            chain = RecordLink.Of(record)?.After();
            var isLast = record.Type == "metadata" && record[WarcHeaders.Part] is null;
            if (isLast || records.Count == MostRecords)
            {
                return isLast ? Proof(position.Segment, records.ToImmutable(), isTied, newest) : null;
            }
        }

        return null;
    }

    private static ProvenRecord Check(WarcRecord record, BlockReading block, DeclaredErasures erasures, RecordChain? before)
    {
        string? fault;
        try
        {
            fault = RecordCheck.Read(record, block, erasures)?.Detail;
            record.Verify();
            fault ??= record.HasPlainMember ? null : "the header of its gzip member is not as it was written";
        }
        catch (InvalidDataException)
        {
            fault = "its bytes are damaged";
        }

        return new ProvenRecord(
            record.Type,
            record[WarcHeaders.RecordId] ?? "",
            record[WarcHeaders.Date] ?? "",
            record.Offset,
            record.MemberLength,
            record.Sequence,
            record[WarcHeaders.BlockDigest] ?? "",
            record[WarcHeaders.ContentDigest] ?? "",
            record[WarcHeaders.Chain] ?? "",
            record[WarcHeaders.Erased] is not null,
            fault,
            before is null ? null : RecordLink.Of(record)?.Follows(before) ?? false);
    }

    /// <summary>The chain behind the record in front of the flow; null when it is not found.</summary>
    private static RecordChain? Before(SegmentReader reader, long offset, long? before, CancellationToken cancellation)
    {
        if ((before ?? 0) is var start && (start >= offset || offset - start > FurthestBefore))
        {
            return null;
        }

        foreach (var record in reader.Read(start))
        {
            cancellation.ThrowIfCancellationRequested();
            if (record.Offset + record.MemberLength == offset)
            {
                return RecordLink.Of(record)?.After();
            }

            if (record.Offset >= offset)
            {
                break;
            }
        }

        return null;
    }

    private FlowProof Proof(int segment, ImmutableArray<ProvenRecord> records, bool isTied, Seal? newest)
    {
        var end = records[^1].Offset + records[^1].Length;
        var isSealed = newest?.Segments.Any(s => s.Number == segment && s.Bytes >= end) is true;
        return new FlowProof
        {
            File = Path.GetFileName(folder.SegmentPath(segment)),
            Records = records,
            IsTiedToBefore = isTied,
            Seal = isSealed ? newest!.Number : null,
            SealedAt = isSealed ? newest!.SealedAt : null,
        };
    }
}
