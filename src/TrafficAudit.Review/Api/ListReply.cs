namespace TrafficAudit.Review.Api;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">What it lists.</typeparam>
/// <param name="Results">The results of this page.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record ListReply<T>(IReadOnlyList<T> Results, string? Next);
