using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Access;

/// <summary>A person who may sign in.</summary>
/// <param name="Name">1 to 64 characters; told apart from others without regard to case.</param>
/// <param name="Role">What the person may do.</param>
/// <param name="Added">When the user was added, UTC.</param>
public sealed record User(string Name, Role Role, DateTimeOffset Added);
