using System.Collections.Immutable;
using System.Net;

namespace TrafficAudit.Review;

/// <summary>Where the review UI listens and by which names it may be called.</summary>
public sealed record ReviewOptions
{
    /// <summary>
    /// The address to listen on, by default 127.0.0.1:8090; port 0 takes any free one. On an address that is not loopback everything,
    /// the token included, crosses the network unencrypted.
    /// </summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 8090);

    /// <summary>
    /// Further values of the <c>Host</c> header to answer to, beside the address listened on and, on loopback, <c>localhost</c>: a name
    /// alone (<c>lab-laptop.example</c>) goes with the port listened on, <c>name:port</c> stands for itself (a forwarded port). Every
    /// other name is refused, because a web site can make its own name point here (DNS rebinding).
    /// </summary>
    public ImmutableArray<string> AllowedHosts { get; init; } = [];
}
