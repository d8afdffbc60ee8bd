namespace TrafficAudit.Capture.Recording;

/// <summary>How much of bodies and messages is kept, and where.</summary>
public sealed record CaptureLimits
{
    /// <summary>Up to this many bytes of a body lie in memory, beyond in a spool file. Default 512 KiB.</summary>
    public int MemoryBytes { get; init; } = 512 * 1024;

    /// <summary>Up to this many bytes of a body are kept, beyond they are counted and hashed only. Default 32 MiB; at least <see cref="MemoryBytes"/>.</summary>
    public long BodyBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Up to this many bytes of one WebSocket message are kept, beyond they are counted and hashed only. Default 1 MiB; it lies in memory.</summary>
    public int MessageBytes { get; init; } = 1024 * 1024;

    /// <summary>Up to this many bytes of all messages of one WebSocket are kept, beyond they are counted and hashed only. Default 1 GiB.</summary>
    public long ConversationBytes { get; init; } = 1L << 30;

    /// <summary>How long an exchange goes on being recorded after its client left. Default 30 s.</summary>
    public TimeSpan AfterClientLeft { get; init; } = TimeSpan.FromSeconds(30);
}
