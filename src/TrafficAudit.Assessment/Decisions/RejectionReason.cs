using System.Text.Json.Serialization;

namespace TrafficAudit.Assessment.Decisions;

/// <summary>The usual reasons of a rejection; a reviewer may write another in own words.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RejectionReason>))]
public enum RejectionReason
{
    /// <summary>What was found is not the item.</summary>
    [JsonStringEnumMemberName("false_positive")] FalsePositive,

    /// <summary>It is the item, and no personal data here.</summary>
    [JsonStringEnumMemberName("not_personal")] NotPersonal,

    /// <summary>The test itself brought it about.</summary>
    [JsonStringEnumMemberName("test_artefact")] TestArtefact,

    /// <summary>The same is counted elsewhere.</summary>
    [JsonStringEnumMemberName("duplicate")] Duplicate,
}
