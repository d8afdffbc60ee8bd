using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Access;

/// <summary>A browser that has signed in.</summary>
/// <param name="id">Tells it from others; no secret (the digest of the cookie).</param>
/// <param name="person">Who signed in.</param>
/// <param name="stamp">What the user's password and role were then (<see cref="Users.StampOf"/>); null for whoever came by the token link.</param>
/// <param name="started">When.</param>
internal sealed class Session(string id, Person person, string? stamp, DateTimeOffset started)
{
    public string Id => id;

    public Person Person => person;

    public string? Stamp => stamp;

    public DateTimeOffset Started { get; } = started;

    /// <summary>When it was last used; written under the lock of <see cref="Sessions"/>.</summary>
    public DateTimeOffset LastUsed { get; set; } = started;
}
