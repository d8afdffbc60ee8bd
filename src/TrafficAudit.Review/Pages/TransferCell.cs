using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Pages;

/// <summary>What of one item went to one recipient.</summary>
/// <param name="Transfers">One for each country.</param>
public sealed record TransferCell(ImmutableArray<Transfer> Transfers)
{
    /// <summary>In how many flows: a flow goes to one country.</summary>
    public int Flows => Transfers.Sum(t => t.Flows.Length);

    /// <summary>The countries, sorted; an empty one for unknown.</summary>
    public IEnumerable<string> Countries => Transfers.Select(t => t.Country ?? "").Order(StringComparer.Ordinal);

    /// <summary>In what states the item went.</summary>
    public IEnumerable<FindingState> States => Transfers.SelectMany(t => t.States).Distinct().Order();

    /// <summary>The first labelled phase in which it happened; null when it never was in one.</summary>
    public string? FirstPhase => Transfers.Where(t => !t.Phases.IsEmpty).MinBy(t => t.First)?.Phases[0];
}
