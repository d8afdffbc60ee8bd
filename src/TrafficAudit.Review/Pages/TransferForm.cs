using System.Text.Json.Serialization;

namespace TrafficAudit.Review.Pages;

/// <summary>How the transfers are shown.</summary>
public enum TransferForm
{
    /// <summary>One after the other.</summary>
    [JsonStringEnumMemberName("table")] Table,

    /// <summary>Items against recipients.</summary>
    [JsonStringEnumMemberName("matrix")] Matrix,

    /// <summary>Added up by country.</summary>
    [JsonStringEnumMemberName("countries")] Countries,

    /// <summary>Added up by recipient.</summary>
    [JsonStringEnumMemberName("recipients")] Recipients,

    /// <summary>On a map of the world.</summary>
    [JsonStringEnumMemberName("map")] Map,
}
