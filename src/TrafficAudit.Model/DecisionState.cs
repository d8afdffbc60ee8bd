using System.Text.Json.Serialization;

namespace TrafficAudit.Model;

/// <summary>What people have decided on a finding or a transfer so far.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DecisionState>))]
public enum DecisionState
{
    /// <summary>Nobody has decided, or it was opened again.</summary>
    [JsonStringEnumMemberName("open")] Open,

    /// <summary>One reviewer has decided, and the case wants a second one who says the same.</summary>
    [JsonStringEnumMemberName("awaiting_second")] AwaitingSecond,

    /// <summary>It is as the program says.</summary>
    [JsonStringEnumMemberName("confirmed")] Confirmed,

    /// <summary>It is not, or does not count, for a reason that was given.</summary>
    [JsonStringEnumMemberName("rejected")] Rejected,

    /// <summary>The case wants two reviewers, and those who decided do not say the same.</summary>
    [JsonStringEnumMemberName("contested")] Contested,
}
