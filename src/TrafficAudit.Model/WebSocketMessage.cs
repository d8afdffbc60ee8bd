namespace TrafficAudit.Model;

/// <summary>One message of a WebSocket: its frames put together, unmasked, and decompressed where permessage-deflate (RFC 7692) was used.</summary>
public sealed record WebSocketMessage
{
    private const int StatusCodeLength = 2;

    /// <summary>Its place in the conversation, both directions counted together, from 0.</summary>
    public required long Index { get; init; }

    /// <summary>When its last byte passed, UTC.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Which way it went: <see cref="MessageKind.WebSocketSent"/> or <see cref="MessageKind.WebSocketReceived"/>.</summary>
    public required MessageKind Kind { get; init; }

    /// <summary>What it is.</summary>
    public required WebSocketMessageType Type { get; init; }

    /// <summary>Bytes of its payload as the application sent it, before compression.</summary>
    public required long Length { get; init; }

    /// <summary>What was kept of the payload: all of it, or as much of its beginning as the capture limits allow.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>What the payload says: of a close message what follows its status code (RFC 6455, section 5.5.1), of others all of it.</summary>
    public ReadOnlyMemory<byte> Content => Type == WebSocketMessageType.Close ? Payload[Math.Min(StatusCodeLength, Payload.Length)..] : Payload;

    /// <summary>SHA-256 (lower-case hex) of all <see cref="Length"/> bytes where not all were kept; null where they were.</summary>
    public string? Sha256 { get; init; }

    /// <summary>False when the connection, or what could be read of it, ended before the message did; <see cref="Length"/> is what came.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>Whether a capture limit cut it.</summary>
    public bool IsTruncated => Payload.Length < Length;
}
