namespace TrafficAudit.Capture.Connections;

/// <summary>What one client may cost the proxy.</summary>
public sealed record ClientLimits
{
    /// <summary>How long a request's head may take from its first byte to its empty line (HTTP/1.x). Default 30 s.</summary>
    public TimeSpan HeadTime { get; init; } = TimeSpan.FromSeconds(30);
}
