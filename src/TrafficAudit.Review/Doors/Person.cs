namespace TrafficAudit.Review.Doors;

/// <summary>Who looks at a page or asks the API.</summary>
/// <param name="Name">The name under which decisions and revealing are journalled.</param>
/// <param name="Role">What the person may do.</param>
public sealed record Person(string Name, Role Role)
{
    /// <summary>Whether the person may judge findings and transfers, and reveal values.</summary>
    public bool MayJudge => Role >= Role.Reviewer;

    /// <summary>Whether the person may change sessions, devices, users and settings.</summary>
    public bool MaySetUp => Role >= Role.Investigator;
}
