using System.Text.Json.Serialization;

namespace TrafficAudit.Model;

/// <summary>What a WebSocket message is: its first frame's opcode (RFC 6455, section 5.2).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WebSocketMessageType>))]
public enum WebSocketMessageType
{
    /// <summary>Text in UTF-8 (opcode 1).</summary>
    [JsonStringEnumMemberName("text")] Text,

    /// <summary>Any bytes (opcode 2).</summary>
    [JsonStringEnumMemberName("binary")] Binary,

    /// <summary>A ping, perhaps with data (opcode 9).</summary>
    [JsonStringEnumMemberName("ping")] Ping,

    /// <summary>A pong, perhaps with data (opcode 10).</summary>
    [JsonStringEnumMemberName("pong")] Pong,

    /// <summary>The end: a status code in two bytes and a reason, or nothing (opcode 8; RFC 6455, section 5.5.1).</summary>
    [JsonStringEnumMemberName("close")] Close,
}
