using System.Collections.Immutable;

namespace TrafficAudit.Review;

/// <summary>Which personal values a person wants to see unmasked.</summary>
/// <param name="View">Where: <c>page</c>, or the command that prints them (<c>findings</c>).</param>
public sealed record Revealing(string View)
{
    /// <summary>The numbers of the flows whose values they are; empty where <see cref="Filter"/> says it.</summary>
    public ImmutableArray<long> Flows { get; init; } = [];

    /// <summary>The persona whose values they are; null where they are those of flows.</summary>
    public string? Persona { get; init; }

    /// <summary>Which flows, in the language of <c>--filter</c>; null where no filter was given: all, or <see cref="Flows"/>.</summary>
    public string? Filter { get; init; }
}
