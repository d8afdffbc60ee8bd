using System.Text.Json.Serialization;

namespace TrafficAudit.Geolocation.Outlines;

/// <summary>What the time of a round trip says of the country that is claimed for a server.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RoundTripJudgement>))]
public enum RoundTripJudgement
{
    /// <summary>The server may be there or elsewhere; also where no outline of the country is known.</summary>
    [JsonStringEnumMemberName("open")] Open,

    /// <summary>The server can't be there: light would have taken longer.</summary>
    [JsonStringEnumMemberName("refutes")] Refutes,

    /// <summary>The server can be nowhere else: no other country is near enough.</summary>
    [JsonStringEnumMemberName("confirms")] Confirms,
}
