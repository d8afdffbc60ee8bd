namespace TrafficAudit.Index.Filtering;

/// <summary>A term that has a name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Create">Makes the term of its values; throws <see cref="FlowFilterException"/> when it does not take one.</param>
internal sealed record TermDefinition(string Name, Func<IReadOnlyList<FilterValue>, FilterContext, FilterNode> Create)
{
    /// <summary>The closed list of its values; empty when they are open.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Where open values come from; null when they can't be listed.</summary>
    public FilterColumn? Column { get; init; }
}
