namespace TrafficAudit.Evidence;

/// <summary>How evidence is written.</summary>
public sealed record EvidenceOptions
{
    /// <summary>The program's name and version, for <c>warcinfo</c>.</summary>
    public required string Software { get; init; }

    /// <summary>More lines for <c>warcinfo</c>, in their order: operator, machine, digest of the options, clock. None by default.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Provenance { get; init; } = [];

    /// <summary>A segment is closed when it is this long. Default 1 GiB.</summary>
    public long SegmentBytes { get; init; } = 1L << 30;

    /// <summary>A segment is closed when it holds this many flows. Default 100,000.</summary>
    public int SegmentFlows { get; init; } = 100_000;

    /// <summary>How many flows may wait to be written; who brings more waits. Default 1,024.</summary>
    public int WaitingFlows { get; init; } = 1024;

    /// <summary>How many bytes of bodies in memory may wait to be written; who brings more waits. Default 64 MiB.</summary>
    public int WaitingBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Whether an erasure that is pending is finished by this writer; for every other the case can't be written until then.</summary>
    internal bool FinishesErasure { get; init; }
}
