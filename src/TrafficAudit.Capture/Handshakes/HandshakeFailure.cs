using TrafficAudit.Model;

namespace TrafficAudit.Capture.Handshakes;

/// <summary>
/// Why a client's TLS handshake failed, read from what the TLS library says. OpenSSL names the alert that came (RFC 8446, 6.2); where
/// the platform gives no alert, only that the client closed is known, and nothing more is claimed.
/// </summary>
internal static class HandshakeFailure
{
    private static readonly string[] Refusals =
        ["unknown ca", "bad certificate", "certificate unknown", "unsupported certificate", "certificate expired", "access denied", "certificate required"];

    private static readonly string[] NothingShared =
        ["no shared cipher", "unsupported protocol", "wrong version number", "protocol version", "no protocols available", "no suitable", "handshake failure", "version too low"];

    public static (FlowFailure Failure, string Detail) Of(Exception error)
    {
        for (var e = error; e is not null; e = e.InnerException)
        {
            if (Refusals.FirstOrDefault(r => e.Message.Contains(r, StringComparison.OrdinalIgnoreCase)) is { } alert)
            {
                return (FlowFailure.ClientRejectedCertificate, $"The client refused the proxy's certificate (TLS alert: {alert})");
            }

            if (NothingShared.FirstOrDefault(r => e.Message.Contains(r, StringComparison.OrdinalIgnoreCase)) is { } reason)
            {
                return (FlowFailure.ClientNoSharedCipher, $"Client and proxy share no TLS version or cipher ({reason})");
            }
        }

        return error switch
        {
            IOException => (FlowFailure.ClientClosedInHandshake, "The client closed the connection during the TLS handshake without saying why"),
            OperationCanceledException => (FlowFailure.ClientClosedInHandshake, "The client did not go on with the TLS handshake; it was closed"),
            _ => (FlowFailure.ClientProtocolError, "The TLS handshake with the client failed: what it sent is no TLS, or none that can be answered"),
        };
    }
}
