using System.Text.Json.Serialization;

namespace TrafficAudit.Model;

/// <summary>What a reader of a flow must know beside its bytes: a closed list, one token for each.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FlowNote>))]
public enum FlowNote
{
    /// <summary>
    /// The server offered HTTP/3 by <c>Alt-Svc</c> (RFC 7838); the phone did not get that field, so that it stays where it can be read. The
    /// recorded head has it.
    /// </summary>
    [JsonStringEnumMemberName("alt_svc_removed")] AltSvcRemoved,

    /// <summary>The client offered Encrypted ClientHello (RFC 9849): the server name in the open may be another than the one it meant.</summary>
    [JsonStringEnumMemberName("encrypted_client_hello")] EncryptedClientHello,

    /// <summary>
    /// The connection went through another proxy (<c>--upstream-proxy</c>), which was asked for the recorded address; how long connecting took says
    /// nothing of the server.
    /// </summary>
    [JsonStringEnumMemberName("via_upstream_proxy")] ViaUpstreamProxy,

    /// <summary>Messages of the WebSocket beyond the capture limit were counted only.</summary>
    [JsonStringEnumMemberName("messages_truncated")] MessagesTruncated,

    /// <summary>From some point on the bytes of the WebSocket could not be read as frames (RFC 6455); they passed all the same.</summary>
    [JsonStringEnumMemberName("messages_unreadable")] MessagesUnreadable,

    /// <summary>
    /// The imported file has no request: it is made of the target URI that the file names, and its method is taken to be GET. What else was sent
    /// is not known.
    /// </summary>
    [JsonStringEnumMemberName("request_assumed")] RequestAssumed,

    /// <summary>The imported file has what was fetched, but no response: its head is made of the little that the file says.</summary>
    [JsonStringEnumMemberName("response_assumed")] ResponseAssumed,

    /// <summary>
    /// The imported file says that the body was the same as that of an exchange recorded before (a <c>revisit</c>, ISO 28500), from which it is taken.
    /// </summary>
    [JsonStringEnumMemberName("revisit_resolved")] RevisitResolved,

    /// <summary>As <see cref="RevisitResolved"/>, but that exchange is not in the file: the body is not known.</summary>
    [JsonStringEnumMemberName("revisit_unresolved")] RevisitUnresolved,

    /// <summary>The imported file names a digest that does not fit its own bytes.</summary>
    [JsonStringEnumMemberName("digest_mismatch")] DigestMismatch,
}
