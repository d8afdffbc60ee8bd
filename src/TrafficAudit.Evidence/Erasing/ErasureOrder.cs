namespace TrafficAudit.Evidence.Erasing;

/// <summary>What somebody wants erased.</summary>
public sealed record ErasureOrder
{
    /// <summary>The numbers of the flows.</summary>
    public required IReadOnlySet<long> Flows { get; init; }

    /// <summary>Who wants it.</summary>
    public required string Operator { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <inheritdoc cref="PendingErasure.Filter"/>
    public string? Filter { get; init; }

    /// <inheritdoc cref="PendingErasure.FilterWithheld"/>
    public bool FilterWithheld { get; init; }

    /// <inheritdoc cref="PendingErasure.RetentionDays"/>
    public int? RetentionDays { get; init; }
}
