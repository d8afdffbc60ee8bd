namespace TrafficAudit.Geolocation.Hints;

/// <summary>The network that carries a destination.</summary>
/// <param name="Name">Its name (<c>Cloudflare</c>).</param>
/// <param name="Kind">What it does with a request.</param>
/// <param name="Basis">By what it was recognised.</param>
public sealed record CarrierNetwork(string Name, CarrierKind Kind, CarrierBasis Basis);
