using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using TrafficAudit.Capture.Connections;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>
/// The connections to one address for one (scheme, host, port): whatever is sent through its <see cref="Invoker"/> goes to
/// <see cref="Address"/> and nowhere else, which makes the address a fact of each flow and no guess afterwards.
/// </summary>
internal sealed class Upstream : IDisposable
{
    /// <summary>In KiB; servers of large sites set many cookies.</summary>
    private const int ResponseHeadKiB = 256;

    private readonly SocketsHttpHandler _handler;
    private readonly Dialer _dialer;
    private readonly ServerCertificates _certificates;
    private readonly TimeProvider _time;
    private readonly int _port;
    private Socket? _firstSocket;
    private volatile Connected _connected;
    private int _active;
    private long _lastUsed;

    public Upstream(Target target, UpstreamConnection first, Dialer dialer, ForwardingOptions options, TimeProvider time)
    {
        Address = first.Address;
        _port = target.Port;
        _dialer = dialer;
        _time = time;
        _firstSocket = first.Socket;
        _connected = new Connected(first.ConnectTime, null);
        _certificates = new ServerCertificates(options.AdditionalRoots);
        _lastUsed = time.GetTimestamp();
        _handler = new SocketsHttpHandler
        {
            // Everything that would change, add or follow something by itself is off: what goes up is what the phone sent.
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            EnableMultipleHttp2Connections = true,
            InitialHttp2StreamWindowSize = 1024 * 1024,
            MaxResponseHeadersLength = ResponseHeadKiB,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            RequestHeaderEncodingSelector = static (_, _) => Heads.BytePerCharacter,
            ResponseHeaderEncodingSelector = static (_, _) => Heads.BytePerCharacter,
            ConnectCallback = ConnectAsync,
            PlaintextStreamFilter = ObserveAsync,
            SslOptions = _certificates.OptionsFor(target.TlsName),
        };
        Invoker = new HttpMessageInvoker(new PromptRequests(_handler), disposeHandler: false);
    }

    public IPAddress Address { get; }

    public HttpMessageInvoker Invoker { get; }

    /// <summary>Why the last server certificate was refused; null when none was.</summary>
    public string? CertificateFault => _certificates.Fault;

    /// <summary>Set when a connection failed: the next request chooses an address anew.</summary>
    public bool IsFailed { get; private set; }

    /// <summary>The server's side as a flow records it.</summary>
    public Peer Peer(string? httpVersion)
    {
        var connected = _connected;
        return new Peer(Address.ToString(), _port, httpVersion, connected.Tls, connected.ConnectTime);
    }

    public void Enter()
    {
        Interlocked.Increment(ref _active);
        Volatile.Write(ref _lastUsed, _time.GetTimestamp());
    }

    public void Leave()
    {
        Volatile.Write(ref _lastUsed, _time.GetTimestamp());
        Interlocked.Decrement(ref _active);
    }

    public bool IsIdle(TimeSpan longerThan) => Volatile.Read(ref _active) == 0 && _time.GetElapsedTime(Volatile.Read(ref _lastUsed)) > longerThan;

    public void Dispose()
    {
        Invoker.Dispose();
        _handler.Dispose();
        Interlocked.Exchange(ref _firstSocket, null)?.Dispose();
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _firstSocket, null) is { } first)
        {
            return new NetworkStream(first, ownsSocket: true);
        }

        try
        {
            var connection = await _dialer.ConnectAsync(Address, _port, cancellation);
            _connected = _connected with { ConnectTime = connection.ConnectTime };
            return new NetworkStream(connection.Socket, ownsSocket: true);
        }
        catch
        {
            IsFailed = true;
            throw;
        }
    }

    private ValueTask<Stream> ObserveAsync(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellation)
    {
        if (context.PlaintextStream is SslStream ssl)
        {
            _connected = _connected with { Tls = _certificates.SessionOf(ssl) };
        }

        return ValueTask.FromResult(context.NegotiatedHttpVersion.Major == 1 ? new Http1Connection(context.PlaintextStream) : context.PlaintextStream);
    }

    /// <summary>What the latest connection of this pool showed.</summary>
    private sealed record Connected(TimeSpan? ConnectTime, TlsSession? Tls);
}
