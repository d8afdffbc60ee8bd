namespace TrafficAudit.Model;

/// <summary>
/// The messages of a WebSocket in the order in which they passed. A long one does not fit into memory, so that its messages are read one after the
/// other from wherever they lie.
/// </summary>
public abstract class Conversation
{
    /// <summary>How many messages there are.</summary>
    public abstract long Count { get; }

    /// <summary>
    /// Reads the messages from the first one on; every call reads anew. Messages whose record is damaged are passed over, so that fewer than
    /// <see cref="Count"/> may come.
    /// </summary>
    /// <exception cref="IOException">What holds the messages can't be opened.</exception>
    public abstract IEnumerable<WebSocketMessage> Read();
}

/// <summary>A conversation that lies in memory.</summary>
/// <param name="messages">Its messages, in their order.</param>
public sealed class MemoryConversation(IReadOnlyList<WebSocketMessage> messages) : Conversation
{
    /// <inheritdoc/>
    public override long Count => messages.Count;

    /// <inheritdoc/>
    public override IEnumerable<WebSocketMessage> Read() => messages;
}
