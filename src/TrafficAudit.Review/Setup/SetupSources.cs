namespace TrafficAudit.Review.Setup;

/// <summary>What investigators set up on the review page.</summary>
/// <param name="Personas">The personas of the case.</param>
/// <param name="Case">What the case says of itself, and the other cases.</param>
/// <param name="Installation">What this installation has: databases, authority, room.</param>
public sealed record SetupSources(IPersonaDesk Personas, ICaseDesk Case, IInstallationSource Installation)
{
    /// <summary>The sessions that are being recorded; null when nothing is.</summary>
    public ISessionDesk? Sessions { get; init; }
}
