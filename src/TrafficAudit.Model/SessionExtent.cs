using System.Collections.Immutable;

namespace TrafficAudit.Model;

/// <summary>What the flows of a session add up to.</summary>
/// <param name="Session">Its id.</param>
/// <param name="Device">The device's id; null where none is known.</param>
/// <param name="Flows">How many flows it has.</param>
/// <param name="Findings">How many counted findings (<see cref="Finding.IsCounted"/>).</param>
/// <param name="First">When its first flow started.</param>
/// <param name="Last">When its last flow started.</param>
/// <param name="Phases">The phases that flows started in, in the order of their first.</param>
public sealed record SessionExtent(
    string Session, string? Device, long Flows, long Findings, DateTimeOffset First, DateTimeOffset Last, ImmutableArray<SessionPhase> Phases)
{
    /// <summary>When the first flow started after the user had answered the question for consent; null where no phase says so.</summary>
    public DateTimeOffset? Answered => Phases.FirstOrDefault(p => PhaseLabel.IsAnswer(p.Name))?.First;
}

/// <summary>A phase of a session.</summary>
/// <param name="Name">Its label.</param>
/// <param name="First">When the first flow in it started.</param>
public sealed record SessionPhase(string Name, DateTimeOffset First);
