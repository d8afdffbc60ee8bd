using System.Buffers.Binary;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Mitmproxy;

/// <summary>
/// The messages of a WebSocket: each a list of opcode, whether the client sent it, content, time and, in newer versions, whether it was dropped and
/// whether mitmproxy's user injected it.
/// </summary>
internal static class MitmMessages
{
    private const int MaxMessages = 1_000_000;

    /// <summary>The flow with these messages, and with a close message where the file says how it was closed.</summary>
    /// <param name="flow">The handshake.</param>
    /// <param name="messages">The list.</param>
    /// <param name="close">What holds <c>close_code</c> and <c>close_reason</c>.</param>
    /// <param name="closedByClient">Which side closed.</param>
    /// <param name="ended">When; null when nobody knows.</param>
    /// <exception cref="UnusableEntryException">The bytes are no tnetstring.</exception>
    public static FlowRecord Add(FlowRecord flow, TnetValue messages, TnetValue close, bool closedByClient, DateTimeOffset? ended)
    {
        var all = new List<WebSocketMessage>();
        var isTruncated = false;
        foreach (var item in messages.Items())
        {
            isTruncated = all.Count == MaxMessages;
            if (isTruncated)
            {
                break;
            }

            TnetValue[] parts = [.. item.Items().Take(4)];
            if (parts.Length == 4)
            {
                var type = parts[0].Integer == 1 ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
                all.Add(Message(all.Count, type, parts[1].IsTrue, parts[2].Bytes.ToArray(), parts[3].Time ?? flow.Metadata.Started));
            }
        }

        if (!isTruncated && ClosePayload(close) is { } payload)
        {
            all.Add(Message(all.Count, WebSocketMessageType.Close, closedByClient, payload, ended ?? (all.Count > 0 ? all[^1].Time : flow.Metadata.Started)));
        }

        return With(flow, all, isTruncated, ended);
    }

    private static FlowRecord With(FlowRecord flow, List<WebSocketMessage> all, bool isTruncated, DateTimeOffset? ended)
    {
        var m = flow.Metadata;
        var sent = all.FindAll(message => message.Kind == MessageKind.WebSocketSent);
        var bytesSent = sent.Sum(message => message.Length);
        return flow with
        {
            Metadata = m with
            {
                Kind = FlowKind.WebSocket,
                Upgrade = "websocket",
                Duration = ended > m.Started ? ended - m.Started : m.Duration,
                Messages = new MessageCounts(sent.Count, all.Count - sent.Count),
                BytesSent = bytesSent,
                BytesReceived = all.Sum(message => message.Length) - bytesSent,
                Notes = isTruncated ? [FlowNote.MessagesTruncated] : m.Notes,
            },
            Messages = new MemoryConversation(all),
        };
    }

    /// <summary>A close frame's payload (RFC 6455, section 5.5.1): 1005 stands for one without, 1006 for none at all (section 7.4.1).</summary>
    private static byte[]? ClosePayload(TnetValue close)
    {
        switch (close["close_code"].Integer)
        {
            case 1005:
                return [];
            case >= 1000 and < 5000 and not 1006 and not 1015 and var code:
                byte[] payload = [0, 0, .. close["close_reason"].Bytes.Span];
                BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
                return payload;
            default:
                return null;
        }
    }

    private static WebSocketMessage Message(int index, WebSocketMessageType type, bool fromClient, byte[] payload, DateTimeOffset time) => new()
    {
        Index = index,
        Time = time,
        Kind = fromClient ? MessageKind.WebSocketSent : MessageKind.WebSocketReceived,
        Type = type,
        Length = payload.Length,
        Payload = payload,
    };
}
