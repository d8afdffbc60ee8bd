using TrafficAudit.Model;

namespace TrafficAudit.Classification;

/// <summary>What classification found in a flow.</summary>
/// <param name="Findings">One finding per item and place, in the order of the messages' fields; those of strength F are not counted.</param>
/// <param name="DecodingTruncated">Whether a bound of the decoder ended before everything was taken apart.</param>
public sealed record ClassificationResult(IReadOnlyList<Finding> Findings, bool DecodingTruncated);
