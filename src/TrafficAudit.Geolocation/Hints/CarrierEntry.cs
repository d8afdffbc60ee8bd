using System.Collections.Immutable;
using System.Net;

namespace TrafficAudit.Geolocation.Hints;

/// <summary>One network of <c>hints/networks.yaml</c>.</summary>
internal sealed record CarrierEntry
{
    public required string Name { get; init; }

    public required CarrierKind Kind { get; init; }

    /// <summary>Whether the ranges are all that the network has.</summary>
    public required bool IsComplete { get; init; }

    public required ImmutableArray<IPNetwork> Ranges { get; init; }

    public required ImmutableArray<long> Asns { get; init; }

    /// <summary>Domains, each with everything under it.</summary>
    public required ImmutableArray<string> Names { get; init; }

    public required Provenance Provenance { get; init; }
}
