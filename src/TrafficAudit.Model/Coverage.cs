using System.Collections.Immutable;

namespace TrafficAudit.Model;

/// <summary>How much of what passed could be read, and why the rest could not.</summary>
/// <param name="Total">In all. A connection that carried exchanges for several hosts counts once here and once at each host.</param>
/// <param name="Hosts">For each host; what could not be read first.</param>
public sealed record Coverage(CoverageCounts Total, ImmutableArray<HostCoverage> Hosts);

/// <summary>How much of the traffic with one host could be read.</summary>
/// <param name="Host">The host; empty where the client named none.</param>
/// <param name="Counts">How much.</param>
public sealed record HostCoverage(string Host, CoverageCounts Counts);

/// <summary>One cause, and how often.</summary>
/// <param name="Token">A token of <see cref="FlowFailure"/> or <see cref="PartlyReadCause"/>; <c>opaque</c> where no cause was recorded.</param>
/// <param name="Count">How many, from 1.</param>
public sealed record CoverageReason(string Token, long Count);

/// <summary>
/// Counts of connections, exchanges and bytes. A connection is a client's connection within a session. It is read when one of its exchanges was
/// (<see cref="Reading.Read"/>), else unread when one of its flows was, else failed. What was imported has no connections: there only exchanges count.
/// </summary>
public sealed record CoverageCounts
{
    /// <summary>Connections on which an exchange was read.</summary>
    public required long ConnectionsRead { get; init; }

    /// <summary>Connections of which nothing could be read although the client spoke, or would have.</summary>
    public required long ConnectionsUnread { get; init; }

    /// <summary>Connections of which nothing reached a server.</summary>
    public required long ConnectionsFailed { get; init; }

    /// <summary>Exchanges (HTTP, WebSocket) that were read.</summary>
    public required long ExchangesRead { get; init; }

    /// <summary>Of <see cref="ExchangesRead"/>, those read in part only.</summary>
    public required long ExchangesPartlyRead { get; init; }

    /// <summary>Exchanges whose request is known and reached no server.</summary>
    public required long ExchangesFailed { get; init; }

    /// <summary>Of the exchanges read or failed, those that were imported: of their connections, and of what else passed, nothing is known.</summary>
    public required long ExchangesImported { get; init; }

    /// <summary>Bytes of bodies towards servers that were read (without heads, with content coding).</summary>
    public required long BytesReadSent { get; init; }

    /// <summary>Bytes of bodies from servers that were read (without heads, with content coding).</summary>
    public required long BytesReadReceived { get; init; }

    /// <summary>Bytes from clients that were not read: everything on unread connections, and bodies beyond the capture limit.</summary>
    public required long BytesUnreadSent { get; init; }

    /// <summary>Bytes to clients that were not read: everything on unread connections, and bodies beyond the capture limit.</summary>
    public required long BytesUnreadReceived { get; init; }

    /// <summary>Why connections were unread, most frequent first; adds up to <see cref="ConnectionsUnread"/>.</summary>
    public required ImmutableArray<CoverageReason> Unread { get; init; }

    /// <summary>Why connections failed, most frequent first; adds up to <see cref="ConnectionsFailed"/>.</summary>
    public required ImmutableArray<CoverageReason> Failed { get; init; }

    /// <summary>
    /// Why exchanges were read in part only, most frequent first; one may have several causes. Flows that could not be read on a connection that
    /// otherwise was are among them, by their failure.
    /// </summary>
    public required ImmutableArray<CoverageReason> PartlyRead { get; init; }

    /// <summary>
    /// Share of the connections that carried something (read or unread) which were read, in percent: rounded, but 100 only when all were and 0 only
    /// when none was; null when there were none.
    /// </summary>
    public int? ReadPercent =>
        ConnectionsRead + ConnectionsUnread == 0 ? null
        : ConnectionsRead == 0 ? 0
        : ConnectionsUnread == 0 ? 100
        : Math.Clamp((int)Math.Round(100.0 * ConnectionsRead / (ConnectionsRead + ConnectionsUnread)), 1, 99);
}
