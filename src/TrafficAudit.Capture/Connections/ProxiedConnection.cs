using System.Net;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Connections;

/// <summary>What is known of a client's connection; every request on it sees it as a connection feature.</summary>
/// <param name="Client">Where it comes from.</param>
/// <param name="Reached">The address of ours that it came to.</param>
/// <param name="Device">The paired device's id; null when it is none.</param>
/// <param name="IsAdmitted">Whether its client was admitted when it opened.</param>
internal sealed record ProxiedConnection(IPEndPoint Client, IPEndPoint Reached, string? Device, bool IsAdmitted)
{
    /// <summary>Where a CONNECT tunnel leads; null outside one.</summary>
    public Authority? Tunnel { get; init; }

    /// <summary>The phone's TLS session with us; null for plain text.</summary>
    public TlsSession? Tls { get; init; }

    /// <summary>Copies request heads; null for HTTP/2.</summary>
    public HeadTap? Heads { get; init; }

    /// <summary>The name the client meant: its SNI where the tunnel leads to a bare address, else the tunnel's host.</summary>
    public string? TunnelHost =>
        Tunnel is not { } tunnel ? null : Tls?.ServerName is { Length: > 0 } name && IPAddress.TryParse(tunnel.Host, out _) ? name : tunnel.Host;

    /// <summary>The client's side as a flow records it.</summary>
    public Peer ClientPeer(string? httpVersion) =>
        new((Client.Address.IsIPv4MappedToIPv6 ? Client.Address.MapToIPv4() : Client.Address).ToString(), Client.Port, httpVersion, Tls);
}
