using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Capture.Forwarding;
using TrafficAudit.Capture.Recording;
using TrafficAudit.Model;
using TrafficAudit.Testing;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Capture.Tests;

/// <summary>A running proxy with a sink that the test reads, and clients that go through it.</summary>
internal sealed class ProxyHarness : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private ProxyServer? _proxy;
    private Pairing? _pairing;

    public CollectingSink Sink { get; } = new();

    public TestAuthority Servers { get; } = new();

    public RecordingSession Session { get; } = new("s1");

    public Pairing Pairing => _pairing!;

    public IPEndPoint Endpoint => _proxy!.Endpoint;

    public X509Certificate2 Authority { get; private set; } = null!;

    public static async Task<ProxyHarness> StartAsync(
        IEnumerable<string>? resolve = null, CaptureLimits? limits = null, TimeSpan? idle = null, bool allowPrivate = true, DoorPolicy door = DoorPolicy.All,
        Func<ProxyOptions, ProxyOptions>? configure = null)
    {
        var harness = new ProxyHarness();
        var authority = CertificateAuthority.LoadOrCreate(harness._folder.File("home"), TimeProvider.System);
        harness.Authority = X509CertificateLoader.LoadCertificate(authority.Der.Span);
        harness._pairing = new Pairing(
            harness._folder.File("home"), TimeProvider.System, RandomNumberGenerator.Create(), NullLogger<Pairing>.Instance);
        var options = new ProxyOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            SpoolFolder = harness._folder.Path,
            Limits = limits ?? new CaptureLimits(),
            Forwarding = new ForwardingOptions
            {
                IdleTimeout = idle ?? TimeSpan.FromSeconds(60),
                AdditionalRoots = [harness.Servers.Root],
                Resolve = ResolveRules.Parse(resolve ?? []),
            },
        };
        harness._proxy = await ProxyServer.StartAsync(
            configure?.Invoke(options) ?? options,
            harness.Sink,
            harness.Session,
            authority,
            new Door(door, harness._pairing),
            new SetupPages(authority, harness._pairing, door, TimeProvider.System),
            new DestinationPolicy(allowPrivate, []),
            TimeProvider.System,
            NullLoggerFactory.Instance,
            CancellationToken.None);
        return harness;
    }

    /// <summary>A client that trusts the proxy's authority and goes through it.</summary>
    public HttpClient Client(Version? version = null) => new(new SocketsHttpHandler
    {
        Proxy = new WebProxy($"http://{Endpoint}"),
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsOurs(certificate!, errors) },
        EnableMultipleHttp2Connections = false,
    })
    {
        DefaultRequestVersion = version ?? HttpVersion.Version11,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        Timeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>Ends the recording, as Ctrl+C does.</summary>
    public async Task StopAsync() => await _proxy!.DisposeAsync();

    public async Task<NetworkStream> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(Endpoint);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>A CONNECT tunnel on which the test speaks for itself.</summary>
    public async Task<NetworkStream> TunnelAsync(string authority)
    {
        var stream = await ConnectAsync();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n\r\n"));
        var answer = await ReadHeadAsync(stream);
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        return stream;
    }

    public async Task<SslStream> TlsTunnelAsync(string host, int port, SslProtocols protocols = SslProtocols.None) =>
        await TlsOverAsync(await TunnelAsync($"{host}:{port}"), host, protocols);

    /// <summary>A client's TLS over a connection through the proxy; it trusts the proxy's authority alone.</summary>
    public async Task<SslStream> TlsOverAsync(Stream stream, string host, SslProtocols protocols = SslProtocols.None, params string[] alpn)
    {
        var ssl = new SslStream(stream);
        await ssl.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = host,
            EnabledSslProtocols = protocols,
            ApplicationProtocols = alpn.Length == 0 ? null : [.. alpn.Select(a => new SslApplicationProtocol(a))],
            RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsOurs(certificate!, errors),
        });
        return ssl;
    }

    /// <summary>Bytes up to and with the empty line.</summary>
    public static async Task<string> ReadHeadAsync(Stream stream)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) > 0)
        {
            text.Append((char)one[0]);
        }

        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }

        _pairing?.Dispose();
        Servers.Dispose();
        _folder.Dispose();
    }

    private bool IsOurs(X509Certificate certificate, SslPolicyErrors errors)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(Authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) && chain.Build((X509Certificate2)certificate);
    }
}
