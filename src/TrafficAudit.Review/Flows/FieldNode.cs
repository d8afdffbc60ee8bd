using System.Collections.Immutable;

namespace TrafficAudit.Review.Flows;

/// <summary>A field in the tree of what a message was decoded to.</summary>
/// <param name="Name">Its name as a path has it, inert; empty for what a text was merely decoded to.</param>
/// <param name="How">What was undone to get from its parent here, outermost first; empty for nothing.</param>
/// <param name="Path">Its path from the part on; inert.</param>
/// <param name="Value">What it holds; empty for what only holds others.</param>
/// <param name="Findings">What was found in it, by its places in the flow's list.</param>
/// <param name="Children">What is beneath it.</param>
public sealed record FieldNode(
    string Name, string How, string Path, ImmutableArray<Piece> Value, ImmutableArray<int> Findings, ImmutableArray<FieldNode> Children)
{
    /// <summary>Whether something was found in it or beneath it.</summary>
    public bool HasFindings { get; } = Findings.Length > 0 || Children.Any(child => child.HasFindings);
}
