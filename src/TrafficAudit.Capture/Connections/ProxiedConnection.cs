using System.Collections.Immutable;
using System.Net;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Connections;

/// <summary>What is known of a client's connection; every request on it sees it as a connection feature.</summary>
/// <param name="Number">Its number in this run of the program, from 1.</param>
/// <param name="Client">Where it comes from.</param>
/// <param name="Reached">The address of ours that it came to.</param>
/// <param name="Device">The paired device's id; null when it is none.</param>
/// <param name="IsAdmitted">Whether its client was admitted when it opened.</param>
internal sealed record ProxiedConnection(long Number, IPEndPoint Client, IPEndPoint Reached, string? Device, bool IsAdmitted)
{
    /// <summary>Whom what is learnt of this client belongs to: its device, or where it comes from when it is no paired one.</summary>
    public string ClientKey => Device ?? ClientAddress.Normal(Client.Address).ToString();

    /// <summary>How it came to the proxy.</summary>
    public Entrance Entrance { get; init; } = Entrance.Absolute;

    /// <summary>What the client offered when it began TLS; null for plain text.</summary>
    public TlsClientHello? ClientHello { get; init; }

    /// <summary>What a reader of this connection's flows must know.</summary>
    public ImmutableArray<FlowNote> Notes { get; init; } = [];

    /// <summary>Where a tunnel (CONNECT, SOCKS5, transparent) leads; null outside one.</summary>
    public Authority? Tunnel { get; init; }

    /// <summary>The phone's TLS session with us; null for plain text.</summary>
    public TlsSession? Tls { get; init; }

    /// <summary>Copies request heads; null for HTTP/2.</summary>
    public HeadTap? Heads { get; init; }

    /// <summary>Sees which streams are refused; null for HTTP/1.x.</summary>
    public Http2Refusals? Refusals { get; init; }

    /// <summary>The name the client meant: its SNI where the tunnel leads to a bare address, else the tunnel's host.</summary>
    public string? TunnelHost =>
        Tunnel is not { } tunnel ? null : Tls?.ServerName is { Length: > 0 } name && IPAddress.TryParse(tunnel.Host, out _) ? name : tunnel.Host;

    /// <summary>The client's side as a flow records it.</summary>
    public Peer ClientPeer(string? httpVersion) =>
        new((Client.Address.IsIPv4MappedToIPv6 ? Client.Address.MapToIPv4() : Client.Address).ToString(), Client.Port, httpVersion, Tls);
}
