using System.Buffers;
using System.Net.Sockets;

namespace TrafficAudit.Capture.Connections;

/// <summary>What passed over a relayed connection.</summary>
/// <param name="Sent">Bytes from the client.</param>
/// <param name="Received">Bytes from the server.</param>
/// <param name="FirstBytes">The first of the client's.</param>
internal sealed record Relayed(long Sent, long Received, byte[] FirstBytes);

/// <summary>
/// Passes bytes between two streams as they come, until both have ended. A side that only stops sending still gets its answer; when the server
/// ends, or either side breaks, both directions end.
/// </summary>
internal sealed class Relay(Stream client, Stream server, Action clientEnded)
{
    /// <summary>How many of the client's first bytes are kept of a connection that can't be read.</summary>
    public const int KeptBytes = 256;

    /// <summary>How long a server may be silent towards a client that has stopped sending: it may also be gone.</summary>
    private static readonly TimeSpan HalfClosedTime = TimeSpan.FromMinutes(2);

    private readonly byte[] _first = new byte[KeptBytes];
    private int _firstLength;
    private volatile bool _clientEnded;

    /// <summary>Runs until the end.</summary>
    /// <param name="early">Bytes that the server has sent already.</param>
    /// <param name="cancellation">Ends both directions.</param>
    public async Task<Relayed> RunAsync(ReadOnlyMemory<byte> early, CancellationToken cancellation)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var sent = CopyAsync(client, server, Keep, ended, () => EndClient(ended));
        var received = ReturnAsync(early, ended);
        var totals = await Task.WhenAll(sent, received);
        return new Relayed(totals[0], totals[1], _first[.._firstLength]);
    }

    private async Task<long> ReturnAsync(ReadOnlyMemory<byte> early, CancellationTokenSource ended)
    {
        if (!early.IsEmpty)
        {
            using var start = new MemoryStream(early.ToArray());
            await CopyAsync(start, client, static _ => { }, ended, static () => { });
        }

        return early.Length + await CopyAsync(server, client, _ => Rearm(ended), ended, ended.Cancel);
    }

    private void EndClient(CancellationTokenSource ended)
    {
        clientEnded();
        _clientEnded = true;
        Rearm(ended);
    }

    private void Rearm(CancellationTokenSource ended)
    {
        if (_clientEnded)
        {
            ended.CancelAfter(HalfClosedTime);
        }
    }

    private static async Task<long> CopyAsync(Stream from, Stream to, SpanAction seen, CancellationTokenSource ended, Action atEnd)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(32 * 1024);
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
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
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

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        var kept = Math.Min(bytes.Length, KeptBytes - _firstLength);
        bytes[..kept].CopyTo(_first.AsSpan(_firstLength));
        _firstLength += kept;
    }

    private delegate void SpanAction(ReadOnlySpan<byte> bytes);
}
