using System.Net;
using TrafficAudit.Capture.Connections;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Capture.Forwarding;
using TrafficAudit.Capture.Handshakes;
using TrafficAudit.Capture.Recording;
using TrafficAudit.Model;

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

    /// <summary>Hosts whose TLS connections are relayed without decryption from the start (<c>--bypass</c>).</summary>
    public HostPatterns Bypass { get; init; } = HostPatterns.None;

    /// <summary>What follows when an app refuses the proxy's certificate (<c>--on-refusal</c>).</summary>
    public OnRefusal OnRefusal { get; init; } = OnRefusal.Relay;

    /// <summary>Where the proxy stands (<c>--lab-position</c>), noted with every connection to a server; null where nobody said.</summary>
    public GeoPosition? LabPosition { get; init; }

    /// <summary>What phones have proved on the set-up page.</summary>
    public SetupChecks Checks { get; init; } = new();

    /// <summary>Told of each exemption before it takes effect, to keep it in the journal.</summary>
    public Func<Exemption, Task> Exempted { get; init; } = static _ => Task.CompletedTask;
}
