using System.Collections.Immutable;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Explaining;

/// <summary>Which detectors looked at a field, and what they saw.</summary>
/// <param name="Location">Where it lies.</param>
/// <param name="Field">The field.</param>
/// <param name="Notes">What each detector says, in the order in which they looked.</param>
public sealed record FieldExplanation(FindingLocation Location, Field Field, ImmutableArray<DetectorNote> Notes);
