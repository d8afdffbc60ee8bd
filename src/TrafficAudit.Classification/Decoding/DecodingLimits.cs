namespace TrafficAudit.Classification.Decoding;

/// <summary>
/// Bounds on the decoding of one message. Reaching one ends that branch and sets <see cref="DecodedMessage.Truncated"/>; what was
/// found before stays.
/// </summary>
public sealed record DecodingLimits
{
    /// <summary>The limits that are used when none are given.</summary>
    public static DecodingLimits Default { get; } = new();

    /// <summary>Most decoding steps on the way to one field, from 0 (nothing but HTTP's own syntax); 10 by default.</summary>
    public int Depth { get; init; } = 10;

    /// <summary>Deepest nesting of arrays and objects within one JSON document, from 1; 256 by default.</summary>
    public int JsonDepth { get; init; } = 256;

    /// <summary>Most fields, containers included; 200,000 by default.</summary>
    public int Fields { get; init; } = 200_000;

    /// <summary>Most bytes that decoders may yield in all; 32 MiB by default. Bytes that need no decoding don't count.</summary>
    public long DecodedBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>How many bytes one compressed byte may yield, beyond the first MiB of a stream; 200 by default.</summary>
    public int ExpansionRatio { get; init; } = 200;

    /// <summary>Longest time for one message; 2 s by default.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(2);
}
