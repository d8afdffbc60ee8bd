using System.Net;
using System.Net.Sockets;

namespace TrafficAudit.Testing.Servers;

/// <summary>A server that misbehaves on purpose: the test holds each accepted socket and does with it what it likes.</summary>
public sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    private RawServer(TcpListener listener, Func<NetworkStream, CancellationToken, Task> conversation)
    {
        _listener = listener;
        _accepting = AcceptAsync(conversation);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Endpoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Starts a server that holds <paramref name="conversation"/> with each client and then closes.</summary>
    /// <param name="address">A loopback address that nobody else uses.</param>
    /// <param name="conversation">What it does with each.</param>
    /// <param name="port">Its port; 0 for a free one.</param>
    public static RawServer Start(string address, Func<NetworkStream, CancellationToken, Task> conversation, int port = 0)
    {
        var listener = new TcpListener(IPAddress.Parse(address), port);
        listener.Start();
        return new RawServer(listener, conversation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync(Func<NetworkStream, CancellationToken, Task> conversation)
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(ConverseAsync(await _listener.AcceptSocketAsync(_stop.Token), conversation));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ConverseAsync(Socket socket, Func<NetworkStream, CancellationToken, Task> conversation)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        await using var stopping = _stop.Token.Register(socket.Dispose);
        try
        {
            await conversation(stream, _stop.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side left, or the test is over: both are what the test is about.
            socket.Close();
        }
    }
}
