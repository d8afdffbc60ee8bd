using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Connections;

/// <summary>
/// What happens to a client's connection before HTTP is spoken on it:
/// <code>
/// accept ─► 1 first bytes ─┬─ CONNECT ─► 2 door ─► 3 "200" ─► 4 first bytes ─┬─ TLS ──► 5 decrypt ─┐
///                          │                                                 ├─ HTTP ──────────────┼─► Kestrel, requests
///                          ├─ HTTP ──────────────────────────────────────────┼─────────────────────┘
///                          └─ else ─► answered, recorded as opaque            └─ else ─► relayed, recorded as opaque
/// </code>
/// </summary>
internal sealed partial class ClientConnections(
    Door door, TlsTunnels tls, SpokenHttp http, OpaqueFlows opaque, ILogger<ClientConnections> logger)
{
    private static readonly TimeSpan FirstBytesTime = TimeSpan.FromSeconds(30);
    private long _lastNumber;

    public async Task HandleAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var client = (IPEndPoint)connection.RemoteEndPoint!;
        var isAdmitted = door.Admits(client.Address, out var device);
        var proxied = new ProxiedConnection(Interlocked.Increment(ref _lastNumber), client, (IPEndPoint)connection.LocalEndPoint!, device?.Id, isAdmitted);
        try
        {
            await HandleAsync(connection, proxied, next);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ConnectionAbortedException)
        {
            // The peer went away; what had been read of it was recorded where it was read.
            LogClientGone(e.GetType().Name);
        }
    }

    private async Task HandleAsync(ConnectionContext connection, ProxiedConnection proxied, ConnectionDelegate next)
    {
        switch (await FirstBytes.PeekAsync(connection.Transport.Input, FirstBytesTime, connection.ConnectionClosed))
        {
            case FirstBytesKind.None:
                return;
            case FirstBytesKind.Http:
                if (await IsConnectAsync(connection.Transport.Input, connection.ConnectionClosed))
                {
                    await OpenTunnelAsync(connection, proxied, next);
                }
                else
                {
                    await http.SpeakAsync(connection, proxied, connection.Transport, next);
                }

                return;
            default:
                await opaque.RefuseAsync(connection, proxied);
                return;
        }
    }

    private async Task OpenTunnelAsync(ConnectionContext connection, ProxiedConnection proxied, ConnectionDelegate next)
    {
        var head = await ReadConnectHeadAsync(connection.Transport.Input, connection.ConnectionClosed);
        if (head is not { } authority)
        {
            await AnswerAsync(connection, "400 Bad Request", "This CONNECT request names no host:port.");
            return;
        }

        if (!proxied.IsAdmitted)
        {
            await connection.Transport.Output.WriteAsync(UnpairedPage.ForConnect(proxied.Reached).ToHttp11(), connection.ConnectionClosed);
            return;
        }

        await connection.Transport.Output.WriteAsync("HTTP/1.1 200 Connection Established\r\n\r\n"u8.ToArray(), connection.ConnectionClosed);
        var tunnelled = proxied with { Tunnel = authority, Entrance = Entrance.Connect };
        switch (await FirstBytes.PeekAsync(connection.Transport.Input, FirstBytesTime, connection.ConnectionClosed))
        {
            case FirstBytesKind.None:
                return;
            case FirstBytesKind.Tls:
                await tls.HandleAsync(connection, tunnelled, (secured, transport) => http.SpeakAsync(connection, secured, transport, next));
                return;
            case FirstBytesKind.Http:
                await http.SpeakAsync(connection, tunnelled, connection.Transport, next);
                return;
            default:
                await opaque.RelayAsync(connection, tunnelled);
                return;
        }
    }

    private static async Task<bool> IsConnectAsync(PipeReader input, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellation);
            var matches = ConnectRequest.Matches(read.Buffer, out var certain);
            var done = certain || !matches || read.IsCompleted;
            input.AdvanceTo(read.Buffer.Start, done ? read.Buffer.Start : read.Buffer.End);
            if (done)
            {
                return matches && certain;
            }
        }
    }

    private static async Task<Authority?> ReadConnectHeadAsync(PipeReader input, CancellationToken cancellation)
    {
        const int maximum = 64 * 1024;
        while (true)
        {
            var read = await input.ReadAsync(cancellation);
            if (ConnectRequest.EndOf(read.Buffer) is { } end)
            {
                var authority = ConnectRequest.Parse(read.Buffer.Slice(0, end));
                input.AdvanceTo(end);
                return authority;
            }

            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted || read.Buffer.Length > maximum)
            {
                return null;
            }
        }
    }

    private static async Task AnswerAsync(ConnectionContext connection, string status, string text) =>
        await connection.Transport.Output.WriteAsync(PlainAnswer.Bytes(status, text), connection.ConnectionClosed);

    [LoggerMessage(1001, LogLevel.Debug, "A client's connection ended early ({Reason})")]
    private partial void LogClientGone(string reason);
}
