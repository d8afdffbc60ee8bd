using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>What a builder knows of a value that it puts into a message: what it is, not what a classifier makes of it.</summary>
/// <param name="Item">The taxonomy's slug.</param>
internal sealed record Mark(string Item)
{
    /// <summary>In which state the value travels.</summary>
    public FindingState State { get; init; }

    /// <summary>What makes it recognisable.</summary>
    public required Evidence Evidence { get; init; }
}
