using System.IO.Pipelines;
using System.Net.Sockets;
using TrafficAudit.Capture.Forwarding;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Connections;

/// <summary>A server that spoke before its client did (SMTP, FTP, MySQL): its connection, and what it said.</summary>
/// <param name="Opened">The connection, or why there is none.</param>
/// <param name="Bytes">What it said.</param>
internal sealed record EarlyServer(ConnectOutcome Opened, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>
    /// Connects for a client that is silent in its tunnel, and waits for who speaks first. Null when it was the client, or nobody: then the
    /// connection is closed again.
    /// </summary>
    public static async Task<EarlyServer?> WaitAsync(
        UpstreamConnector connector, ProxiedConnection proxied, PipeReader client, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        var opened = await ConnectAsync(connector, proxied, limit.Token);
        if (opened.Connection is not { } upstream)
        {
            return new EarlyServer(opened, default);
        }

        var bytes = new byte[4096];
        var server = ReadAsync(upstream.Socket, bytes, limit.Token);
        var peek = PeekAsync(client, limit.Token);
        await Task.WhenAny(server, peek);

        // Both are ended before anybody else reads from either side.
        await limit.CancelAsync();
        await peek;
        var read = await server;
        if (read > 0)
        {
            return new EarlyServer(opened, bytes.AsMemory(0, read.Value));
        }

        upstream.Socket.Dispose();
        return read is 0
            ? new EarlyServer(
                opened with { Connection = null, Failure = FlowFailure.UpstreamReset, Detail = "The server closed the connection before anybody had spoken" }, default)
            : null;
    }

    private static async Task<ConnectOutcome> ConnectAsync(UpstreamConnector connector, ProxiedConnection proxied, CancellationToken cancellation)
    {
        try
        {
            return await connector.ConnectAsync(proxied.TunnelHost!, proxied.Tunnel!.Value.Port, proxied.Pinned, cancellation);
        }
        catch (OperationCanceledException)
        {
            return new ConnectOutcome(
                null, new NameResolution(proxied.Pinned?.Source ?? "dns", []), FlowFailure.UpstreamTimeout, "The server was not reached within the time limit");
        }
    }

    /// <summary>How many bytes came; 0 when the server closed or reset, null when it was silent.</summary>
    private static async Task<int?> ReadAsync(Socket socket, byte[] bytes, CancellationToken cancellation)
    {
        try
        {
            return await socket.ReceiveAsync(bytes, cancellation);
        }
        catch (SocketException)
        {
            return 0;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static async Task PeekAsync(PipeReader client, CancellationToken cancellation)
    {
        try
        {
            var read = await client.ReadAsync(cancellation);
            client.AdvanceTo(read.Buffer.Start, read.Buffer.Start);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The server was first, or the client reset, which whoever reads next finds again.
            return;
        }
    }
}
