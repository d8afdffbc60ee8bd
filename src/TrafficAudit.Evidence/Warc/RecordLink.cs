using System.Buffers;

namespace TrafficAudit.Evidence.Warc;

/// <summary>A record's place in the chain, as its header says it.</summary>
internal sealed class RecordLink
{
    private readonly WarcRecord _record;
    private readonly byte[] _head;

    private RecordLink(WarcRecord record, long sequence, byte[] head)
    {
        _record = record;
        Sequence = sequence;
        _head = head;
    }

    public long Sequence { get; }

    /// <summary>Null when the record has none.</summary>
    public static RecordLink? Of(WarcRecord record)
    {
        var sequence = record.Sequence;
        var head = new byte[RecordChain.HeadLength];
        return sequence > 0
            && record[WarcHeaders.Chain] is { } chain
            && chain.StartsWith(RecordChain.Prefix, StringComparison.Ordinal)
            && chain.Length == RecordChain.Prefix.Length + (2 * head.Length)
            && Convert.FromHexString(chain.AsSpan(RecordChain.Prefix.Length), head, out _, out _) == OperationStatus.Done
            ? new RecordLink(record, sequence, head)
            : null;
    }

    /// <summary>The chain behind the record.</summary>
    public RecordChain After() => new(Sequence, _head);

    /// <summary>Whether it is what follows when the record is added to <paramref name="chain"/>.</summary>
    public bool Follows(RecordChain chain)
    {
        var copy = chain.Copy();
        var value = copy.Add(
            _record[WarcHeaders.RecordId] ?? "", _record.Type, _record[WarcHeaders.Date] ?? "", _record[WarcHeaders.Flow] ?? "", _record[WarcHeaders.ContentDigest] ?? "");
        return copy.Sequence == Sequence && value == _record[WarcHeaders.Chain];
    }
}
