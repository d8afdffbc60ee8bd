namespace TrafficAudit.Classification;

/// <summary>
/// Bounds on the search of one WebSocket's messages. Reaching one ends it and sets <see cref="ClassificationResult.DecodingTruncated"/>; what was found
/// before stays.
/// </summary>
public sealed record ConversationLimits
{
    /// <summary>The limits that are used when none are given.</summary>
    public static ConversationLimits Default { get; } = new();

    /// <summary>Most messages; 100,000 by default.</summary>
    public int Messages { get; init; } = 100_000;

    /// <summary>Most bytes of payload; 64 MiB by default.</summary>
    public long Bytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Most findings; 2,000 by default.</summary>
    public int Findings { get; init; } = 2_000;
}
