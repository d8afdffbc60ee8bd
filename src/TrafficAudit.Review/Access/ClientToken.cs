using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Access;

/// <summary>What a program may show instead of a person: a token of its own for the HTTP API. The token itself is not kept.</summary>
/// <param name="Name">What it is called: 1 to 64 characters.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Created">When it was made, UTC.</param>
/// <param name="Expires">From when on it is refused, UTC; null: never.</param>
/// <param name="LastUsed">The day (UTC) on which it was used last; null: never.</param>
public sealed record ClientToken(string Name, Role Role, DateTimeOffset Created, DateTimeOffset? Expires, DateOnly? LastUsed);
