using System.Collections.Frozen;
using System.Collections.Immutable;

namespace TrafficAudit.Geolocation.Hints;

/// <summary>One provider of <c>hints/cloud-regions.yaml</c>: its codes, and where in its names they stand.</summary>
internal sealed record RegionProvider
{
    public required string Name { get; init; }

    public required ImmutableArray<HostForm> Hosts { get; init; }

    /// <summary>By code, in any case; where its names have airports' codes, only those that are its own and no airport's there.</summary>
    public required FrozenDictionary<string, Place> Regions { get; init; }

    public required Provenance Provenance { get; init; }
}
