namespace TrafficAudit.Index;

/// <summary>What the index holds of one evidence segment: whoever opens a case compares it with the segment and the analysis at hand.</summary>
/// <param name="Segment">The segment's number, from 1.</param>
/// <param name="Flows">How many flows it holds of it.</param>
/// <param name="EvidenceLength">Up to which byte of the segment every flow is in it, as <see cref="ICaseIndex.CoverAsync"/> said; 0 if it was not said.</param>
/// <param name="AnalysisVersion">Which analysis (persona, rules, databases) made its flows.</param>
public sealed record SegmentState(int Segment, int Flows, long EvidenceLength, string AnalysisVersion);

/// <summary>A part of the index that was given up and is to be made again from its segment.</summary>
/// <param name="Segment">The segment's number.</param>
/// <param name="Reason">One sentence for people; it holds no captured value.</param>
public sealed record IndexFault(int Segment, string Reason);
