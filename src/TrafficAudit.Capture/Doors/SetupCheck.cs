using System.Text.Json.Serialization;

namespace TrafficAudit.Capture.Doors;

/// <summary>What a phone proves about itself on the set-up page.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SetupCheck>))]
public enum SetupCheck
{
    /// <summary>A request of the phone came through the proxy.</summary>
    [JsonStringEnumMemberName("proxy_reached")] ProxyReached,

    /// <summary>The phone loaded a page over HTTPS with a certificate of this installation's authority.</summary>
    [JsonStringEnumMemberName("ca_trusted")] CaTrusted,

    /// <summary>That page came over HTTP/2.</summary>
    [JsonStringEnumMemberName("http2")] Http2,

    /// <summary>A WebSocket was opened and a message came back.</summary>
    [JsonStringEnumMemberName("web_socket")] WebSocket,
}
