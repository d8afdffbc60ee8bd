using System.Text.Json.Serialization;

namespace TrafficAudit.Model;

/// <summary>Where the bytes of a message's head come from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HeadForm>))]
public enum HeadForm
{
    /// <summary>Byte for byte as received (HTTP/1.x).</summary>
    [JsonStringEnumMemberName("exact")] Exact,

    /// <summary>Written as HTTP/1.1 text from fields: HTTP/2, or an imported file that holds fields only.</summary>
    [JsonStringEnumMemberName("reconstructed")] Reconstructed,
}
