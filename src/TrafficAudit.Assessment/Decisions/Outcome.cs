using System.Text.Json.Serialization;

namespace TrafficAudit.Assessment.Decisions;

/// <summary>What a decision says of its subjects.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Outcome>))]
public enum Outcome
{
    /// <summary>It is as the program says.</summary>
    [JsonStringEnumMemberName("confirmed")] Confirmed,

    /// <summary>It is not, or does not count.</summary>
    [JsonStringEnumMemberName("rejected")] Rejected,

    /// <summary>What was decided before, by whomever, counts no longer.</summary>
    [JsonStringEnumMemberName("reopened")] Reopened,
}
