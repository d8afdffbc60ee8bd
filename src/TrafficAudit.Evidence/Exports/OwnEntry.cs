using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Exports;

/// <summary><c>_trafficAudit</c> of a HAR's entry: what HAR has no place for, so that an import gives the same flow.</summary>
internal sealed record OwnEntry
{
    public required FlowMetadata Flow { get; init; }

    /// <summary>The request's head, byte for byte; null where there is no request.</summary>
    public byte[]? RequestHead { get; init; }

    /// <summary>The response's head, byte for byte; null where there is none.</summary>
    public byte[]? ResponseHead { get; init; }

    /// <summary>The request's body with its content coding, where the entry's own text is without it.</summary>
    public byte[]? RequestBody { get; init; }

    /// <summary>The response's body with its content coding, where the entry's own text is without it.</summary>
    public byte[]? ResponseBody { get; init; }

    /// <summary>Messages, or bytes of bodies, that the entry leaves out since it would be too large.</summary>
    public string? LeftOut { get; init; }

    public FlowNotes? Notes { get; init; }
}

/// <summary><c>_trafficAudit</c> of a WebSocket message: what Chrome's form has no place for.</summary>
internal sealed record OwnMessage
{
    /// <summary>Exact to 100 ns.</summary>
    public required DateTimeOffset Time { get; init; }

    public required long Index { get; init; }

    public required long Length { get; init; }

    public string? Sha256 { get; init; }

    /// <summary>False when it broke off; null when it did not.</summary>
    public bool? Complete { get; init; }

    /// <summary>Whether <c>data</c> is in base64; a text that is no UTF-8 is, too.</summary>
    public bool Base64 { get; init; }
}
