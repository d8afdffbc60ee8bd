using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Flows;

/// <summary>Where else the values found in a flow went. It holds no values.</summary>
/// <param name="Items">A row for each item and recipient, most flows first.</param>
/// <param name="Searched">How many flows with findings of these items were looked into.</param>
/// <param name="IsBounded">Whether there are more, older ones, that were not looked into.</param>
public sealed record SameValues(ImmutableArray<SameValue> Items, int Searched, bool IsBounded)
{
    /// <summary>Nowhere.</summary>
    public static SameValues None { get; } = new([], 0, IsBounded: false);
}

/// <summary>A recipient that got the same value of an item.</summary>
/// <param name="Item">The item's slug.</param>
/// <param name="Recipient">The organisation behind the host.</param>
/// <param name="Country">Where its server was, ISO 3166-1 alpha-2; null when unknown.</param>
/// <param name="Grade">How sure that country is.</param>
/// <param name="Flows">Numbers of the flows, highest first, of which the newest are listed.</param>
/// <param name="Count">How many flows in all.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SameValue(string Item, string Recipient, string? Country, CountryGrade Grade, ImmutableArray<long> Flows, int Count);
