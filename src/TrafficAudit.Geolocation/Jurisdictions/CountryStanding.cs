using System.Text.Json.Serialization;

namespace TrafficAudit.Geolocation.Jurisdictions;

/// <summary>What a country is to a jurisdiction's rules on transfers abroad. No verdict: whether a transfer is lawful depends on more than the country.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CountryStanding>))]
public enum CountryStanding
{
    /// <summary>No country is known.</summary>
    [JsonStringEnumMemberName("unknown")] Unknown,

    /// <summary>At home: no transfer abroad.</summary>
    [JsonStringEnumMemberName("domestic")] Domestic,

    /// <summary>Recognised as protecting data well enough, perhaps on a condition or but for some items.</summary>
    [JsonStringEnumMemberName("recognised")] Recognised,

    /// <summary>Neither: a transfer needs another ground.</summary>
    [JsonStringEnumMemberName("other")] Other,

    /// <summary>Named by a rule that restricts transfers there.</summary>
    [JsonStringEnumMemberName("of_concern")] OfConcern,
}
