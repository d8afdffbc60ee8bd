using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Results;

/// <summary>How much could be read, as <c>coverage --format json</c> has it: in all, and per host.</summary>
internal sealed record CoverageRow(CoverageCountsRow Total, ImmutableArray<HostCoverageRow> Hosts)
{
    public static CoverageRow Of(Coverage c) =>
        new(CoverageCountsRow.Of(c.Total), [.. c.Hosts.Select(h => new HostCoverageRow(h.Host, CoverageCountsRow.Of(h.Counts)))]);
}

/// <summary>How much could be read of one host.</summary>
internal sealed record HostCoverageRow(string Host, CoverageCountsRow Counts);

/// <summary>Counts of connections, exchanges and bytes; the three lists say why.</summary>
internal sealed record CoverageCountsRow(
    long ConnectionsRead, long ConnectionsUnread, long ConnectionsFailed, int? ReadPercent, long ExchangesRead, long ExchangesPartlyRead,
    long ExchangesFailed, long ExchangesImported, long BytesReadSent, long BytesReadReceived, long BytesUnreadSent, long BytesUnreadReceived,
    ImmutableArray<CoverageReason> Unread, ImmutableArray<CoverageReason> Failed, ImmutableArray<CoverageReason> PartlyRead)
{
    public static CoverageCountsRow Of(CoverageCounts c) => new(
        c.ConnectionsRead, c.ConnectionsUnread, c.ConnectionsFailed, c.ReadPercent, c.ExchangesRead, c.ExchangesPartlyRead, c.ExchangesFailed,
        c.ExchangesImported, c.BytesReadSent, c.BytesReadReceived, c.BytesUnreadSent, c.BytesUnreadReceived, c.Unread, c.Failed, c.PartlyRead);
}
