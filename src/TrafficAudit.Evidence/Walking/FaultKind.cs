using System.Text.Json.Serialization;

namespace TrafficAudit.Evidence.Walking;

/// <summary>What is wrong with a piece of evidence; a closed list of tokens, never reused for another meaning.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultKind>))]
public enum FaultKind
{
    /// <summary>The bytes are not those that were written.</summary>
    [JsonStringEnumMemberName("changed")]
    Changed,

    /// <summary>Something that was there is not there.</summary>
    [JsonStringEnumMemberName("missing")]
    Missing,

    /// <summary>Something is there that was not, or is there twice.</summary>
    [JsonStringEnumMemberName("added")]
    Added,

    /// <summary>A record does not stand where it stood.</summary>
    [JsonStringEnumMemberName("reordered")]
    Reordered,

    /// <summary>A file ends too early.</summary>
    [JsonStringEnumMemberName("truncated")]
    Truncated,

    /// <summary>Digests that should say the same do not.</summary>
    [JsonStringEnumMemberName("digests_disagree")]
    DigestsDisagree,

    /// <summary>A seal is not signed by the key beside it.</summary>
    [JsonStringEnumMemberName("bad_signature")]
    BadSignature,

    /// <summary>A timestamp is not that of the seal, or not by whom it must be.</summary>
    [JsonStringEnumMemberName("bad_timestamp")]
    BadTimestamp,

    /// <summary>The seal is by another key than the one that was lodged elsewhere.</summary>
    [JsonStringEnumMemberName("other_key")]
    OtherKey,
}
