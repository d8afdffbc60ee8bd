using System.Buffers;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using TrafficAudit.Capture.Forwarding;
using TrafficAudit.Capture.Recording;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Connections;

/// <summary>Connections that can't be read as HTTP: answered or relayed, and recorded all the same.</summary>
internal sealed class OpaqueFlows(FlowRecorder recorder, UpstreamConnector connector, RunningExchanges running)
{
    private const int KeptBytes = 256;

    /// <summary>Bytes on the proxy port that are neither HTTP nor a tunnel: the client is told, the first bytes are kept.</summary>
    public async Task RefuseAsync(ConnectionContext connection, ProxiedConnection proxied)
    {
        var started = recorder.Now;
        var read = await connection.Transport.Input.ReadAsync(connection.ConnectionClosed);
        var first = read.Buffer.Slice(0, Math.Min(KeptBytes, read.Buffer.Length)).ToArray();
        var length = read.Buffer.Length;
        connection.Transport.Input.AdvanceTo(read.Buffer.End);
        try
        {
            var answer = PlainAnswer.Bytes("400 Bad Request", "these bytes are no HTTP request. Use this address as an HTTP proxy.");
            await connection.Transport.Output.WriteAsync(answer, connection.ConnectionClosed);
        }
        finally
        {
            // Whether or not the client still listens.
            await recorder.RecordOpaqueAsync(
                proxied, started, FlowFailure.NotHttp, "The bytes on the proxy port are no HTTP request", m => m with { FirstBytes = first, BytesSent = length });
        }
    }

    /// <summary>A TLS handshake with the client that failed.</summary>
    public ValueTask RecordHandshakeFailureAsync(ProxiedConnection proxied, string serverName, Exception error)
    {
        var (failure, detail) = HandshakeFailure.Of(error);
        return recorder.RecordOpaqueAsync(
            proxied, recorder.Now, failure, detail, m => m with { Scheme = "tls", Host = serverName.Length == 0 ? m.Host : serverName });
    }

    /// <summary>A tunnel that carries neither TLS nor HTTP: relayed byte by byte, counted, its first bytes kept.</summary>
    public async Task RelayAsync(ConnectionContext connection, ProxiedConnection proxied)
    {
        using var counted = running.Enter();
        var started = recorder.Now;
        var tunnel = proxied.Tunnel!.Value;
        var opened = await connector.ConnectAsync(tunnel.Host, tunnel.Port, connection.ConnectionClosed);
        if (opened.Connection is not { } upstream)
        {
            await recorder.RecordOpaqueAsync(proxied, started, opened.Failure!.Value, opened.Detail, m => m with { Resolution = opened.Resolution });
            return;
        }

        var first = new FirstBytesCopy();
        await using var stream = new NetworkStream(upstream.Socket, ownsSocket: true);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed, running.Interrupt);
        var sent = CopyAsync(connection.Transport.Input.AsStream(leaveOpen: true), stream, first.Append, ended, () => upstream.Socket.Shutdown(SocketShutdown.Send));
        var received = CopyAsync(stream, connection.Transport.Output.AsStream(leaveOpen: true), static _ => { }, ended, ended.Cancel);
        var totals = await Task.WhenAll(sent, received);
        await recorder.RecordOpaqueAsync(proxied, started, FlowFailure.NotHttp, "The tunnel carries neither TLS nor HTTP; its bytes were relayed", m => m with
        {
            Upstream = new Peer(upstream.Address.ToString(), tunnel.Port, ConnectTime: upstream.ConnectTime),
            Resolution = opened.Resolution,
            BytesSent = totals[0],
            BytesReceived = totals[1],
            FirstBytes = first.Bytes,
        });
    }

    /// <summary>
    /// Copies one direction until its end. A client that only stops sending still gets its answer; when the server ends, or either
    /// side breaks, both directions end.
    /// </summary>
    private static async Task<long> CopyAsync(Stream from, Stream to, SpanAction seen, CancellationTokenSource ended, Action atEnd)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        long total = 0;
        try
        {
            int read;
            while ((read = await from.ReadAsync(buffer, ended.Token)) > 0)
            {
                total += read;
                seen(buffer.AsSpan(0, read));
                await to.WriteAsync(buffer.AsMemory(0, read), ended.Token);
                await to.FlushAsync(ended.Token);
            }

            atEnd();
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // The end of a relayed connection is no failure of ours; the counts say how far it came.
            await ended.CancelAsync();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return total;
    }

    private delegate void SpanAction(ReadOnlySpan<byte> bytes);

    private sealed class FirstBytesCopy
    {
        private readonly byte[] _bytes = new byte[KeptBytes];
        private int _length;

        public byte[] Bytes => _bytes[.._length];

        public void Append(ReadOnlySpan<byte> bytes)
        {
            var kept = Math.Min(bytes.Length, _bytes.Length - _length);
            bytes[..kept].CopyTo(_bytes.AsSpan(_length));
            _length += kept;
        }
    }
}
