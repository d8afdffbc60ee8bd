using System.Net;
using TrafficAudit.Capture.Connections;
using TrafficAudit.Capture.Forwarding;
using TrafficAudit.Capture.Recording;

namespace TrafficAudit.Capture;

/// <summary>Everything that the proxy can be told.</summary>
public sealed record ProxyOptions
{
    /// <summary>Where phones connect; port 0 takes a free one.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>A folder for bodies that are too large for memory, on the evidence's disk; it exists and is private.</summary>
    public required string SpoolFolder { get; init; }

    /// <summary>How much of bodies is kept.</summary>
    public CaptureLimits Limits { get; init; } = new();

    /// <summary>What one client may cost the proxy.</summary>
    public ClientLimits Clients { get; init; } = new();

    /// <summary>How requests go on to servers.</summary>
    public ForwardingOptions Forwarding { get; init; } = new();
}
