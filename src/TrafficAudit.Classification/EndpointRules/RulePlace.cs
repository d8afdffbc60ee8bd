using System.Collections.Immutable;
using TrafficAudit.Classification.EndpointRules.Values;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.EndpointRules;

/// <summary>Where a rule knows an item to lie.</summary>
/// <param name="Items">What it is; where there are several, the key and the value's format decide, else it is the first.</param>
/// <param name="Part">In which part of the message.</param>
/// <param name="Path">Where in it.</param>
/// <param name="Source">How that is known; empty for what the rule's own source says.</param>
/// <param name="OnlyIf">What the value must be; null for anything.</param>
/// <param name="NotIf">What it must not be; null for nothing.</param>
internal sealed record RulePlace(
    ImmutableArray<string> Items, MessagePart Part, RulePath Path, string Source = "", ValueFilter? OnlyIf = null, ValueFilter? NotIf = null);
