using System.Net;
using System.Net.Sockets;
using TrafficAudit.Capture.Connections;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>A TCP connection to a server.</summary>
/// <param name="Socket">Connected; the owner disposes it.</param>
/// <param name="Address">The server's.</param>
/// <param name="ConnectTime">How long connecting took; null through an upstream proxy, whose distance says nothing.</param>
internal sealed record UpstreamConnection(Socket Socket, IPAddress Address, TimeSpan? ConnectTime);

/// <summary>Opens TCP connections: to the server itself, or through the upstream proxy.</summary>
internal sealed class Dialer(ForwardingOptions options, TimeProvider time)
{
    /// <exception cref="SocketException">Nobody accepts.</exception>
    /// <exception cref="UpstreamProxyException">The upstream proxy can't be reached, or refuses.</exception>
    /// <exception cref="OperationCanceledException">The connection was not accepted in time, or nobody waits for it any more.</exception>
    public async Task<UpstreamConnection> ConnectAsync(IPAddress address, int port, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.ConnectTimeout);
        var server = new IPEndPoint(address, port);
        if (options.UpstreamProxy is { } proxy)
        {
            return new UpstreamConnection(await ThroughAsync(proxy, server, limit.Token), address, null);
        }

        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var started = time.GetTimestamp();
        try
        {
            await socket.ConnectAsync(server, limit.Token);
            KeepAlive.On(socket);
            return new UpstreamConnection(socket, address, time.GetElapsedTime(started));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Socket> ThroughAsync(UpstreamProxy proxy, IPEndPoint server, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(proxy.Host, proxy.Port, cancellation);
            await proxy.OpenAsync(socket, server, cancellation);
            return socket;
        }
        catch (Exception e) when (e is SocketException or (IOException and not UpstreamProxyException))
        {
            socket.Dispose();
            throw new UpstreamProxyException($"The upstream proxy {proxy} can't be reached", e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
