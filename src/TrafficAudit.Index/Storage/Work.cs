namespace TrafficAudit.Index.Storage;

/// <summary>Something for the owner of the files to do, in its turn.</summary>
internal abstract record Work;

/// <summary>Keep a flow.</summary>
internal sealed record AddWork(SegmentEntry Entry, FlowDocument Document, bool Replaces) : Work;

/// <summary>Keep up to where a segment is covered.</summary>
internal sealed record CoverWork(SegmentEntry Entry, long EvidenceLength) : Work;

/// <summary>Read documents.</summary>
internal sealed record ReadWork(SegmentEntry Entry, IReadOnlyList<long> Numbers, TaskCompletionSource<FlowDocument?[]> Done) : Work;

/// <summary>Write what is waiting, and say so.</summary>
internal sealed record FlushWork(TaskCompletionSource? Done) : Work;

/// <summary>Delete segments.</summary>
internal sealed record ResetWork(IReadOnlyList<SegmentEntry> Entries, TaskCompletionSource Done) : Work;
