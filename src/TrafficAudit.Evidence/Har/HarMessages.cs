using TrafficAudit.Evidence.Imports;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Har;

/// <summary>The messages of a WebSocket entry, as Chrome, HTTP Toolkit and mitmproxy write them.</summary>
/// <param name="Messages">Those that could be read, in the file's order.</param>
/// <param name="Notes">What a reader of the evidence should know about them.</param>
/// <param name="LeftOut">How many were not read.</param>
internal sealed record HarMessages(IReadOnlyList<WebSocketMessage> Messages, IReadOnlyList<string> Notes, long LeftOut)
{
    /// <summary>As the flow's conversation.</summary>
    public Conversation Conversation { get; } = new MemoryConversation(Messages);

    /// <summary>Takes the messages of an entry.</summary>
    /// <param name="given">As the file has them.</param>
    /// <param name="leftOut">How many more there are.</param>
    /// <param name="started">When the entry began: stands for a time that the file does not say.</param>
    public static HarMessages Of(IReadOnlyList<HarMessage> given, long leftOut, DateTimeOffset started)
    {
        var messages = new List<WebSocketMessage>(given.Count);
        int unknown = 0, timeless = 0, notBase64 = 0;
        foreach (var message in given)
        {
            if (KindOf(message.Type) is not { } kind || TypeOf(message.Opcode) is not { } type)
            {
                unknown++;
                continue;
            }

            var time = ImportedValue.UnixTime(message.Time);
            timeless += time is null ? 1 : 0;
            var payload = message.Data ?? [];
            if (type != WebSocketMessageType.Text)
            {
                var decoded = HarBody.FromBase64([.. payload]);
                notBase64 += decoded is null ? 1 : 0;
                payload = decoded ?? payload;
            }

            messages.Add(new WebSocketMessage
            {
                Index = messages.Count, Time = time ?? started, Kind = kind, Type = type, Length = payload.Length, Payload = payload,
            });
        }

        var notes = new List<string>();
        Add(unknown, "are left out: no direction or opcode of RFC 6455");
        Add(timeless, "have no time of their own: that of the request stands for it");
        Add(notBase64, "are not in base64 as they should be: their text is kept as it stands");
        Add(leftOut, "are left out: too many in one entry");
        return new HarMessages(messages, notes, leftOut + unknown);

        void Add(long count, string what)
        {
            if (count > 0)
            {
                notes.Add($"_webSocketMessages: {count} {what}");
            }
        }
    }

    /// <summary>Adds what the messages sum up to.</summary>
    public FlowMetadata Count(FlowMetadata metadata)
    {
        var sent = Messages.Where(m => m.Kind == MessageKind.WebSocketSent).ToList();
        var bytesSent = sent.Sum(m => m.Length);
        return metadata with
        {
            Upgrade = "websocket",
            Messages = new MessageCounts(sent.Count, Messages.Count - sent.Count),
            BytesSent = bytesSent,
            BytesReceived = Messages.Sum(m => m.Length) - bytesSent,
            Notes = LeftOut > 0 ? [FlowNote.MessagesTruncated] : metadata.Notes,
        };
    }

    /// <summary>Which way a message went; null for a word that says neither.</summary>
    public static MessageKind? KindOf(string? type) => type switch
    {
        "send" => MessageKind.WebSocketSent,
        "receive" => MessageKind.WebSocketReceived,
        _ => null,
    };

    /// <summary>What a message is, by its opcode (RFC 6455, section 5.2); null for one that is none.</summary>
    public static WebSocketMessageType? TypeOf(double? opcode) => opcode switch
    {
        1 => WebSocketMessageType.Text,
        2 => WebSocketMessageType.Binary,
        8 => WebSocketMessageType.Close,
        9 => WebSocketMessageType.Ping,
        10 => WebSocketMessageType.Pong,
        _ => null,
    };
}
