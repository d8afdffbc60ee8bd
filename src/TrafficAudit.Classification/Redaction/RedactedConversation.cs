using TrafficAudit.Model;

namespace TrafficAudit.Classification.Redaction;

/// <summary>A conversation whose messages are redacted as they are read.</summary>
internal sealed class RedactedConversation(Conversation whole, Func<WebSocketMessage, WebSocketMessage> redact) : Conversation
{
    public override long Count => whole.Count;

    public override IEnumerable<WebSocketMessage> Read() => whole.Read().Select(redact);
}
