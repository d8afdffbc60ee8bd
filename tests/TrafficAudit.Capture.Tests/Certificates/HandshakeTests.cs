using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.Testing;

namespace TrafficAudit.Capture.Tests.Certificates;

/// <summary>Real TLS over loopback: a server that picks its leaf by SNI, and an HttpClient that trusts the authority and nothing else.</summary>
public sealed class HandshakeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CertificateAuthority _authority;
    private readonly LeafCertificates _leaves;

    public HandshakeTests()
    {
        _authority = CertificateAuthority.LoadOrCreate(_folder.Path, TimeProvider.System);
        _leaves = new LeafCertificates(_authority, TimeProvider.System);
    }

    public void Dispose()
    {
        _leaves.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("api.shop.example", SslProtocols.Tls13)]
    [InlineData("api.shop.example", SslProtocols.Tls12)]
    [InlineData("쇼핑.example", SslProtocols.Tls13)]
    [InlineData("127.0.0.1", SslProtocols.Tls13)]
    public async Task ClientThatTrustsTheAuthority_ReadsAnAnswer(string host, SslProtocols version)
    {
        Assert.Equal("hello", await Get(host, _authority.Certificate, version));
    }

    [Fact]
    public async Task ClientThatTrustsAnotherAuthority_Refuses()
    {
        using var other = CertificateAuthority.LoadOrCreate(_folder.File("other"), TimeProvider.System);

        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => Get("shop.example", other.Certificate, SslProtocols.Tls13));
        Assert.IsType<AuthenticationException>(refusal.InnerException);
    }

    private async Task<string> Get(string host, X509Certificate2 trusted, SslProtocols version)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeOne(listener, version);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(trusted);
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            SslOptions = { CertificateChainPolicy = policy },
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(listener.LocalEndpoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler);
        try
        {
            return await client.GetStringAsync(new Uri($"https://{host}/"), TestContext.Current.CancellationToken);
        }
        finally
        {
            await serving;
        }
    }

    private async Task ServeOne(TcpListener listener, SslProtocols version)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await using var tls = new SslStream(client.GetStream());
        try
        {
            await tls.AuthenticateAsServerAsync(
                (_, hello, _, _) => ValueTask.FromResult(new SslServerAuthenticationOptions
                {
                    // A client names no address in its hello (RFC 6066, 3): the tunnel's target stands in.
                    ServerCertificateContext = _leaves.For(hello.ServerName is { Length: > 0 } name ? name : "127.0.0.1"),
                    EnabledSslProtocols = version,
                }),
                null,
                TestContext.Current.CancellationToken);
            var request = new byte[4096];
            if (await tls.ReadAsync(request, TestContext.Current.CancellationToken) > 0)
            {
                await tls.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"u8.ToArray(), TestContext.Current.CancellationToken);
            }
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            // A client that refuses the certificate ends the connection; its own exception is what the test looks at.
            TestContext.Current.SendDiagnosticMessage("handshake ended: {0}", e.GetType().Name);
        }
    }
}
