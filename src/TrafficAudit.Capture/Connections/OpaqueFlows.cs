using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.AspNetCore.Connections;
using TrafficAudit.Capture.Forwarding;
using TrafficAudit.Capture.Recording;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Connections;

/// <summary>Connections that can't be read as HTTP: answered or relayed, and recorded all the same.</summary>
internal sealed class OpaqueFlows(FlowRecorder recorder, UpstreamConnector connector, ForwardingOptions options, RunningExchanges running)
{
    /// <summary>Bytes on the proxy port that are neither HTTP nor a tunnel: the client is told, the first bytes are kept.</summary>
    public async Task RefuseAsync(ConnectionContext connection, ProxiedConnection proxied)
    {
        var started = recorder.Now;
        var read = await connection.Transport.Input.ReadAsync();
        var first = read.Buffer.Slice(0, Math.Min(Relay.KeptBytes, read.Buffer.Length)).ToArray();
        var length = read.Buffer.Length;
        connection.Transport.Input.AdvanceTo(read.Buffer.End);
        try
        {
            var answer = PlainAnswer.Bytes("400 Bad Request", "these bytes are no HTTP request. Use this address as an HTTP proxy.");
            await connection.Transport.Output.WriteAsync(answer);
        }
        finally
        {
            // Whether or not the client still listens.
            await recorder.RecordOpaqueAsync(
                proxied, started, FlowFailure.NotHttp, "The bytes on the proxy port are no HTTP request", m => m with { FirstBytes = first, BytesSent = length });
        }
    }

    /// <summary>
    /// A TLS connection that ended before anything could be read of it. No server was connected to; the addresses that its name has are
    /// recorded all the same, since they tell where it would have gone.
    /// </summary>
    public Task RecordUnreadTlsAsync(ProxiedConnection proxied, DateTimeOffset started, FlowFailure failure, string detail) =>
        RecordWithoutServerAsync(proxied, started, "tls", failure, detail);

    /// <summary>An HTTP/2 connection, as browsers open some in advance, on which no request came: it could be read, and there was nothing in it.</summary>
    public Task RecordUnusedHttp2Async(ProxiedConnection proxied, DateTimeOffset started) =>
        RecordWithoutServerAsync(proxied, started, "https", FlowFailure.ClientSentNothing, "The client opened an HTTP/2 connection and sent no request on it");

    private async Task RecordWithoutServerAsync(ProxiedConnection proxied, DateTimeOffset started, string scheme, FlowFailure failure, string detail)
    {
        var duration = recorder.Now - started;
        (failure, detail) = AtStop(failure, detail);
        var resolution = await ResolveAsync(proxied);
        await recorder.RecordOpaqueAsync(
            proxied, started, failure, detail, m => m with { Scheme = scheme, Duration = duration, Resolution = resolution });
    }

    /// <summary>A tunnel that was opened and in which nothing was said.</summary>
    public async Task RecordUnusedAsync(ProxiedConnection proxied, string detail)
    {
        (var failure, detail) = AtStop(FlowFailure.ClientSentNothing, detail);
        await recorder.RecordOpaqueAsync(proxied, proxied.Opened, failure, detail, static m => m);
    }

    /// <summary>An opening (CONNECT, SOCKS5) that was refused because it could not be understood or served.</summary>
    public async Task RecordRefusedAsync(ProxiedConnection proxied, string detail) =>
        await recorder.RecordOpaqueAsync(proxied, proxied.Opened, FlowFailure.ClientProtocolError, detail, static m => m);

    /// <summary>A tunnel that is passed on byte by byte as it is, counted, its first bytes kept.</summary>
    /// <param name="connection">The client's connection; what was peeked at is still in it.</param>
    /// <param name="proxied">What is known of it; its tunnel is where the bytes go.</param>
    /// <param name="scheme"><c>tls</c> or <c>tcp</c>.</param>
    /// <param name="failure">Why it is not read.</param>
    /// <param name="detail">The same for people.</param>
    /// <param name="early">A connection to the server that spoke first, with what it said; null to make one.</param>
    public Task RelayAsync(
        ConnectionContext connection, ProxiedConnection proxied, string scheme, FlowFailure failure, string detail, EarlyServer? early = null) =>
        RelayAsync(new DuplexStream(connection.Transport), proxied, scheme, failure, detail, early, secure: null);

    /// <summary>
    /// A TLS connection that was decrypted and holds no HTTP: relayed over a TLS connection of ours to the server, so that the app keeps
    /// working, and its first bytes are kept in the clear.
    /// </summary>
    public Task RelayDecryptedAsync(Stream client, ProxiedConnection proxied) => RelayAsync(
        client, proxied, "tls", FlowFailure.NotHttp, "The decrypted connection carries no HTTP; its bytes were relayed", early: null, SecureAsync);

    private async Task RelayAsync(
        Stream client, ProxiedConnection proxied, string scheme, FlowFailure failure, string detail, EarlyServer? early,
        Func<ProxiedConnection, Stream, CancellationToken, Task<SecuredServer>>? secure)
    {
        if (proxied.IsForSetup)
        {
            return;
        }

        using var counted = running.Enter();
        var started = proxied.Opened;
        var tunnel = proxied.Tunnel!.Value;
        var opened = early?.Opened ?? await ConnectAsync(proxied, tunnel);
        if (opened.Connection is not { } upstream)
        {
            await recorder.RecordOpaqueAsync(
                proxied, started, opened.Failure!.Value, opened.Detail, m => m with { Scheme = scheme, Resolution = opened.Resolution });
            return;
        }

        await using var socket = new NetworkStream(upstream.Socket, ownsSocket: true);
        var peer = new Peer(upstream.Address.ToString(), tunnel.Port, ConnectTime: upstream.ConnectTime);
        var server = secure is null ? new SecuredServer(socket, null) : await secure(proxied, socket, running.Interrupt);
        if (server.Failure is { } fault)
        {
            await recorder.RecordOpaqueAsync(
                proxied, started, fault, server.Detail, m => m with { Scheme = scheme, Resolution = opened.Resolution, Upstream = peer });
            return;
        }

        await using var stream = server.Stream;
        var flow = recorder.BeginRelay(
            proxied, failure, detail, m => m with { Scheme = scheme, Upstream = peer with { Tls = server.Tls }, Resolution = opened.Resolution });
        var relay = new Relay(client, stream, () => upstream.Socket.Shutdown(SocketShutdown.Send));
        var relayed = await relay.RunAsync(early?.Bytes ?? default, running.Interrupt);
        await recorder.RecordAsync(flow, m => m with
        {
            BytesSent = relayed.Sent,
            BytesReceived = relayed.Received,
            FirstBytes = relayed.FirstBytes,
        });
    }

    /// <summary>Whoever goes away while the recording ends may have been made to.</summary>
    private (FlowFailure Failure, string Detail) AtStop(FlowFailure failure, string detail) =>
        running.IsStopping && failure is (FlowFailure.ClientSentNothing or FlowFailure.ClientClosedInHandshake)
            ? (FlowFailure.Interrupted, "The recording ended before the client had sent anything that could be read")
            : (failure, detail);

    private async Task<ConnectOutcome> ConnectAsync(ProxiedConnection proxied, Authority tunnel)
    {
        try
        {
            return await connector.ConnectAsync(proxied.TunnelHost!, tunnel.Port, proxied.Pinned, running.Interrupt);
        }
        catch (OperationCanceledException)
        {
            return new ConnectOutcome(
                null, new NameResolution(proxied.Pinned?.Source ?? "dns", []), FlowFailure.Interrupted, "The recording ended before the server was reached");
        }
    }

    private async Task<NameResolution?> ResolveAsync(ProxiedConnection proxied)
    {
        if (proxied.Tunnel is not { } tunnel || running.IsStopping)
        {
            return null;
        }

        try
        {
            return (await connector.ChooseAsync(proxied.TunnelHost!, tunnel.Port, proxied.Pinned, running.Interrupt)).Resolution;
        }
        catch (OperationCanceledException)
        {
            // The recording ends: the flow is worth more than where it would have gone.
            return null;
        }
    }

    private async Task<SecuredServer> SecureAsync(ProxiedConnection proxied, Stream socket, CancellationToken cancellation)
    {
        var certificates = new ServerCertificates(options.AdditionalRoots);
        var ssl = new SslStream(socket, leaveInnerStreamOpen: true);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.ConnectTimeout);
        try
        {
            await ssl.AuthenticateAsClientAsync(certificates.OptionsFor(proxied.TlsName ?? proxied.TunnelHost!), limit.Token);
            return new SecuredServer(ssl, certificates.SessionOf(ssl));
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException)
        {
            await ssl.DisposeAsync();
            return cancellation.IsCancellationRequested
                ? new SecuredServer(Stream.Null, null, FlowFailure.Interrupted, "The recording ended during the TLS handshake with the server")
                : limit.IsCancellationRequested
                ? new SecuredServer(Stream.Null, null, FlowFailure.UpstreamTimeout, "The TLS handshake with the server did not end in time")
                : certificates.Fault is { } fault
                ? new SecuredServer(Stream.Null, null, FlowFailure.UpstreamCertificateInvalid, fault)
                : new SecuredServer(Stream.Null, null, FlowFailure.UpstreamTlsFailed, "The TLS handshake with the server failed");
        }
    }

    private sealed record SecuredServer(Stream Stream, TlsSession? Tls, FlowFailure? Failure = null, string? Detail = null);
}
