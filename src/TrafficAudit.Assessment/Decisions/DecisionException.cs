namespace TrafficAudit.Assessment.Decisions;

/// <summary>A decision that can't be made, for a reason that whoever makes it can mend.</summary>
public sealed class DecisionException(string message) : Exception(message);
