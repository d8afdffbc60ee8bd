namespace TrafficAudit.Geolocation.Updates;

/// <summary>What an update may cost. The largest files of the makers have a tenth of it.</summary>
internal sealed record UpdateLimits
{
    /// <summary>Bytes of one file as it comes.</summary>
    public long Packed { get; init; } = 1L << 30;

    /// <summary>Bytes of one file unpacked.</summary>
    public long Unpacked { get; init; } = 2L << 30;

    /// <summary>For one file, its checksum included.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(15);
}
