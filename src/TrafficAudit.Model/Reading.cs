using System.Text.Json.Serialization;

namespace TrafficAudit.Model;

/// <summary>Whether what passed on a connection, or in one of its flows, could be read: what weighs a "not found".</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Reading>))]
public enum Reading
{
    /// <summary>At least one exchange was decrypted, parsed and brought to its server: what it said is in the case and was searched.</summary>
    [JsonStringEnumMemberName("read")] Read,

    /// <summary>The client spoke, or would have, and nobody could read it: something may have been said that this case can't show.</summary>
    [JsonStringEnumMemberName("unread")] Unread,

    /// <summary>Nothing reached a server: there was nothing to miss.</summary>
    [JsonStringEnumMemberName("failed")] Failed,
}

/// <summary>How far a flow came, and whether it could be read: one rule for transfers, coverage and the terminal.</summary>
public static class Readings
{
    /// <summary>Whether an exchange's request can have arrived at its server.</summary>
    /// <param name="failure">Why the exchange is not complete; null when it is.</param>
    /// <param name="isConnected">Whether an address was connected to.</param>
    public static bool IsDelivered(FlowFailure? failure, bool isConnected) => failure switch
    {
        null => true,
        FlowFailure.ClientRejectedCertificate or FlowFailure.ClientClosedInHandshake or FlowFailure.ClientNoSharedCipher
            or FlowFailure.ClientProtocolError => false,
        _ => !IsBeforeServer(failure) && isConnected,
    };

    /// <summary>
    /// Whether a flow was read. An exchange is read when it was delivered. An opaque flow is unread whatever the client did (also when it refused
    /// our certificate, or went after the handshake without a byte: what it would have said stayed hidden), and failed when no server could be had
    /// for it, or when the client opened a tunnel or an HTTP/2 connection, as browsers do in advance, and began nothing in it.
    /// </summary>
    /// <param name="kind">What the flow is.</param>
    /// <param name="failure">Why it is not a complete exchange; null when it is.</param>
    /// <param name="isConnected">Whether an address was connected to.</param>
    /// <param name="scheme">The flow's scheme: of an opaque one <c>tls</c>, <c>tcp</c>, or <c>https</c> where HTTP was begun.</param>
    public static Reading Of(FlowKind kind, FlowFailure? failure, bool isConnected, string scheme)
    {
        if (kind != FlowKind.Opaque)
        {
            return IsDelivered(failure, isConnected) ? Reading.Read : Reading.Failed;
        }

        var isTooEarly = !isConnected && failure is (FlowFailure.UpstreamTimeout or FlowFailure.UpstreamReset);
        var isUnused = failure is FlowFailure.ClientSentNothing && scheme != "tls";
        return IsBeforeServer(failure) || isTooEarly || isUnused ? Reading.Failed : Reading.Unread;
    }

    /// <summary>Failures after which no application byte can have gone to the server.</summary>
    private static bool IsBeforeServer(FlowFailure? failure) =>
        failure is FlowFailure.DnsFailed or FlowFailure.PolicyDenied or FlowFailure.UpstreamProxyFailed or FlowFailure.UpstreamRefused
            or FlowFailure.UpstreamCertificateInvalid or FlowFailure.UpstreamTlsFailed;
}
