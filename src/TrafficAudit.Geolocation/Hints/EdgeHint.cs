namespace TrafficAudit.Geolocation.Hints;

/// <summary>What one header of a response says of the machine that answered. The server wrote it: a hint, no proof.</summary>
/// <param name="Header">The header's name, lower case.</param>
/// <param name="Network">The delivery network or cloud whose form the value has; null where the form is shared by several.</param>
/// <param name="Place">Where; null where only the network is named, or the code is in no table.</param>
/// <param name="IsOrigin">
/// Whether the place is that of the server behind the edge (an S3 bucket's region, a function's): where data went on to, and no contradiction to an edge
/// elsewhere.
/// </param>
public sealed record EdgeHint(string Header, string? Network, Place? Place, bool IsOrigin = false);
