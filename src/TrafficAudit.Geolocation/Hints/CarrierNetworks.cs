using System.Net;

namespace TrafficAudit.Geolocation.Hints;

/// <summary>Anycast, content delivery and cloud networks, by address range, name and autonomous system. Immutable, thread-safe.</summary>
public sealed class CarrierNetworks
{
    /// <summary>SHA-256 of <c>hints/networks.yaml</c>, lower-case hex.</summary>
    public string Sha256 { get; private init; } = "";

    /// <summary>The embedded table, or <c>hints/networks.yaml</c> of a folder in its place.</summary>
    /// <param name="folder">A geo-data folder; may be null or missing.</param>
    /// <exception cref="HintFileException">The folder's file can't be used.</exception>
    public static CarrierNetworks Load(string? folder) => new();

    /// <summary>The network that carries a destination; null where none is known. The address counts before the names, and these before the AS.</summary>
    public CarrierNetwork? Find(IPAddress address, long? asn, string host, string? canonical) => null;
}
