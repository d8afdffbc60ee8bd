using System.Text.Json.Serialization;

namespace TrafficAudit.Review.Pages;

/// <summary>What became of a transfer from one session to another.</summary>
public enum TransferChange
{
    /// <summary>It is in the second alone.</summary>
    [JsonStringEnumMemberName("added")] Added,

    /// <summary>It is in the first alone.</summary>
    [JsonStringEnumMemberName("gone")] Gone,

    /// <summary>It is in both, and differs in more than how often it happened.</summary>
    [JsonStringEnumMemberName("changed")] Changed,

    /// <summary>It happened more or less often.</summary>
    [JsonStringEnumMemberName("counts")] Counts,

    /// <summary>It is the same.</summary>
    [JsonStringEnumMemberName("same")] Same,
}
