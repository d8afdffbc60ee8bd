using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrafficAudit.Index.Columns;
using TrafficAudit.Model;

namespace TrafficAudit.Index.Queries;

/// <summary>The coverage of one host, or of all, while it is being gathered; flows come in order of their numbers.</summary>
internal sealed class CoverageGroup
{
    private static readonly PartlyReadCause[] Causes = Enum.GetValues<PartlyReadCause>();

    private readonly Dictionary<(int Session, long Connection), ConnectionState> _connections = [];
    private readonly long[] _causes = new long[Causes.Length];
    private long _read;
    private long _partlyRead;
    private long _failed;
    private long _imported;
    private long _readSent;
    private long _readReceived;
    private long _unreadSent;
    private long _unreadReceived;

    public void Add(in FlowRow row, int session, Reading reading)
    {
        AddBytes(row, reading);
        if (row.Kind != (byte)FlowKind.Opaque)
        {
            AddExchange(row, reading);
            if (row.Connection == FlowRow.NoConnection)
            {
                return;
            }
        }

        // An opaque flow is a connection, also where nobody numbered it.
        var number = row.Connection == FlowRow.NoConnection ? -row.Number : row.Connection;
        ref var connection = ref CollectionsMarshal.GetValueRefOrAddDefault(_connections, (session, number), out var isKnown);
        if (!isKnown || reading < connection.Best)
        {
            connection.Best = reading; // declared best first
            connection.Cause = row.Failure;
        }

        if (reading == Reading.Unread)
        {
            connection.UnreadCause = connection.UnreadFlows++ == 0 ? row.Failure : connection.UnreadCause;
        }
    }

    public CoverageCounts ToCounts()
    {
        var connections = new long[3];
        Dictionary<string, long>[] reasons = [new(StringComparer.Ordinal), new(StringComparer.Ordinal), new(StringComparer.Ordinal)];
        foreach (var cause in Causes)
        {
            Count(reasons[(int)Reading.Read], Token.Of(cause), _causes[(int)cause]);
        }

        foreach (var connection in _connections.Values)
        {
            var isRead = connection.Best == Reading.Read;
            connections[(int)connection.Best]++;
            Count(reasons[(int)connection.Best], TokenOf(isRead ? connection.UnreadCause : connection.Cause), isRead ? connection.UnreadFlows : 1);
        }

        return new CoverageCounts
        {
            ConnectionsRead = connections[(int)Reading.Read],
            ConnectionsUnread = connections[(int)Reading.Unread],
            ConnectionsFailed = connections[(int)Reading.Failed],
            ExchangesRead = _read,
            ExchangesPartlyRead = _partlyRead,
            ExchangesFailed = _failed,
            ExchangesImported = _imported,
            BytesReadSent = _readSent,
            BytesReadReceived = _readReceived,
            BytesUnreadSent = _unreadSent,
            BytesUnreadReceived = _unreadReceived,
            Unread = Ordered(reasons[(int)Reading.Unread]),
            Failed = Ordered(reasons[(int)Reading.Failed]),
            PartlyRead = Ordered(reasons[(int)Reading.Read]),
        };
    }

    private void AddBytes(in FlowRow row, Reading reading)
    {
        switch (reading)
        {
            case Reading.Read:
                _readSent += row.BytesSent - row.UnkeptSent;
                _readReceived += row.BytesReceived - row.UnkeptReceived;
                _unreadSent += row.UnkeptSent;
                _unreadReceived += row.UnkeptReceived;
                break;
            case Reading.Unread:
                _unreadSent += row.BytesSent;
                _unreadReceived += row.BytesReceived;
                break;
        }
    }

    private void AddExchange(in FlowRow row, Reading reading)
    {
        _imported += row.Connection == FlowRow.NoConnection ? 1 : 0;
        if (reading != Reading.Read)
        {
            _failed++;
            return;
        }

        _read++;
        _partlyRead += row.PartlyRead == PartlyReadCauses.None ? 0 : 1;
        foreach (var cause in Causes)
        {
            _causes[(int)cause] += ((int)row.PartlyRead >> (int)cause) & 1;
        }
    }

    private static void Count(Dictionary<string, long> reasons, string token, long count)
    {
        if (count > 0)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(reasons, token, out _) += count;
        }
    }

    /// <summary>The cause's token; where none was recorded, what the flow is.</summary>
    private static string TokenOf(byte failure) => failure == FlowRow.NoFailure ? Token.Of(FlowKind.Opaque) : Token.Of((FlowFailure)failure);

    private static ImmutableArray<CoverageReason> Ordered(Dictionary<string, long> reasons) =>
        [.. reasons.Select(r => new CoverageReason(r.Key, r.Value)).OrderByDescending(r => r.Count).ThenBy(r => r.Token, StringComparer.Ordinal)];

    [StructLayout(LayoutKind.Auto)]
    private struct ConnectionState
    {
        /// <summary>The best that was made of any of its flows.</summary>
        public Reading Best;

        /// <summary>The failure of the first flow of which that was made.</summary>
        public byte Cause;

        /// <summary>The failure of the first flow that was not read.</summary>
        public byte UnreadCause;

        public int UnreadFlows;
    }
}
