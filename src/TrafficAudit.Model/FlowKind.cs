using System.Text.Json.Serialization;

namespace TrafficAudit.Model;

/// <summary>What a flow is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FlowKind>))]
public enum FlowKind
{
    /// <summary>One HTTP request and its response (RFC 9110).</summary>
    [JsonStringEnumMemberName("http")] Http,

    /// <summary>One WebSocket connection (RFC 6455).</summary>
    [JsonStringEnumMemberName("web_socket")] WebSocket,

    /// <summary>One connection that could not be read: not HTTP, not TLS, refused by the client, bypassed.</summary>
    [JsonStringEnumMemberName("opaque")] Opaque,
}
