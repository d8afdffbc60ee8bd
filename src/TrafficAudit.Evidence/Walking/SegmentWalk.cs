using TrafficAudit.Evidence.Erasing;
using TrafficAudit.Evidence.Storage;
using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Walking;

/// <summary>
/// Goes over a segment record by record and holds each against its digests, its place in the chain, and the records that it belongs to:
/// <code>
/// gzip member ─► WARC framing ─► block, content and payload digest ─► sequence and chain ─► concurrent-to
/// </code>
/// Behind a fault it goes on with what the next whole record says of itself, so that one fault is told once.
/// </summary>
/// <param name="file">The segment.</param>
/// <param name="faults">Takes what is wrong.</param>
/// <param name="names">Names records that are not there any more.</param>
/// <param name="erasures">What was erased; null for nothing.</param>
internal sealed class SegmentWalk(CaseFile file, FaultList faults, IRecordNames? names = null, DeclaredErasures? erasures = null)
{
    private readonly string _file = file.Name;
    private SequenceOrder? _order;
    private long? _damagedAt;
    private (string? Flow, string? Id) _flow;

    /// <summary>The first record, when nothing is known of what must lie before it.</summary>
    public FirstLink? First { get; private set; }

    /// <summary>Whether bytes lie at the end that are no whole record.</summary>
    public bool HasTornEnd { get; private set; }

    /// <summary>Walks from <paramref name="start"/> to the last whole record.</summary>
    /// <param name="start">Where to begin, and what is known there.</param>
    /// <param name="each">Called for each whole record with the state behind it.</param>
    /// <param name="progress">Called with each record's compressed length.</param>
    /// <param name="cancellation">Ends the walk.</param>
    /// <exception cref="IOException">The segment can't be read.</exception>
    public WalkState Run(WalkState start, Action<WarcRecord, BlockReading, WalkState>? each, Action<long>? progress, CancellationToken cancellation)
    {
        var state = start;
        _order = start.Chain is { } known ? new SequenceOrder(known.Sequence) : null;
        using var reader = new SegmentReader(file);
        using var block = new BlockReading();
        var length = reader.Length;
        foreach (var record in reader.Read(start.End, Damaged))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!TryCheck(record, block))
            {
                // The reader says where it is damaged, and finds the next.
                continue;
            }

            state = new WalkState(
                record.Offset + record.MemberLength,
                state.Records + 1,
                state.Flows + (record.Flow is not null && record.Type == "metadata" && record[WarcHeaders.Part] is null ? 1 : 0),
                state.FirstSequence == 0 ? record.Sequence : state.FirstSequence,
                Follow(state.Chain, record));
            CheckConcurrent(record);
            each?.Invoke(record, block, state);
            progress?.Invoke(record.MemberLength);
        }

        End(state, length);
        return state;
    }

    private bool TryCheck(WarcRecord record, BlockReading block)
    {
        try
        {
            var wrong = RecordCheck.Read(record, block, erasures ?? DeclaredErasures.None);
            record.Verify();
            if (wrong is var (kind, detail))
            {
                Add(kind, record, detail);
            }

            if (!record.HasPlainMember)
            {
                Add(FaultKind.Changed, record, "the header of its gzip member is not as it was written");
            }

            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private RecordChain? Follow(RecordChain? chain, WarcRecord record)
    {
        var link = RecordLink.Of(record);
        if (link is null)
        {
            Add(FaultKind.Added, record, "it has no place in the chain");
            return chain;
        }

        if (chain is null || _order is null)
        {
            First = new FirstLink(link, record.Offset, RecordName.Of(record));
            _order = new SequenceOrder(link.Sequence);
            return link.After();
        }

        switch (_order.Add(link.Sequence, record.Offset))
        {
            case Place.Next:
                if (!link.Follows(chain))
                {
                    Add(FaultKind.Changed, record, "its header is not the one that the chain was made of, or the record before it was exchanged");
                }

                break;
            case Place.AfterGap when _damagedAt is not null:
                var gap = _order.TakeLastGap();
                if (gap.To > gap.From)
                {
                    Add(FaultKind.Missing, record, $"of the records {gap.From} to {gap.To} in front of it there is nothing whole");
                }

                break;
            case Place.AfterGap:
                break;
            case Place.Late:
                Add(FaultKind.Reordered, record, $"record {link.Sequence} of the chain stands behind record {chain.Sequence}");
                return chain;
            default:
                Add(FaultKind.Added, record, $"record {link.Sequence} of the chain is there already");
                return chain;
        }

        _damagedAt = null;
        return link.After();
    }

    /// <summary>A flow's first record names none; openings and messages of a flow stand before it and name none either.</summary>
    private void CheckConcurrent(WarcRecord record)
    {
        var flow = record[WarcHeaders.Flow];
        if (record[WarcHeaders.ConcurrentTo] is not { } other)
        {
            _flow = (flow, record[WarcHeaders.RecordId]);
        }
        else if (flow == _flow.Flow && other != _flow.Id)
        {
            Add(FaultKind.Changed, record, $"{WarcHeaders.ConcurrentTo} names another record than the first of its flow");
        }
    }

    private void Damaged(long offset)
    {
        _damagedAt = offset;
        faults.Add(FaultKind.Changed, _file, offset, names?.NameAt(offset), "the bytes here are no whole record");
    }

    private void End(WalkState state, long length)
    {
        foreach (var gap in _order?.Gaps ?? [])
        {
            var name = names?.NameOf(gap.From);
            faults.Add(FaultKind.Missing, _file, gap.Offset, name, gap.From == gap.To
                ? $"record {gap.From} of the chain is missing here"
                : $"the records {gap.From} to {gap.To} of the chain are missing here");
        }

        HasTornEnd = state.End < length;
    }

    private void Add(FaultKind kind, WarcRecord record, string detail) => faults.Add(kind, _file, record.Offset, RecordName.Of(record), detail);
}
