using System.Text.Json;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Har;

/// <summary>One entry of a HAR as the file has it: what the HAR 1.2 specification and its writers' extensions name, unchecked.</summary>
internal sealed class HarEntry
{
    public string? Started { get; set; }

    /// <summary>Milliseconds.</summary>
    public double? Time { get; set; }

    public string? ServerAddress { get; set; }

    /// <summary>Chrome: <c>websocket</c>, <c>xhr</c> …</summary>
    public string? ResourceType { get; set; }

    /// <summary>Chrome: <c>memory</c>, <c>disk</c>, when the browser's cache answered.</summary>
    public string? FromCache { get; set; }

    /// <summary>Safari: <c>Network Load</c>, <c>Memory Cache</c>, <c>Disk Cache</c> …</summary>
    public string? FetchType { get; set; }

    /// <summary>What went wrong, in the writer's words.</summary>
    public string? Error { get; set; }

    /// <summary><c>_webSocketMessages</c> (Chrome, HTTP Toolkit, mitmproxy); null where there are none.</summary>
    public List<HarMessage>? Messages { get; set; }

    /// <summary>Messages beyond those that were read.</summary>
    public long MessagesLeftOut { get; set; }

    /// <summary>HTTP Toolkit: <c>_webSocketClose.code</c>.</summary>
    public double? CloseCode { get; set; }

    /// <summary>What an element of HTTP Toolkit's <c>_tlsErrors</c> has beside <see cref="Started"/> and <see cref="Time"/>.</summary>
    public HarTlsError TlsError { get; } = new();

    /// <summary>This program: <c>_trafficAudit</c>, what its exports have beside HAR.</summary>
    public JsonElement? Own { get; set; }

    public HarRequest Request { get; } = new();

    public HarResponse Response { get; } = new();

    public HarTimings Timings { get; } = new();
}

/// <summary>An entry's request.</summary>
internal sealed class HarRequest
{
    public string? Method { get; set; }

    public string? Url { get; set; }

    public string? HttpVersion { get; set; }

    public List<HeaderField> Headers { get; } = [];

    public double? BodySize { get; set; }

    /// <summary><c>postData</c>.</summary>
    public HarContent PostData { get; } = new();

    /// <summary>HTTP Toolkit: <c>_content</c>, a body that <c>postData</c> can't hold.</summary>
    public HarContent Content { get; } = new();

    public List<HarParam> Params { get; } = [];
}

/// <summary>An entry's response; <see cref="Status"/> is null or 0 where none came.</summary>
internal sealed class HarResponse
{
    public double? Status { get; set; }

    public string? StatusText { get; set; }

    public string? HttpVersion { get; set; }

    public List<HeaderField> Headers { get; } = [];

    public HarContent Content { get; } = new();
}

/// <summary>A body: its text, or base64 of its bytes.</summary>
internal sealed class HarContent
{
    public string? MimeType { get; set; }

    public byte[]? Text { get; set; }

    public string? Encoding { get; set; }

    /// <summary>Bytes without content coding; some writers: with it, then <see cref="Compression"/> tells the difference.</summary>
    public double? Size { get; set; }

    public double? Compression { get; set; }
}

/// <summary>One posted parameter.</summary>
internal sealed class HarParam
{
    public string Name { get; set; } = "";

    public string Value { get; set; } = "";

    public string? FileName { get; set; }

    public string? ContentType { get; set; }
}

/// <summary>Milliseconds; negative where a step did not happen, null where the file does not say.</summary>
internal sealed class HarTimings
{
    public double? Blocked { get; set; }

    public double? Dns { get; set; }

    public double? Connect { get; set; }

    public double? Send { get; set; }

    public double? Wait { get; set; }

    /// <summary>
    /// From the request's start to the response's head; null where the file does not say. -1 stands for a step that did not happen (a reused connection).
    /// </summary>
    public TimeSpan? ToResponse =>
        Wait is >= 0 and var wait ? ImportedValue.Duration(Step(Blocked) + Step(Dns) + Step(Connect) + Step(Send) + wait) : null;

    private static double Step(double? milliseconds) => Math.Max(0, milliseconds ?? 0);
}

/// <summary>One message of a WebSocket.</summary>
internal sealed class HarMessage
{
    /// <inheritdoc cref="HarEntry.Own"/>
    public JsonElement? Own { get; set; }

    /// <summary><c>send</c>, <c>receive</c>; Chrome also <c>error</c>.</summary>
    public string? Type { get; set; }

    /// <summary>Seconds since 1970, in the file's own digits.</summary>
    public string? Time { get; set; }

    /// <summary>RFC 6455, section 5.2.</summary>
    public double? Opcode { get; set; }

    /// <summary>Text for opcode 1, base64 for all others.</summary>
    public byte[]? Data { get; set; }
}

/// <summary>A client's connection whose TLS handshake failed.</summary>
internal sealed class HarTlsError
{
    public string? HostName { get; set; }

    public string? Cause { get; set; }

    public string? ClientAddress { get; set; }

    public double? ClientPort { get; set; }

    /// <summary><c>tlsMetadata.sniHostname</c>.</summary>
    public string? ServerName { get; set; }
}
