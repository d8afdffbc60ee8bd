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

    /// <summary>
    /// Hands over what is known of a flow that may last: if the program ends before <see cref="RecordAsync"/> gets the flow of the same number, the
    /// evidence has it all the same, with failure <see cref="FlowFailure.Interrupted"/>. Bodies are not kept. Waits as <see cref="RecordAsync"/> does.
    /// </summary>
    /// <exception cref="IOException">The evidence can't be written any more.</exception>
    ValueTask OpenAsync(FlowRecord opening, CancellationToken cancellation);

    /// <summary>
    /// Hands over the next messages of a WebSocket that was opened, in their order; they belong to the flow that is recorded with its number. The
    /// caller does not change them afterwards. Waits as <see cref="RecordAsync"/> does.
    /// </summary>
    /// <exception cref="IOException">The evidence can't be written any more.</exception>
    ValueTask AppendAsync(long number, IReadOnlyList<WebSocketMessage> messages, CancellationToken cancellation);
}
