namespace TrafficAudit.Geolocation.Hints;

/// <summary>What one header of a response says of the machine that answered. The server wrote it: a hint, no proof.</summary>
/// <param name="Header">The header's name, lower case.</param>
/// <param name="Network">The delivery network or cloud whose form the value has; null where the form is shared by several.</param>
/// <param name="Place">Where; null where only the network is named, or the code is in no table.</param>
public sealed record EdgeHint(string Header, string? Network, Place? Place)
{
    /// <summary>What that network does with a request; null where none is named.</summary>
    public CarrierKind? Kind { get; init; }
}
