using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Walking;

/// <summary>The link of a segment's first record, to be held against the segment before.</summary>
/// <param name="Link">The link.</param>
/// <param name="Offset">Where the record lies.</param>
/// <param name="Name">The record's name.</param>
internal sealed record FirstLink(RecordLink Link, long Offset, string Name);
