using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Verification;

/// <summary>Where seals from before an erasure say that the chain stood: an erasure leaves that as it was.</summary>
internal sealed class ReleasedEnds(IReadOnlyList<SealedSegment> released)
{
    private readonly HashSet<(long Sequence, string Chain)> _open = [.. released.Select(s => (s.LastSequence, s.ChainHead))];

    /// <summary>The numbers at which the chain was not what a seal says, ascending.</summary>
    public IEnumerable<long> NotReached => _open.Select(e => e.Sequence).Order();

    /// <summary>Takes a record of the segment whose place in the chain was looked at.</summary>
    public void Take(WarcRecord record)
    {
        if (_open.Count > 0 && record[WarcHeaders.Chain] is { } chain)
        {
            _open.Remove((record.Sequence, chain));
        }
    }
}
