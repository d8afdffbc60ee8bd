using System.Collections.Immutable;
using System.Net;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Capture.Forwarding;
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

    /// <summary>When it was accepted, UTC.</summary>
    public DateTimeOffset Opened { get; init; }

    /// <summary>
    /// What a refusal of the certificate is about: the tunnel's host, with the name that the certificate was made for where that is another.
    /// </summary>
    public string ClaimedHost => TlsName is { } name && name != TunnelHost ? $"{TunnelHost} ({name})" : TunnelHost ?? "";

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

    /// <summary>The server name of the client's TLS; null where it sent none that can be one.</summary>
    public string? TlsName => ServerName.TryParse(ClientHello?.ServerName, out var name) ? name.Text : null;

    /// <summary>Whether the tunnel's host is an address; then what the client says inside of it (SNI, Host) tells its name.</summary>
    public bool IsTunnelByAddress => Tunnel is { } tunnel && IPAddress.TryParse(tunnel.Host, out _);

    /// <summary>Whether the tunnel leads to the set-up pages, whoever the client is; nothing in it goes anywhere else, and nothing of it is recorded.</summary>
    public bool IsForSetup => Tunnel is { } tunnel && SetupPages.IsHost(tunnel.Host, tunnel.Port);

    /// <summary>The name the client meant: its SNI where the tunnel leads to a bare address, else the tunnel's host; null outside a tunnel.</summary>
    public string? TunnelHost =>
        Tunnel is not { } tunnel ? null
        : IsTunnelByAddress && TlsName is { } name ? name
        : tunnel.Host;

    /// <summary>The very address that the tunnel was asked for: no name is looked up then. Null where it was asked for by name.</summary>
    public PinnedAddress? Pinned =>
        Tunnel is { } tunnel && IPAddress.TryParse(tunnel.Host, out var address)
            ? new PinnedAddress(address, Entrance == Entrance.Transparent ? "original_destination" : "literal")
            : null;

    /// <summary>The client's side as a flow records it.</summary>
    public Peer ClientPeer(string? httpVersion) =>
        new((Client.Address.IsIPv4MappedToIPv6 ? Client.Address.MapToIPv4() : Client.Address).ToString(), Client.Port, httpVersion, Tls);
}
