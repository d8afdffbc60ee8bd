using System.Collections.Immutable;

namespace TrafficAudit.Model;

/// <summary>An item that went to a recipient in a country, over all flows: what reviewers judge.</summary>
/// <param name="Item">The item's slug.</param>
/// <param name="Recipient">The organisation.</param>
/// <param name="Hosts">Its hosts that took part, sorted.</param>
/// <param name="Country">Server country; null when unknown.</param>
/// <param name="CountryGrade">The weakest grade among the destinations.</param>
/// <param name="Destinations">The addresses, sorted.</param>
/// <param name="Flows">Numbers of the flows, ascending.</param>
/// <param name="First">Start of the first of them.</param>
/// <param name="Last">Start of the last of them.</param>
/// <param name="Phases">The phases in which it happened, in order of first appearance.</param>
/// <param name="Confidence">The best confidence among the findings.</param>
/// <param name="Verdict">The outcome of holding it against a declaration; null until that was done.</param>
public sealed record Transfer(
    string Item, string Recipient, ImmutableArray<string> Hosts, string? Country, CountryGrade CountryGrade, ImmutableArray<string> Destinations,
    ImmutableArray<long> Flows, DateTimeOffset First, DateTimeOffset Last, ImmutableArray<string> Phases, Confidence Confidence, string? Verdict);
