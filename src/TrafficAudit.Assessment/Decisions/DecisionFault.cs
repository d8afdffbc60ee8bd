namespace TrafficAudit.Assessment.Decisions;

/// <summary>A journal record of a decision that could not be understood, or can't have its effect; it is left out and told.</summary>
/// <param name="Time">The record's time.</param>
/// <param name="Reason">What is wrong, in one sentence without values.</param>
public sealed record DecisionFault(DateTimeOffset Time, string Reason);
