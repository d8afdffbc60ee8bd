using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Erasing;

/// <summary>
/// What an erasure leaves of a flow's metadata, so that the case can still say that there was a flow, when, with which server, and how much passed. What the
/// phone or its user put there goes, and with it every digest of it: a short value can be guessed from its digest.
/// </summary>
internal static class ErasedMetadata
{
    public static FlowMetadata Of(FlowMetadata flow) => new()
    {
        Number = flow.Number,
        Kind = flow.Kind,
        Started = flow.Started,
        Duration = flow.Duration,
        Session = flow.Session,
        Phase = flow.Phase,
        Device = flow.Device,
        Origin = flow.Origin,
        Source = flow.Source,
        Scheme = flow.Scheme,
        Host = flow.Host,
        Port = flow.Port,
        Entrance = flow.Entrance,
        Connection = flow.Connection,
        Notes = flow.Notes,

        Upstream = flow.Upstream is { } server ? server with { Tls = Of(server.Tls) } : null,
        Request = Of(flow.Request),
        Response = Of(flow.Response),
        Messages = flow.Messages,
        Failure = flow.Failure,
        BytesSent = flow.BytesSent,
        BytesReceived = flow.BytesReceived,
    };

    /// <summary>The server's own certificate tells whose it is; the name that the client sent is the host, or nobody's business.</summary>
    private static TlsSession? Of(TlsSession? tls) =>
        tls is null ? null : tls with { ServerName = null, Certificates = tls.Certificates.IsDefaultOrEmpty ? [] : [tls.Certificates[0]] };

    private static MessageFacts? Of(MessageFacts? facts) => facts is null ? null : facts with { BodySha256 = "", Trailers = null };
}
