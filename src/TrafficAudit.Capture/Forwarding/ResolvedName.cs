using System.Collections.Immutable;
using System.Net;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>The addresses of a host and how they were found.</summary>
/// <param name="Source"><c>dns</c>, <c>option</c> or <c>literal</c>.</param>
/// <param name="Addresses">In the answer's order; empty when the name has none.</param>
/// <param name="Canonical">See <see cref="NameResolution"/>.</param>
/// <param name="Chain">See <see cref="NameResolution"/>.</param>
public sealed record ResolvedName(string Source, ImmutableArray<IPAddress> Addresses, string? Canonical = null, ImmutableArray<string>? Chain = null)
{
    /// <summary>The same as it is recorded.</summary>
    /// <param name="source">See <see cref="NameResolution"/>; null for <see cref="Source"/>.</param>
    public NameResolution ToResolution(string? source = null) => new(source ?? Source, [.. Addresses.Select(address => address.ToString())], Canonical, Chain);
}
