using System.Security.Cryptography.X509Certificates;
using TrafficAudit.Capture.Names;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>How requests go on to servers.</summary>
public sealed record ForwardingOptions
{
    /// <summary>How long one address may take to accept a connection. Default 15 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long an exchange may go without a byte in either direction before it is ended. Default 300 s, for long polls.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Certificates trusted for servers in addition to the system's roots (<c>--upstream-ca</c>).</summary>
    public X509Certificate2Collection AdditionalRoots { get; init; } = [];

    /// <summary>A proxy that all connections to servers go through; null for none.</summary>
    public UpstreamProxy? UpstreamProxy { get; init; }

    /// <summary>Names answered without DNS.</summary>
    public ResolveRules Resolve { get; init; } = ResolveRules.Parse([]);

    /// <summary>The name servers to ask instead of the system's resolver (<c>--dns</c>); null for none.</summary>
    public DnsServers? Dns { get; init; }
}
