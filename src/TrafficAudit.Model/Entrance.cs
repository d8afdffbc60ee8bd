using System.Text.Json.Serialization;

namespace TrafficAudit.Model;

/// <summary>How a client's connection came to the proxy.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Entrance>))]
public enum Entrance
{
    /// <summary>A request in absolute form (RFC 9112, section 3.2.2), as a client sends to its HTTP proxy for plain HTTP.</summary>
    [JsonStringEnumMemberName("absolute")] Absolute,

    /// <summary>A tunnel by <c>CONNECT</c> (RFC 9110, section 9.3.6).</summary>
    [JsonStringEnumMemberName("connect")] Connect,

    /// <summary>SOCKS version 5 (RFC 1928).</summary>
    [JsonStringEnumMemberName("socks5")] Socks5,

    /// <summary>The network led it here; the client knows of no proxy.</summary>
    [JsonStringEnumMemberName("transparent")] Transparent,
}
