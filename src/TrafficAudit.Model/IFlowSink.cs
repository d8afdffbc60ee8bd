namespace TrafficAudit.Model;

/// <summary>Where capture and import hand over what they have; the evidence stands behind it.</summary>
public interface IFlowSink
{
    /// <summary>Takes the next flow number. Any thread may call it; it does not wait.</summary>
    long TakeNumber();

    /// <summary>
    /// Hands over a finished flow and its ownership. Completes when the flow is queued for writing, and waits while the queue
    /// is full: traffic slows down, evidence is never dropped.
    /// </summary>
    /// <exception cref="IOException">The evidence can't be written any more (disk full, folder gone).</exception>
    ValueTask RecordAsync(FlowRecord flow, CancellationToken cancellation);
}
