namespace TrafficAudit.Setup;

/// <summary>Where the things of an installation lie.</summary>
/// <param name="Home">Authority, keys and users.</param>
/// <param name="Captures">The cases, and the lab's rules.</param>
/// <param name="GeoData">The lab's databases.</param>
internal sealed record InstallationPlaces(string Home, string Captures, string GeoData);
