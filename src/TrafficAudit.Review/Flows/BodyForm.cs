using System.Text.Json.Serialization;

namespace TrafficAudit.Review.Flows;

/// <summary>How bodies are shown; the tokens stand in the page's address.</summary>
public enum BodyForm
{
    /// <summary>Decoded and laid out by what it is.</summary>
    [JsonStringEnumMemberName("pretty")] Pretty,

    /// <summary>As transferred, without content coding.</summary>
    [JsonStringEnumMemberName("text")] Text,

    /// <summary>As bytes, without content coding.</summary>
    [JsonStringEnumMemberName("hex")] Hex,
}
