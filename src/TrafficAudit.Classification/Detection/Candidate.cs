using System.Collections.Immutable;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Detection;

/// <summary>What one detector says of one field; several become one finding per item and place.</summary>
internal sealed record Candidate(Field Field, string Item, Detector Detector, Strength Strength, FindingState State, string Reason, string Value)
{
    /// <summary>See <see cref="Finding.Encodings"/>.</summary>
    public ImmutableArray<string> Encodings { get; init; } = [];
}
