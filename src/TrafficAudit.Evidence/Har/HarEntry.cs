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

    /// <summary>How many messages a WebSocket entry holds; null where it is none.</summary>
    public int? WebSocketMessages { get; set; }

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
}
