using System.Collections.Immutable;

namespace TrafficAudit.Review.Flows;

/// <summary>One page of a long text.</summary>
/// <param name="Lines">Its lines.</param>
/// <param name="Page">Which page it is, from 1.</param>
/// <param name="HasMore">Whether another one follows.</param>
public sealed record Sheet(ImmutableArray<ImmutableArray<Piece>> Lines, int Page, bool HasMore);
