using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Connections;

/// <summary>
/// What happens to a client's connection before HTTP is spoken on it. One port takes every entrance; the first bytes tell which:
/// <code>
///                            ┌─ CONNECT ──────────────────────────┐
/// accept ─► 1 first bytes ───┼─ SOCKS5 ───────────────────────────┼─► 2 door ─► tunnel (see Tunnels)
///                            ├─ TLS, or redirected by the network ┘
///                            ├─ HTTP ───────────────────────────────► Kestrel, requests (the door is asked for each)
///                            └─ else ───────────────────────────────► answered, recorded as opaque
/// </code>
/// </summary>
internal sealed partial class ClientConnections(Door door, Tunnels tunnels, OpaqueFlows opaque, TimeProvider time, ILogger<ClientConnections> logger)
{
    /// <summary>How long a client may take to say where it wants to go: many slow ones must not add up.</summary>
    private static readonly TimeSpan OpeningTime = TimeSpan.FromSeconds(30);

    private long _lastNumber;

    public async Task HandleAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var client = (IPEndPoint)connection.RemoteEndPoint!;
        var isAdmitted = door.Admits(client.Address, out var device);
        var proxied = new ProxiedConnection(
            Interlocked.Increment(ref _lastNumber), client, (IPEndPoint)connection.LocalEndPoint!, device?.Id, isAdmitted) { Opened = time.GetUtcNow() };
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
        var socket = connection.Features.Get<IConnectionSocketFeature>()?.Socket;
        KeepAlive.On(socket);
        var redirected = OriginalDestination.Of(socket, proxied.Reached);
        if (redirected is not null)
        {
            var destination = new Authority(redirected.Address.ToString(), redirected.Port);
            await EnterAsync(connection, proxied with { Tunnel = destination, Entrance = Entrance.Transparent }, next);
            return;
        }

        switch (await FirstBytes.PeekAsync(connection.Transport.Input, OpeningTime))
        {
            case FirstBytesKind.None or FirstBytesKind.Silence:
                return;
            case FirstBytesKind.Http:
                await HandleHttpAsync(connection, proxied, next);
                return;
            case FirstBytesKind.Socks5:
                await OpenSocksAsync(connection, proxied, next);
                return;
            case FirstBytesKind.Tls:
                await EnterAsync(connection, proxied with { Entrance = Entrance.Transparent }, next);
                return;
            default:
                await opaque.RefuseAsync(connection, proxied);
                return;
        }
    }

    private async Task HandleHttpAsync(ConnectionContext connection, ProxiedConnection proxied, ConnectionDelegate next)
    {
        using var limit = new CancellationTokenSource(OpeningTime);
        if (!await IsConnectAsync(connection.Transport.Input, limit.Token))
        {
            await tunnels.SpeakHttpAsync(connection, proxied, connection.Transport, next);
        }
        else if (await ReadConnectHeadAsync(connection.Transport.Input, limit.Token) is not { } authority)
        {
            await connection.Transport.Output.WriteAsync(
                PlainAnswer.Bytes("400 Bad Request", "This CONNECT request names no host:port."));
            await RecordRefusedAsync(proxied, "The CONNECT request names no host and port; it was answered with 400");
        }
        else if (!IsAdmitted(ref proxied) && !SetupPages.IsHost(authority.Host, authority.Port))
        {
            var answer = UnpairedPage.ForConnect(proxied.Reached, isBlocked: proxied.Device is not null);
            await connection.Transport.Output.WriteAsync(answer.ToHttp11());
        }
        else
        {
            await connection.Transport.Output.WriteAsync("HTTP/1.1 200 Connection Established\r\n\r\n"u8.ToArray());
            await TunnelAsync(connection, proxied with { Tunnel = authority, Entrance = Entrance.Connect }, next);
        }
    }

    private async Task OpenSocksAsync(ConnectionContext connection, ProxiedConnection proxied, ConnectionDelegate next)
    {
        using var limit = new CancellationTokenSource(OpeningTime);
        if (await Socks5.AcceptAsync(connection.Transport, limit.Token) is not { } authority)
        {
            await RecordRefusedAsync(proxied, "The SOCKS5 request is none that is served: a TCP connection to a name or address");
            return;
        }

        var isAdmitted = IsAdmitted(ref proxied) || SetupPages.IsHost(authority.Host, authority.Port);
        await Socks5.ReplyAsync(connection.Transport.Output, isAdmitted ? Socks5.Reply.Succeeded : Socks5.Reply.NotAllowed, limit.Token);
        if (isAdmitted)
        {
            await TunnelAsync(connection, proxied with { Tunnel = authority, Entrance = Entrance.Socks5 }, next);
        }
    }

    /// <summary>A connection of a client that knows of no proxy, so that there is no way to tell it that it is not paired, except over HTTP.</summary>
    private async Task EnterAsync(ConnectionContext connection, ProxiedConnection proxied, ConnectionDelegate next)
    {
        if (IsAdmitted(ref proxied))
        {
            await TunnelAsync(connection, proxied, next);
        }
        else if (await FirstBytes.PeekAsync(connection.Transport.Input, OpeningTime) == FirstBytesKind.Http)
        {
            var answer = UnpairedPage.ForRequest(null, proxied.Reached, isBlocked: proxied.Device is not null);
            await connection.Transport.Output.WriteAsync(answer.ToHttp11());
        }
    }

    /// <summary>Nothing is kept of clients that may not use the proxy.</summary>
    private Task RecordRefusedAsync(ProxiedConnection proxied, string detail) =>
        IsAdmitted(ref proxied) ? opaque.RecordRefusedAsync(proxied, detail) : Task.CompletedTask;

    /// <summary>A tunnel ends when its device is blocked.</summary>
    private async Task TunnelAsync(ConnectionContext connection, ProxiedConnection proxied, ConnectionDelegate next)
    {
        var blocked = proxied.IsForSetup ? CancellationToken.None : door.BlockingOf(proxied.Device);
        await using var blocking = blocked.UnsafeRegister(static c => ((ConnectionContext)c!).Abort(), connection);
        await tunnels.HandleAsync(connection, proxied, next);
    }

    /// <summary>Asked anew when a tunnel opens: the phone may have paired while its connection was open.</summary>
    private bool IsAdmitted(ref ProxiedConnection proxied)
    {
        var isAdmitted = door.Admits(proxied.Client.Address, out var device);
        proxied = proxied with { Device = device?.Id, IsAdmitted = isAdmitted };
        return isAdmitted;
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

    [LoggerMessage(1001, LogLevel.Debug, "A client's connection ended early ({Reason})")]
    private partial void LogClientGone(string reason);
}
