using System.Collections.Immutable;

namespace TrafficAudit.Review.Setup;

/// <summary>What a session is of; null where nobody says it.</summary>
public sealed record SessionStart
{
    /// <summary>How many characters each of its texts may have.</summary>
    public const int LongestText = 200;

    /// <summary>How many apps may be under test.</summary>
    public const int MostApps = 20;

    /// <summary>Whose session: the device's id, or its name when no other has it; null for all devices.</summary>
    public string? Device { get; init; }

    /// <summary>The ids of the apps under test.</summary>
    public ImmutableArray<string> Apps { get; init; } = [];

    /// <summary>Their version.</summary>
    public string? AppVersion { get; init; }

    /// <summary>The name of one of the case's personas.</summary>
    public string? Persona { get; init; }

    /// <summary>The scenario that is gone through.</summary>
    public string? Scenario { get; init; }

    /// <summary>The phase that it begins in.</summary>
    public string? Phase { get; init; }
}
