using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using TrafficAudit.Capture.Forwarding;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Connections;

/// <summary>
/// What happens inside of a tunnel, however it was opened:
/// <code>
/// first bytes ─┬─ TLS ────► decrypted, or relayed (see TlsTunnels) ─┐
///              ├─ HTTP ─────────────────────────────────────────────┼─► Kestrel, requests
///              └─ else, or the server speaks first ─► relayed, recorded as opaque
/// </code>
/// </summary>
internal sealed class Tunnels(TlsTunnels tls, SpokenHttp http, OpaqueFlows opaque, UpstreamConnector connector)
{
    private const int HttpsPort = 443;
    private const int HttpPort = 80;

    /// <summary>How long a client may be silent before its server is asked whether it is the one that speaks first.</summary>
    private static readonly TimeSpan ClientTime = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan FirstBytesTime = TimeSpan.FromSeconds(60);

    public async Task HandleAsync(ConnectionContext connection, ProxiedConnection proxied, ConnectionDelegate next)
    {
        var input = connection.Transport.Input;
        var mayServerSpeak = proxied.Tunnel is { Port: not (HttpsPort or HttpPort) };
        var kind = await FirstBytes.PeekInTunnelAsync(input, mayServerSpeak ? ClientTime : FirstBytesTime);
        if (kind == FirstBytesKind.Silence && mayServerSpeak)
        {
            if (await EarlyServer.WaitAsync(connector, proxied, input, FirstBytesTime) is { } early)
            {
                await opaque.RelayAsync(
                    connection, proxied, "tcp", FlowFailure.NotHttp, "The server spoke first; the tunnel's bytes were relayed", early);
                return;
            }

            kind = await FirstBytes.PeekInTunnelAsync(input, ClientTime);
        }

        await HandleAsync(kind, connection, proxied, next);
    }

    /// <inheritdoc cref="SpokenHttp.SpeakAsync"/>
    public Task SpeakHttpAsync(ConnectionContext connection, ProxiedConnection proxied, IDuplexPipe transport, ConnectionDelegate next) =>
        http.SpeakAsync(connection, proxied, transport, next);

    private Task HandleAsync(FirstBytesKind kind, ConnectionContext connection, ProxiedConnection proxied, ConnectionDelegate next) => kind switch
    {
        FirstBytesKind.None => opaque.RecordUnusedAsync(proxied, "The client opened a tunnel and closed it without sending anything"),
        FirstBytesKind.Silence => opaque.RecordUnusedAsync(proxied, "The client opened a tunnel and sent nothing; it was closed"),
        FirstBytesKind.Tls => tls.HandleAsync(connection, proxied, (secured, transport) => SpeakHttpAsync(connection, secured, transport, next)),
        FirstBytesKind.Http => SpeakHttpAsync(connection, proxied, connection.Transport, next),
        _ when proxied.Tunnel is { Port: HttpsPort } => opaque.RelayAsync(
            connection, proxied, "tcp", FlowFailure.NotTls, "The tunnel leads to a port of TLS and carries neither TLS nor HTTP; its bytes were relayed"),
        _ => opaque.RelayAsync(connection, proxied, "tcp", FlowFailure.NotHttp, "The tunnel carries neither TLS nor HTTP; its bytes were relayed"),
    };
}
