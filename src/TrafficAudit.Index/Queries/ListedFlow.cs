using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Index.Queries;

/// <summary>A flow in a list.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Items">The items of its counted findings, each once, in the order in which analysis gave them.</param>
public sealed record ListedFlow(FlowSummary Flow, ImmutableArray<string> Items);
