using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TrafficAudit.Testing.Servers;

/// <summary>A name server on loopback, UDP and TCP, that answers what the test gave it and otherwise that there is no such name.</summary>
public sealed class NameServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, NameServerAnswer> _answers = new(StringComparer.Ordinal);
    private readonly Socket _datagrams;
    private readonly RawServer _streams;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _answering;

    private NameServer(Socket datagrams, string address)
    {
        _datagrams = datagrams;
        _streams = RawServer.Start(address, ConverseAsync, Endpoint.Port);
        _answering = AnswerAsync();
    }

    /// <summary>Where it listens, the same for both.</summary>
    public IPEndPoint Endpoint => (IPEndPoint)_datagrams.LocalEndPoint!;

    /// <summary>What it was asked, in order: <c>udp A www.shop.example</c>.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Starts it.</summary>
    /// <param name="address">A loopback address that nobody else uses.</param>
    /// <param name="port">Its port; 0 for a free one.</param>
    /// <exception cref="SocketException">The port is taken, or only root may have it.</exception>
    public static NameServer Start(string address, int port = 0)
    {
        var datagrams = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            datagrams.Bind(new IPEndPoint(IPAddress.Parse(address), port));
            return new NameServer(datagrams, address);
        }
        catch (SocketException)
        {
            datagrams.Dispose();
            throw;
        }
    }

    /// <summary>Answers a name with a chain of CNAME records and the addresses of its last name.</summary>
    public void Add(string name, params string[] chainAndAddresses) => Add(name, NameServerAnswer.Of(name, chainAndAddresses));

    /// <summary>Answers a name in a way of the test's own.</summary>
    public void Add(string name, NameServerAnswer answer) => _answers[name] = answer;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _answering;
        await _streams.DisposeAsync();
        _datagrams.Dispose();
        _stop.Dispose();
    }

    private async Task AnswerAsync()
    {
        var buffer = new byte[512];
        try
        {
            while (true)
            {
                var came = await _datagrams.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                if (Answer(buffer[..came.ReceivedBytes], isDatagram: true) is { } message)
                {
                    await _datagrams.SendToAsync(message, came.RemoteEndPoint, _stop.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
            _datagrams.Close();
        }
    }

    private async Task ConverseAsync(NetworkStream stream, CancellationToken stop)
    {
        var length = new byte[2];
        await stream.ReadExactlyAsync(length, stop);
        var query = new byte[(length[0] << 8) | length[1]];
        await stream.ReadExactlyAsync(query, stop);
        if (Answer(query, isDatagram: false) is { } message)
        {
            await stream.WriteAsync(new[] { (byte)(message.Length >> 8), (byte)message.Length }, stop);
            await stream.WriteAsync(message, stop);
        }
    }

    private byte[]? Answer(byte[] query, bool isDatagram)
    {
        var question = NameServerQuestion.Read(query);
        Asked.Enqueue($"{(isDatagram ? "udp" : "tcp")} {question.Type} {question.Name}");
        return _answers.GetValueOrDefault(question.Name, NameServerAnswer.NoSuchName).To(question, isDatagram);
    }
}
