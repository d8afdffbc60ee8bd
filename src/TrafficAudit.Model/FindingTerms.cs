using System.Text.Json.Serialization;

namespace TrafficAudit.Model;

/// <summary>What found an item.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Detector>))]
public enum Detector
{
    /// <summary>A value of the test persona, in some form.</summary>
    [JsonStringEnumMemberName("persona")] Persona,

    /// <summary>A rule for this endpoint and path.</summary>
    [JsonStringEnumMemberName("rule")] Rule,

    /// <summary>A format with its checks.</summary>
    [JsonStringEnumMemberName("pattern")] Pattern,

    /// <summary>A key that names an item.</summary>
    [JsonStringEnumMemberName("key")] Key,

    /// <summary>A value that stays the same on one device and differs between devices.</summary>
    [JsonStringEnumMemberName("correlation")] Correlation,
}

/// <summary>Grades of evidence, best first (design: classification, "Detection").</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Strength>))]
public enum Strength
{
    /// <summary>A known value of 20 bits or more.</summary>
    [JsonStringEnumMemberName("A")] A,

    /// <summary>An endpoint rule.</summary>
    [JsonStringEnumMemberName("B")] B,

    /// <summary>A self-checking format whose every check passes, with a matching key; or a correlation that nothing speaks against.</summary>
    [JsonStringEnumMemberName("C")] C,

    /// <summary>A format and a key that agree, a known value of little entropy, or a correlation whose circumstances were not all noted.</summary>
    [JsonStringEnumMemberName("D")] D,

    /// <summary>A key that names an item, with a value that is not a placeholder.</summary>
    [JsonStringEnumMemberName("E")] E,

    /// <summary>A format alone, or a correlation that lacks a device, a session or the like: shown on request, not counted.</summary>
    [JsonStringEnumMemberName("F")] F,
}

/// <summary>What a reader may conclude from a finding.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Confidence>))]
public enum Confidence
{
    /// <summary>Strength A, B or C.</summary>
    [JsonStringEnumMemberName("certain")] Certain,

    /// <summary>Strength D.</summary>
    [JsonStringEnumMemberName("likely")] Likely,

    /// <summary>Strength E or F.</summary>
    [JsonStringEnumMemberName("possible")] Possible,
}

/// <summary>In which state a value travelled.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingState>))]
public enum FindingState
{
    /// <summary>As it is.</summary>
    [JsonStringEnumMemberName("clear")] Clear,

    /// <summary>As a digest.</summary>
    [JsonStringEnumMemberName("hashed")] Hashed,

    /// <summary>In a text encoding of the value itself (base64, hex), which anyone can undo.</summary>
    [JsonStringEnumMemberName("encoded")] Encoded,

    /// <summary>Partly replaced by asterisks or the like.</summary>
    [JsonStringEnumMemberName("masked")] Masked,

    /// <summary>Asked for but unavailable: a placeholder such as the all-zero advertising ID.</summary>
    [JsonStringEnumMemberName("zeroed")] Zeroed,

    /// <summary>Encrypted by the app.</summary>
    [JsonStringEnumMemberName("encrypted")] Encrypted,
}

/// <summary>Which way an item went.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Direction>))]
public enum Direction
{
    /// <summary>From the app to a server.</summary>
    [JsonStringEnumMemberName("collected")] Collected,

    /// <summary>From a server to the app.</summary>
    [JsonStringEnumMemberName("disclosed")] Disclosed,
}

/// <summary>Which message of a flow.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MessageKind>))]
public enum MessageKind
{
    /// <summary>The HTTP request.</summary>
    [JsonStringEnumMemberName("request")] Request,

    /// <summary>The HTTP response.</summary>
    [JsonStringEnumMemberName("response")] Response,

    /// <summary>A WebSocket message from the client.</summary>
    [JsonStringEnumMemberName("ws_sent")] WebSocketSent,

    /// <summary>A WebSocket message from the server.</summary>
    [JsonStringEnumMemberName("ws_received")] WebSocketReceived,
}

/// <summary>Which part of a message.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MessagePart>))]
public enum MessagePart
{
    /// <summary>The URL as a whole: user information, fragment.</summary>
    [JsonStringEnumMemberName("url")] Url,

    /// <summary>The URL's path.</summary>
    [JsonStringEnumMemberName("path")] Path,

    /// <summary>The URL's query.</summary>
    [JsonStringEnumMemberName("query")] Query,

    /// <summary>A header field.</summary>
    [JsonStringEnumMemberName("header")] Header,

    /// <summary>A cookie, sent or set.</summary>
    [JsonStringEnumMemberName("cookie")] Cookie,

    /// <summary>The body.</summary>
    [JsonStringEnumMemberName("body")] Body,
}
