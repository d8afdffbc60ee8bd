using System.Runtime.InteropServices;

namespace TrafficAudit.Index.Filtering;

/// <summary>One condition of a filter.</summary>
/// <param name="Negated">Whether it was written with <c>-</c>.</param>
internal abstract record FilterTerm(bool Negated)
{
    public bool Matches(IFlowFacts flow, bool all) => Holds(flow, all) != Negated;

    protected abstract bool Holds(IFlowFacts flow, bool all);
}

/// <summary>A text of the flow is one of several.</summary>
internal sealed record TextTerm(bool Negated, Func<IFlowFacts, string?> Text, TextPatterns Patterns) : FilterTerm(Negated)
{
    protected override bool Holds(IFlowFacts flow, bool all) => Patterns.Matches(Text(flow));
}

/// <summary>A finding of the flow has one of several items.</summary>
internal sealed record ItemTerm(bool Negated, TextPatterns Patterns) : FilterTerm(Negated)
{
    protected override bool Holds(IFlowFacts flow, bool all) => flow.HasItem(Patterns, all);
}

/// <summary>A finding of the flow was made by one of several detectors.</summary>
internal sealed record DetectorTerm(bool Negated, TextPatterns Patterns) : FilterTerm(Negated)
{
    protected override bool Holds(IFlowFacts flow, bool all) => flow.HasDetector(Patterns, all);
}

/// <summary>A word stands in the host or in the path.</summary>
internal sealed record WordTerm(bool Negated, TextPattern Word) : FilterTerm(Negated)
{
    protected override bool Holds(IFlowFacts flow, bool all) => Word.Matches(flow.Host) || Word.Matches(flow.Path);
}

/// <summary>The status lies in one of several ranges; no status lies in none.</summary>
internal sealed record StatusTerm(bool Negated, IReadOnlyList<StatusRange> Ranges) : FilterTerm(Negated)
{
    protected override bool Holds(IFlowFacts flow, bool all) => flow.Status is { } status && Ranges.Any(r => status >= r.Low && status <= r.High);
}

/// <summary>A range of status codes, both ends within.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StatusRange(int Low, int High);
