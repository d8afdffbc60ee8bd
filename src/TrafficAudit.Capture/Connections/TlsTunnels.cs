using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Connections;

/// <summary>Decrypts a client's TLS with a certificate for the name it asks for, and hands on what is inside.</summary>
internal sealed class TlsTunnels(LeafCertificates certificates, OpaqueFlows opaque)
{
    private static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(30);

    public async Task HandleAsync(ConnectionContext connection, ProxiedConnection proxied, Func<ProxiedConnection, IDuplexPipe, Task> speak)
    {
        await using var ssl = new SslStream(new DuplexStream(connection.Transport), leaveInnerStreamOpen: true);
        var serverName = "";

        // Not linked to the connection's closing: an alert that came just before it must still be read.
        using var limit = new CancellationTokenSource(HandshakeTime);
        try
        {
            await ssl.AuthenticateAsServerAsync(
                (_, hello, _, _) =>
                {
                    serverName = hello.ServerName;
                    return ValueTask.FromResult(Options(hello.ServerName, proxied.Tunnel!.Value.Host));
                },
                state: null,
                limit.Token);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException)
        {
            await opaque.RecordHandshakeFailureAsync(proxied, serverName, e);
            return;
        }

        var session = new TlsSession(
            TlsNames.Version(ssl.SslProtocol), TlsNames.CipherSuite(ssl.NegotiatedCipherSuite), [], Alpn(ssl), serverName.Length == 0 ? null : serverName);
        connection.Features.Set<ITlsConnectionFeature>(new TlsFeature());
        connection.Features.Set<ITlsApplicationProtocolFeature>(new AlpnFeature(ssl.NegotiatedApplicationProtocol.Protocol));
        var transport = new DuplexPipe(PipeReader.Create(ssl, ReaderOptions), PipeWriter.Create(ssl, WriterOptions));
        await speak(proxied with { Tls = session }, transport);
        await transport.Input.CompleteAsync();
        await transport.Output.CompleteAsync();
    }

    private static StreamPipeReaderOptions ReaderOptions { get; } = new(bufferSize: 16 * 1024, minimumReadSize: 4 * 1024, leaveOpen: true);

    private static StreamPipeWriterOptions WriterOptions { get; } = new(minimumBufferSize: 16 * 1024, leaveOpen: true);

    private static string? Alpn(SslStream ssl)
    {
        var name = ssl.NegotiatedApplicationProtocol.ToString();
        return name.Length == 0 ? null : name;
    }

    private SslServerAuthenticationOptions Options(string serverName, string tunnelHost) => new()
    {
        // A name that no certificate can carry still gets one: the client then refuses it, and that is recorded.
        ServerCertificateContext = certificates.For(serverName) ?? certificates.For(tunnelHost) ?? certificates.For("unnamed.invalid"),
        ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
    };

    private sealed class TlsFeature : ITlsConnectionFeature
    {
        public X509Certificate2? ClientCertificate { get; set; }

        public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) =>
            Task.FromResult(ClientCertificate);
    }

    private sealed class AlpnFeature(ReadOnlyMemory<byte> protocol) : ITlsApplicationProtocolFeature
    {
        public ReadOnlyMemory<byte> ApplicationProtocol => protocol;
    }
}
