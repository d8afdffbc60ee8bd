using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Pages;

/// <summary>What of one item went to one recipient.</summary>
/// <param name="Transfers">One for each country.</param>
internal sealed record TransferCell(ImmutableArray<Transfer> Transfers)
{
    /// <summary>In how many flows: a flow goes to one country.</summary>
    public int Flows => Transfers.Sum(t => t.Flows.Length);

    /// <summary>The first labelled phase in which it happened; null when it never was in one.</summary>
    public string? FirstPhase => Transfers.Where(t => !t.Phases.IsEmpty).MinBy(t => t.First)?.Phases[0];
}
