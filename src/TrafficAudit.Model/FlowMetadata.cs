using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace TrafficAudit.Model;

/// <summary>
/// Everything about a flow except the bytes of its messages. It is written as the JSON of the flow's <c>metadata</c> record
/// and is complete in itself: analysis needs nothing else but the two messages.
/// </summary>
public sealed record FlowMetadata
{
    /// <summary>The flow's number in its case, from 1; never given twice. Gaps are legal.</summary>
    public required long Number { get; init; }

    /// <summary>HTTP exchange, WebSocket or a connection that could not be read.</summary>
    public required FlowKind Kind { get; init; }

    /// <summary>When the first byte of the request (or connection) came, UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>From the first byte until the flow ended; null where an imported file does not say.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>From the first byte until the response's head was complete; null when none came or nobody said.</summary>
    public TimeSpan? TimeToResponse { get; init; }

    /// <summary>The recording that this flow belongs to.</summary>
    public string? Session { get; init; }

    /// <summary>The labelled stretch of the session (<c>before_consent</c>, <c>checkout</c> …) in which the flow started.</summary>
    public string? Phase { get; init; }

    /// <summary>The paired device, by its id.</summary>
    public string? Device { get; init; }

    /// <summary><c>captured</c>, or the kind of file that first held it: <c>har</c>, <c>warc</c>, <c>mitmproxy</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>The import that brought it into this case; null when it was captured here.</summary>
    public FlowSource? Source { get; init; }

    /// <summary><c>http</c> or <c>https</c>; for an opaque flow <c>tls</c> or <c>tcp</c>.</summary>
    public required string Scheme { get; init; }

    /// <summary>The host that the client named (lower case, IDN in its ASCII form), or an IP address; empty if none was.</summary>
    public required string Host { get; init; }

    /// <summary>The port that the client named, 1 to 65535; 0 if none was.</summary>
    public required int Port { get; init; }

    /// <summary>How the client's connection came to the proxy; null for what was imported.</summary>
    public Entrance? Entrance { get; init; }

    /// <summary>
    /// Which of the client's connections it was: a number that is unique within a run of the program, from 1. Several flows share one (HTTP/1.1
    /// keep-alive, HTTP/2 streams). Null for what was imported.
    /// </summary>
    public long? Connection { get; init; }

    /// <summary>What the client offered when it began TLS, whatever came of it; null for plain text, or unknown.</summary>
    public TlsClientHello? ClientHello { get; init; }

    /// <summary>What a reader of this flow must know beside its bytes; default where there is nothing.</summary>
    public ImmutableArray<FlowNote>? Notes { get; init; }

    /// <summary>The phone's side of the connection.</summary>
    public Peer? Client { get; init; }

    /// <summary>The server's side: the address that was really connected to. Null when no connection was made or nobody recorded it.</summary>
    public Peer? Upstream { get; init; }

    /// <summary>Where the proxy stood when it connected: with <see cref="Peer.ConnectTime"/> a bound on how far away the server is. Null where nobody said.</summary>
    public GeoPosition? LabPosition { get; init; }

    /// <summary>How the host's name became an address.</summary>
    public NameResolution? Resolution { get; init; }

    /// <summary>What is known of the request's head and body; null where there was no request.</summary>
    public MessageFacts? Request { get; init; }

    /// <summary>What is known of the response's head and body; null where none came.</summary>
    public MessageFacts? Response { get; init; }

    /// <summary>
    /// What the connection was upgraded to, lower case (<c>websocket</c>): the <c>Upgrade</c> field of a response with status 101 (RFC 9110, section 7.8)
    /// or the <c>:protocol</c> of an extended CONNECT (RFC 8441). Null when it was not upgraded.
    /// </summary>
    public string? Upgrade { get; init; }

    /// <summary>How many messages passed on a WebSocket; null for other flows, and where they were not read.</summary>
    public MessageCounts? Messages { get; init; }

    /// <summary>Why the flow is not a complete exchange; null when it is.</summary>
    public FlowFailure? Failure { get; init; }

    /// <summary>One sentence for people about <see cref="Failure"/>; holds no captured value.</summary>
    public string? FailureDetail { get; init; }

    /// <summary>
    /// Bytes from the client and from the server on an opaque or upgraded connection; on a WebSocket those of its messages' payloads before
    /// compression, and from where its frames could not be read on, all bytes. 0 for others.
    /// </summary>
    public long BytesSent { get; init; }

    /// <inheritdoc cref="BytesSent"/>
    public long BytesReceived { get; init; }

    /// <summary>
    /// The first bytes that the client sent on a connection that could not be read, or was upgraded to a protocol that is not read: at most 256, of a
    /// request that breaks HTTP at most 16,384.
    /// </summary>
    public byte[]? FirstBytes { get; init; }

    /// <summary>That the flow's content was erased; what is left of this record then are times, host, address, sizes and tokens. Null when it was not.</summary>
    public Erasure? Erased { get; init; }
}

/// <summary>One side of a flow's transport.</summary>
/// <param name="Address">The peer's IP address in its usual text form (RFC 5952 for IPv6; IPv4-mapped is written as IPv4).</param>
/// <param name="Port">The peer's TCP port.</param>
/// <param name="HttpVersion"><c>HTTP/1.0</c>, <c>HTTP/1.1</c>, <c>HTTP/2</c>, <c>HTTP/3</c>; null when it is not known.</param>
/// <param name="Tls">The TLS session; null for plain text, or unknown.</param>
/// <param name="ConnectTime">How long the TCP connection took: a bound on the distance. Null where it is not known.</param>
public sealed record Peer(string Address, int Port, string? HttpVersion = null, TlsSession? Tls = null, TimeSpan? ConnectTime = null);

/// <summary>What was negotiated on one TLS connection.</summary>
/// <param name="Version"><c>TLSv1.2</c>, <c>TLSv1.3</c>.</param>
/// <param name="CipherSuite">The IANA name (<c>TLS_AES_128_GCM_SHA256</c>).</param>
/// <param name="Certificates">The server's chain, leaf first, each in DER; empty on the phone's side, where it is ours.</param>
/// <param name="Alpn">The protocol agreed on (RFC 7301), null if none was.</param>
/// <param name="ServerName">The SNI sent (RFC 6066), null if none was.</param>
public sealed record TlsSession(
    string Version, string CipherSuite, ImmutableArray<byte[]> Certificates, string? Alpn = null, string? ServerName = null);

/// <summary>What a client offered in its ClientHello (RFC 8446, section 4.1.2), GREASE values (RFC 8701) left out.</summary>
/// <param name="ServerName">The SNI (RFC 6066, section 3), null if none was sent.</param>
/// <param name="Versions">Every version offered, in its order: <c>TLSv1.3</c>, <c>TLSv1.2</c> …; an unknown one as <c>0x7F1C</c>.</param>
/// <param name="CipherSuites">Every cipher suite offered, in its order: IANA's number in four hex digits (<c>1301</c>), which costs a flow a fifth of the names.</param>
/// <param name="Alpn">Every protocol offered (RFC 7301), in its order; empty if none was.</param>
/// <param name="Ja4">The JA4 fingerprint (FoxIO, JA4 technical details): <c>t13d1516h2_8daaf6152771_b186095e22b6</c>.</param>
public sealed record TlsClientHello(
    string? ServerName, ImmutableArray<string> Versions, ImmutableArray<string> CipherSuites, ImmutableArray<string> Alpn, string Ja4);

/// <summary>How a host's name became the addresses to connect to.</summary>
/// <param name="Source">
/// <c>dns</c>, <c>option</c> (<c>--resolve</c>), <c>literal</c> (the client asked for an address), <c>original_destination</c> (the network led the
/// client's connection here; this is where it was going), <c>file</c> (an import says so) or <c>resolved_later</c> (<c>import --resolve-now</c>: looked up when the
/// file was imported; the flow itself may have gone elsewhere).
/// </param>
/// <param name="Addresses">Every address in the answer, in its order.</param>
/// <param name="Canonical">
/// The name at the end of the CNAME records that the answer followed (RFC 1034, section 3.6.2), lower case without a trailing dot; null where it is the host's own.
/// </param>
/// <param name="Chain">
/// The names of the CNAME records that lead from the host on, in order, in the same form as <paramref name="Canonical"/>, which is the last of them unless the system's
/// resolver named an earlier one; bytes that are no plain characters are written as <c>\027</c> (RFC 1035, section 5.1). 16 at most. Empty where DNS has none, null where
/// nobody knows.
/// </param>
public sealed record NameResolution(string Source, ImmutableArray<string> Addresses, string? Canonical = null, ImmutableArray<string>? Chain = null)
{
    /// <summary>Every name that the host is known to lead to, in order: of older evidence the last alone.</summary>
    [JsonIgnore]
    public ImmutableArray<string> Names => Chain is { IsDefaultOrEmpty: false } chain ? chain : Canonical is null ? [] : [Canonical];
}

/// <summary>How many messages passed on a WebSocket, control frames included.</summary>
/// <param name="Sent">From the client.</param>
/// <param name="Received">From the server.</param>
public sealed record MessageCounts(long Sent, long Received);

/// <summary>What is known of one message beside its bytes.</summary>
public sealed record MessageFacts
{
    /// <summary>Whether the head is byte for byte what was on the wire.</summary>
    public required HeadForm Head { get; init; }

    /// <summary>Bytes of body that passed, without chunk framing, with content coding.</summary>
    public required long BodyLength { get; init; }

    /// <summary>Bytes of body that were kept: less than <see cref="BodyLength"/> when the capture limit cut it.</summary>
    public required long BodyCaptured { get; init; }

    /// <summary>SHA-256 (lower-case hex) of all <see cref="BodyLength"/> bytes, also those that were not kept; empty when they were erased.</summary>
    public required string BodySha256 { get; init; }

    /// <summary>Fields behind the body (RFC 9110, section 6.5), such as gRPC's status; null where there were none.</summary>
    public ImmutableArray<HeaderField>? Trailers { get; init; }

    /// <summary>False when the message broke off before its end.</summary>
    public required bool Complete { get; init; }
}
