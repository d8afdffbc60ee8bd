using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.Capture.Forwarding;
using TrafficAudit.Capture.Handshakes;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Connections;

/// <summary>
/// A client's TLS:
/// <code>
/// ClientHello ─┬─ bypassed, exempted, no HTTP offered ─► relayed untouched, recorded as opaque
///              └─ handshake with a certificate for its SNI ─┬─ HTTP ─► handed on
///                                                           ├─ other bytes ─► relayed over TLS of ours, recorded as opaque
///                                                           └─ refused, or closed ─► recorded; a refusal may exempt
/// </code>
/// </summary>
internal sealed class TlsTunnels(
    LeafCertificates certificates, OpaqueFlows opaque, Refusals refusals, HostPatterns bypass, RunningExchanges running, TimeProvider time)
{
    private static readonly TimeSpan HandshakeTime = TimeSpan.FromSeconds(30);
    private const int HttpsPort = 443;

    /// <summary>How long a client that named no protocol may be silent before its server is asked (IMAP, MQTT … over TLS: the server may speak first).</summary>
    private static readonly TimeSpan ServerFirstTime = TimeSpan.FromSeconds(3);

    public async Task HandleAsync(ConnectionContext connection, ProxiedConnection proxied, Func<ProxiedConnection, IDuplexPipe, Task> speak)
    {
        var started = time.GetUtcNow();
        var (state, hello) = await PeekAsync(connection.Transport.Input);
        if (hello is null)
        {
            await HandleNoHelloAsync(connection, proxied, state, started);
            return;
        }

        proxied = proxied with
        {
            ClientHello = hello.ToModel(),
            Notes = hello.OffersEncryptedClientHello ? [.. proxied.Notes, FlowNote.EncryptedClientHello] : proxied.Notes,
        };
        proxied = proxied with { Tunnel = proxied.Tunnel ?? (proxied.TlsName is { } name ? new Authority(name, HttpsPort) : null) };
        if (proxied.Tunnel is null)
        {
            await opaque.RecordUnreadTlsAsync(
                proxied, started, FlowFailure.ClientProtocolError, "The client named no server, and the network does not tell where it was going");
        }
        else if (WhyUntouched(proxied, hello) is var (failure, detail))
        {
            await opaque.RelayAsync(connection, proxied, "tls", failure, detail);
        }
        else
        {
            await DecryptAsync(connection, proxied, hello.ServerName, started, speak);
        }
    }

    private (FlowFailure Failure, string Detail)? WhyUntouched(ProxiedConnection proxied, ClientHello hello) =>
        proxied.IsForSetup ? null
        : bypass.Match(proxied.TunnelHost!) || bypass.Match(proxied.Tunnel!.Value.Host)
            ? (FlowFailure.Bypassed, "The host is on the bypass list; the connection was relayed without decryption")
        : refusals.IsExempt(proxied.ClientKey, proxied.ClaimedHost)
            ? (FlowFailure.Exempted, "The client had refused the proxy's certificate for this host; the connection was relayed without decryption")
        : !hello.MaySpeakHttp
            ? (FlowFailure.NotHttp, "The client offers other protocols than HTTP only (ALPN); the connection was relayed without decryption")
        : null;

    private async Task HandleNoHelloAsync(ConnectionContext connection, ProxiedConnection proxied, ClientHelloState state, DateTimeOffset started)
    {
        if (state == ClientHelloState.NotOne && proxied.Tunnel is not null)
        {
            await opaque.RelayAsync(
                connection, proxied, "tcp", FlowFailure.NotTls, "The bytes begin like TLS and are no ClientHello; they were relayed");
        }
        else
        {
            var (failure, detail) = state == ClientHelloState.NotOne
                ? (FlowFailure.NotTls, "The bytes begin like TLS and are no ClientHello")
                : (FlowFailure.ClientClosedInHandshake, "The client closed, or stopped, before its ClientHello was complete");
            await opaque.RecordUnreadTlsAsync(proxied, started, failure, detail);
        }
    }

    private async Task DecryptAsync(
        ConnectionContext connection, ProxiedConnection proxied, string serverName, DateTimeOffset started, Func<ProxiedConnection, IDuplexPipe, Task> speak)
    {
        await using var stream = new HandshakeStream(connection.Transport);
        await using var ssl = new SslStream(stream, leaveInnerStreamOpen: true);
        var hello = time.GetTimestamp();

        // Not linked to the connection's closing: an alert that came just before it must still be read.
        using var limit = new CancellationTokenSource(HandshakeTime);
        try
        {
            await ssl.AuthenticateAsServerAsync(Options(serverName, proxied.TunnelHost!), limit.Token);
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException)
        {
            await HandleFailedAsync(proxied, started, time.GetElapsedTime(hello), e);
            return;
        }

        stream.EndHandshake();
        var isHttp2 = ssl.NegotiatedApplicationProtocol == SslApplicationProtocol.Http2;
        var secured = proxied with { Tls = SessionOf(ssl, serverName), Refusals = isHttp2 ? new Http2Refusals() : null };
        connection.Features.Set<ITlsConnectionFeature>(new TlsFeature());
        connection.Features.Set<ITlsApplicationProtocolFeature>(new AlpnFeature(ssl.NegotiatedApplicationProtocol.Protocol));
        var accepted = time.GetTimestamp();
        var decrypted = new DecryptedStream(ssl, () => refusals.Decrypted(proxied.ClientKey, proxied.ClaimedHost));
        var isRecorded = await SpeakAsync(connection, secured, decrypted, speak);
        await SayEndAsync(connection, ssl);
        if (!decrypted.HasRead && !isRecorded)
        {
            await HandleUnusedAsync(secured, started, time.GetElapsedTime(accepted), decrypted.Fault);
        }
        else if (secured is { Refusals.IsUnused: true, IsForSetup: false })
        {
            await opaque.RecordUnusedHttp2Async(secured, started);
        }
    }

    /// <summary>True when the connection was relayed, and so is a flow of its own.</summary>
    private async Task<bool> SpeakAsync(
        ConnectionContext connection, ProxiedConnection secured, DecryptedStream decrypted, Func<ProxiedConnection, IDuplexPipe, Task> speak)
    {
        var isRelayed = false;
        var transport = new DuplexPipe(PipeReader.Create(decrypted, ReaderOptions), PipeWriter.Create(decrypted, WriterOptions));
        try
        {
            // Without a protocol agreed on it may be anything.
            var isHttpsPort = secured.Tunnel is { Port: HttpsPort };
            var kind = secured.Tls!.Alpn is null
                ? await FirstBytes.PeekInTunnelAsync(transport.Input, isHttpsPort ? HandshakeTime : ServerFirstTime)
                : FirstBytesKind.Http;
            if (kind == FirstBytesKind.Http || (kind == FirstBytesKind.Silence && isHttpsPort))
            {
                await speak(secured, transport);
            }
            else if (kind != FirstBytesKind.None)
            {
                await opaque.RelayDecryptedAsync(new DuplexStream(transport), secured);
                isRelayed = true;
            }
        }
        catch (IOException) when (!decrypted.HasRead)
        {
            // How a connection that nothing was read of ended is looked at by the caller.
            return false;
        }

        await transport.Input.CompleteAsync();
        await transport.Output.CompleteAsync();
        return isRelayed;
    }

    /// <summary>
    /// Sends close_notify (RFC 8446, section 6.1): OpenSSL takes an answer that ends without it for one that was cut off. A connection that was
    /// aborted, because an answer really was cut off, is closed by now and ends without it.
    /// </summary>
    private static async Task SayEndAsync(ConnectionContext connection, SslStream ssl)
    {
        if (connection.ConnectionClosed.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await ssl.ShutdownAsync();
        }
        catch (IOException)
        {
            // The client left before it could be told; what it had asked for is recorded by the flow of each request.
            return;
        }
    }

    /// <summary>The handshake failed.</summary>
    private async Task HandleFailedAsync(ProxiedConnection proxied, DateTimeOffset started, TimeSpan after, Exception error)
    {
        var (failure, detail) = HandshakeFailure.Of(error);
        var (client, host) = (proxied.ClientKey, proxied.ClaimedHost);
        var verdict = failure switch
        {
            FlowFailure.ClientRejectedCertificate => await refusals.AlertedAsync(client, host, detail),
            FlowFailure.ClientClosedInHandshake when error is IOException && !running.IsStopping => await refusals.ClosedAsync(client, host, after),
            _ => RefusalVerdict.None,
        };
        await RecordAsync(proxied, started, failure, detail, verdict);
    }

    /// <summary>The handshake succeeded, and nothing came behind it.</summary>
    private async Task HandleUnusedAsync(ProxiedConnection secured, DateTimeOffset started, TimeSpan after, Exception? fault)
    {
        var (client, host) = (secured.ClientKey, secured.ClaimedHost);
        if (fault is not null && HandshakeFailure.Of(fault) is (FlowFailure.ClientRejectedCertificate, var alert))
        {
            await RecordAsync(secured, started, FlowFailure.ClientRejectedCertificate, alert, await refusals.AlertedAsync(client, host, alert));
        }
        else if (running.IsStopping)
        {
            await RecordAsync(secured, started, FlowFailure.Interrupted, "The recording ended before the client sent a request", RefusalVerdict.None);
        }
        else
        {
            const string detail = "The client closed the connection after the TLS handshake without sending anything";
            await RecordAsync(secured, started, FlowFailure.ClientSentNothing, detail, await refusals.ClosedAsync(client, host, after));
        }
    }

    private Task RecordAsync(ProxiedConnection proxied, DateTimeOffset started, FlowFailure failure, string detail, RefusalVerdict verdict)
    {
        if (verdict == RefusalVerdict.None)
        {
            return opaque.RecordUnreadTlsAsync(proxied, started, failure, detail);
        }

        var reason = failure == FlowFailure.ClientRejectedCertificate ? detail : "The client closed twice in a row right after the proxy's certificate";
        var next = verdict == RefusalVerdict.Exempted ? $"; its connections to this host are relayed for {Refusals.ExemptFor.TotalMinutes:0} minutes" : "";
        return opaque.RecordUnreadTlsAsync(proxied, started, FlowFailure.ClientRejectedCertificate, reason + next);
    }

    private static async Task<(ClientHelloState State, ClientHello? Hello)> PeekAsync(PipeReader input)
    {
        using var limit = new CancellationTokenSource(HandshakeTime);
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(limit.Token);
                var state = ClientHelloReader.Read(read.Buffer, out var hello);
                var isDone = state != ClientHelloState.Incomplete || read.IsCompleted;
                input.AdvanceTo(read.Buffer.Start, isDone ? read.Buffer.Start : read.Buffer.End);
                if (isDone)
                {
                    return (state, hello);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return (ClientHelloState.Incomplete, null);
        }
    }

    private static StreamPipeReaderOptions ReaderOptions { get; } =
        new(bufferSize: 16 * 1024, minimumReadSize: 4 * 1024, leaveOpen: true, useZeroByteReads: true);

    private static StreamPipeWriterOptions WriterOptions { get; } = new(minimumBufferSize: 16 * 1024, leaveOpen: true);

    private static TlsSession SessionOf(SslStream ssl, string serverName)
    {
        var alpn = ssl.NegotiatedApplicationProtocol.ToString();
        return new TlsSession(
            TlsNames.Version(ssl.SslProtocol),
            TlsNames.CipherSuite(ssl.NegotiatedCipherSuite),
            [],
            alpn.Length == 0 ? null : alpn,
            serverName.Length == 0 ? null : serverName);
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
