using System.Collections.Immutable;

namespace TrafficAudit.Model;

/// <summary>What was taken out of a flow so that it can be shown to somebody who must not see personal data.</summary>
/// <param name="Replaced">The values that were replaced, each once.</param>
/// <param name="LeftOut">What is left out whole, since it could not be redacted with certainty.</param>
public sealed record FlowRedaction(ImmutableArray<RedactedValue> Replaced, ImmutableArray<LeftOutPart> LeftOut);

/// <summary>A value that was replaced.</summary>
/// <param name="Item">The item's slug.</param>
/// <param name="Placeholder">What stands in its place; the same value has the same one throughout an export.</param>
/// <param name="Count">How often, from 1.</param>
public sealed record RedactedValue(string Item, string Placeholder, int Count);

/// <summary>A part of a flow that is left out whole.</summary>
/// <param name="Message">Which message.</param>
/// <param name="Part">Which part of it; holds no captured value.</param>
/// <param name="Reason">One sentence that says why.</param>
public sealed record LeftOutPart(MessageKind Message, string Part, string Reason);
