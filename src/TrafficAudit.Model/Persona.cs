using System.Collections.Immutable;

namespace TrafficAudit.Model;

/// <summary>The test identity whose values are known beforehand.</summary>
/// <param name="Name">What the lab calls it.</param>
/// <param name="Values">Its values; several for one item are usual.</param>
public sealed record Persona(string Name, ImmutableArray<PersonaValue> Values)
{
    /// <summary>A persona that knows nothing.</summary>
    public static Persona None { get; } = new("", []);
}

/// <summary>One known value.</summary>
/// <param name="Item">The item's slug.</param>
/// <param name="Value">The value in any usual form (<c>010-0000-0000</c>).</param>
public sealed record PersonaValue(string Item, string Value);
