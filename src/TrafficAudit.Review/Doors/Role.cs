using System.Text.Json.Serialization;

namespace TrafficAudit.Review.Doors;

/// <summary>What a person may do on the review page; each role may all that the ones before it may.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
public enum Role
{
    /// <summary>Reads, with every value masked.</summary>
    [JsonStringEnumMemberName("viewer")] Viewer,

    /// <summary>Judges, and reveals values.</summary>
    [JsonStringEnumMemberName("reviewer")] Reviewer,

    /// <summary>Runs sessions and the installation.</summary>
    [JsonStringEnumMemberName("investigator")] Investigator,
}
