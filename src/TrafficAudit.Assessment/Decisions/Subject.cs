namespace TrafficAudit.Assessment.Decisions;

/// <summary>What is decided on. It is named by what stays the same when a case is analysed again, and by no value.</summary>
public abstract record Subject;
