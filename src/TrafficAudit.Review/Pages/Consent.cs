using System.Text.Json.Serialization;

namespace TrafficAudit.Review.Pages;

/// <summary>Which side of the user's answer to the question for consent is shown.</summary>
public enum Consent
{
    /// <summary>Both.</summary>
    [JsonStringEnumMemberName("both")] Both,

    /// <summary>Before the answer.</summary>
    [JsonStringEnumMemberName("before")] Before,

    /// <summary>After it.</summary>
    [JsonStringEnumMemberName("after")] After,
}
