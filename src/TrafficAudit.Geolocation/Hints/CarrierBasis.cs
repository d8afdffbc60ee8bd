using System.Text.Json.Serialization;

namespace TrafficAudit.Geolocation.Hints;

/// <summary>By what a network was recognised.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CarrierBasis>))]
public enum CarrierBasis
{
    /// <summary>The address is in a range that the network publishes.</summary>
    [JsonStringEnumMemberName("range")] Range,

    /// <summary>The host's name, or the canonical name that it led to, is one of the network's.</summary>
    [JsonStringEnumMemberName("name")] Name,

    /// <summary>The address is announced by the network's autonomous system.</summary>
    [JsonStringEnumMemberName("asn")] Asn,
}
