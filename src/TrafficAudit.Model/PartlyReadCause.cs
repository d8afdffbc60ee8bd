using System.Text.Json.Serialization;

namespace TrafficAudit.Model;

/// <summary>Why an exchange that was read was not read to its last byte: a closed list.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PartlyReadCause>))]
public enum PartlyReadCause
{
    /// <summary>Bodies or messages beyond the capture limit were counted only.</summary>
    [JsonStringEnumMemberName("capture_limit")] CaptureLimit,

    /// <summary>A bound ended the decoding early: what was not found may still be there.</summary>
    [JsonStringEnumMemberName("decoding_truncated")] DecodingTruncated,

    /// <summary>Bytes of a WebSocket passed that could not be read as messages (RFC 6455).</summary>
    [JsonStringEnumMemberName("messages_unreadable")] MessagesUnreadable,
}
