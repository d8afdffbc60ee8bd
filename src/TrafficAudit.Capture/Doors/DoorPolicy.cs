using System.Text.Json.Serialization;

namespace TrafficAudit.Capture.Doors;

/// <summary>Which clients the proxy serves (<c>--accept-devices</c>).</summary>
public enum DoorPolicy
{
    /// <summary>Devices that opened the pairing link.</summary>
    [JsonStringEnumMemberName("paired")]
    Paired,

    /// <summary>Everybody who reaches the port; a client that isn't paired has no device.</summary>
    [JsonStringEnumMemberName("all")]
    All,
}
