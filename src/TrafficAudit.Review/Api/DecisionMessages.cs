namespace TrafficAudit.Review.Api;

/// <summary>Body of <c>POST /api/v1/decisions</c>.</summary>
/// <param name="Request">What is decided.</param>
/// <param name="By">Who decides.</param>
/// <param name="MakeRule">Whether the rejection becomes a rule of the lab.</param>
public sealed record DecisionMessage(DecisionRequest? Request = null, string? By = null, bool MakeRule = false);

/// <summary>Body of <c>POST /api/v1/decisions/ID/undo</c>.</summary>
/// <param name="By">Who takes it back.</param>
public sealed record ByMessage(string? By = null);

/// <summary>Body of <c>POST /api/v1/reviewers</c>.</summary>
/// <param name="Reviewers">How many must say the same: 1 or 2.</param>
/// <param name="By">Who says so.</param>
public sealed record ReviewersMessage(int Reviewers, string? By = null);
