namespace TrafficAudit.Assessment.Decisions;

/// <summary>A decision in the history of a case.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="UndoneBy">The decision that took it back; null while it is in force.</param>
public sealed record DecisionEntry(Decision Decision, Decision? UndoneBy)
{
    /// <summary>Whether it counts.</summary>
    public bool IsInForce => UndoneBy is null;
}
