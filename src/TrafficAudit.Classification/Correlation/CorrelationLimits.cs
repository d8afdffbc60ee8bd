namespace TrafficAudit.Classification.Correlation;

/// <summary>
/// Bounds on what a correlation keeps in mind. A place that comes when a bound is reached is not followed, and counted
/// (<see cref="CorrelationResult.NotFollowed"/>): an identifier may be missed then, never made up.
/// </summary>
public sealed record CorrelationLimits
{
    /// <summary>The limits that are used when none are given.</summary>
    public static CorrelationLimits Default { get; } = new();

    /// <summary>Most places whose values have not changed so far; 200,000 by default, some 400 bytes each.</summary>
    public int Places { get; init; } = 200_000;

    /// <summary>Most values at places and launches; 500,000 by default, some 250 bytes each.</summary>
    public int Sightings { get; init; } = 500_000;

    /// <summary>Most near misses, and most app constants, that are listed; 10,000 of each by default. Identifiers are listed all.</summary>
    public int Listed { get; init; } = 10_000;

    /// <summary>Most places that one flow may begin; 2,000 by default.</summary>
    public int PlacesOfFlow { get; init; } = 2_000;
}
