using System.Collections.Immutable;

namespace TrafficAudit.Review.Setup;

/// <summary>A persona without its values.</summary>
/// <param name="Name">What the lab calls it.</param>
/// <param name="Items">How many values its newest version has of which items.</param>
/// <param name="Versions">How many versions the journal has.</param>
public sealed record PersonaRow(string Name, ImmutableArray<PersonaItems> Items, int Versions);

/// <summary>How many values of an item a persona has.</summary>
/// <param name="Item">The item's slug.</param>
/// <param name="Values">How many.</param>
public sealed record PersonaItems(string Item, int Values);
