using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>Writes a WebSocket with its messages, one after the other.</summary>
internal static class Socket
{
    /// <summary>Messages that the client sends.</summary>
    public static LabelledMessage Sent(string kind, string host, params IReadOnlyList<Value> messages) => Build(kind, host, MessageKind.WebSocketSent, messages);

    /// <summary>Messages that the client receives.</summary>
    public static LabelledMessage Received(string kind, string host, params IReadOnlyList<Value> messages) => Build(kind, host, MessageKind.WebSocketReceived, messages);

    private static LabelledMessage Build(string kind, string host, MessageKind direction, IReadOnlyList<Value> messages)
    {
        var isSent = direction == MessageKind.WebSocketSent;
        var labels = messages.SelectMany((message, i) => message.Places.Select(placed => placed.Under($"[{i}]")))
            .Select(placed => new Label(placed.Mark, new Place(direction, MessagePart.Body, placed.Path)));
        var conversation = messages.Select((message, i) => Some.WebSocketMessage(
            i, message.Bytes, message.Content is byte[] ? WebSocketMessageType.Binary : WebSocketMessageType.Text, isSent));
        return new LabelledMessage(kind, Some.WebSocket(host: host) with { Messages = new MemoryConversation([.. conversation]) }, [.. labels]);
    }
}
