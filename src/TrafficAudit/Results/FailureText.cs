using TrafficAudit.Model;

namespace TrafficAudit.Results;

/// <summary>What a failure token means, in a few plain words for the terminal.</summary>
internal static class FailureText
{
    public static string Of(FlowFailure failure) => failure switch
    {
        FlowFailure.ClientRejectedCertificate => "the app refused the proxy's certificate",
        FlowFailure.ClientClosedInHandshake => "the app closed during the TLS handshake",
        FlowFailure.ClientNoSharedCipher => "app and proxy share no TLS version or cipher",
        FlowFailure.ClientProtocolError => "the bytes break HTTP",
        FlowFailure.ClientReset => "the app went away",
        FlowFailure.NotHttp => "the bytes are neither TLS nor HTTP",
        FlowFailure.NotTls => "TLS was expected and did not come",
        FlowFailure.ClientSentNothing => "the app closed after the TLS handshake without a byte",
        FlowFailure.Bypassed => "left alone as asked (--bypass)",
        FlowFailure.Exempted => "left alone because the app had refused the proxy's certificate",
        FlowFailure.DnsFailed => "the name has no address",
        FlowFailure.PolicyDenied => "the proxy does not forward to this destination",
        FlowFailure.UpstreamProxyFailed => "the upstream proxy did not open the connection",
        FlowFailure.UpstreamRefused => "the server refused the connection",
        FlowFailure.UpstreamTimeout => "the server did not answer in time",
        FlowFailure.UpstreamReset => "the server ended the connection",
        FlowFailure.UpstreamCertificateInvalid => "the server's certificate did not verify",
        FlowFailure.UpstreamTlsFailed => "the TLS handshake with the server failed",
        FlowFailure.UpstreamProtocolError => "the server's answer is not HTTP",
        FlowFailure.Interrupted => "the recording ended",
        _ => Token.Of(failure),
    };
}
