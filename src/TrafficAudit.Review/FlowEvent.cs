namespace TrafficAudit.Review;

/// <summary>Something that a watcher of flows is told.</summary>
/// <param name="Flow">A flow that was added or has changed; null: some were not told.</param>
/// <param name="Missed">How many changes were not told because the watcher was slow; 0 with a flow.</param>
public sealed record FlowEvent(FlowRow? Flow, long Missed);
