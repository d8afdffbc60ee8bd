using System.Text.Json.Serialization;

namespace TrafficAudit.Geolocation.Hints;

/// <summary>What a network does with a request, and so what its address says of where data ends.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CarrierKind>))]
public enum CarrierKind
{
    /// <summary>One address is served from many places: a database's country for it means nothing.</summary>
    [JsonStringEnumMemberName("anycast")] Anycast,

    /// <summary>Content delivery: the address is an edge near the phone, and data may go on to an origin anywhere.</summary>
    [JsonStringEnumMemberName("cdn")] Cdn,

    /// <summary>A hosting provider: the machine is the customer's, its region the one the customer chose.</summary>
    [JsonStringEnumMemberName("cloud")] Cloud,
}
