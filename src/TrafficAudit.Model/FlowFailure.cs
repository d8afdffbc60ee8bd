using System.Text.Json.Serialization;

namespace TrafficAudit.Model;

/// <summary>Why a flow did not end as a complete exchange: a closed list, one token for each cause.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FlowFailure>))]
public enum FlowFailure
{
    /// <summary>The client sent a TLS alert (unknown_ca, bad_certificate …) that refuses our certificate (RFC 8446, 6.2).</summary>
    [JsonStringEnumMemberName("client_rejected_certificate")] ClientRejectedCertificate,

    /// <summary>The client closed during the TLS handshake without an alert that says why.</summary>
    [JsonStringEnumMemberName("client_closed_in_handshake")] ClientClosedInHandshake,

    /// <summary>Client and proxy share no TLS version or cipher.</summary>
    [JsonStringEnumMemberName("client_no_shared_cipher")] ClientNoSharedCipher,

    /// <summary>The client broke HTTP: its bytes began as a request but could not be parsed as one.</summary>
    [JsonStringEnumMemberName("client_protocol_error")] ClientProtocolError,

    /// <summary>The client went away before its request or the response was complete.</summary>
    [JsonStringEnumMemberName("client_reset")] ClientReset,

    /// <summary>The first bytes on the connection are neither TLS nor an HTTP request.</summary>
    [JsonStringEnumMemberName("not_http")] NotHttp,

    /// <summary>
    /// TLS was expected and did not come: the port is one of TLS (443), or the first byte announced a handshake, but the bytes are no
    /// ClientHello (RFC 8446, section 4.1.2) and no HTTP request.
    /// </summary>
    [JsonStringEnumMemberName("not_tls")] NotTls,

    /// <summary>The client opened a tunnel, or completed the TLS handshake with us, and closed before it sent a request or any other byte in it.</summary>
    [JsonStringEnumMemberName("client_sent_nothing")] ClientSentNothing,

    /// <summary>The investigator wanted this host left alone (<c>--bypass</c>): relayed without decryption.</summary>
    [JsonStringEnumMemberName("bypassed")] Bypassed,

    /// <summary>
    /// Relayed without decryption because this device had refused the proxy's certificate for this host in the last minutes; the journal
    /// has the exemption.
    /// </summary>
    [JsonStringEnumMemberName("exempted")] Exempted,

    /// <summary>The name has no address: DNS answered NXDOMAIN, nothing, or not in time.</summary>
    [JsonStringEnumMemberName("dns_failed")] DnsFailed,

    /// <summary>The destination is one that this proxy does not forward to (private, loopback, its own ports).</summary>
    [JsonStringEnumMemberName("policy_denied")] PolicyDenied,

    /// <summary>The upstream proxy (<c>--upstream-proxy</c>) could not be reached, or refused to open the connection.</summary>
    [JsonStringEnumMemberName("upstream_proxy_failed")] UpstreamProxyFailed,

    /// <summary>The server refused the TCP connection, or no route leads to it.</summary>
    [JsonStringEnumMemberName("upstream_refused")] UpstreamRefused,

    /// <summary>The server did not accept, or did not answer, within the time limit.</summary>
    [JsonStringEnumMemberName("upstream_timeout")] UpstreamTimeout,

    /// <summary>The server closed or reset the connection before its response was complete.</summary>
    [JsonStringEnumMemberName("upstream_reset")] UpstreamReset,

    /// <summary>The server's certificate did not verify: untrusted, expired, or for another name.</summary>
    [JsonStringEnumMemberName("upstream_certificate_invalid")] UpstreamCertificateInvalid,

    /// <summary>The TLS handshake with the server failed for another reason than its certificate.</summary>
    [JsonStringEnumMemberName("upstream_tls_failed")] UpstreamTlsFailed,

    /// <summary>The server's answer is not HTTP, or breaks it.</summary>
    [JsonStringEnumMemberName("upstream_protocol_error")] UpstreamProtocolError,

    /// <summary>The recording ended while the flow was under way.</summary>
    [JsonStringEnumMemberName("interrupted")] Interrupted,
}
