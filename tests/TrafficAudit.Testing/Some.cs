using System.Security.Cryptography;
using System.Text;
using TrafficAudit.Model;

namespace TrafficAudit.Testing;

/// <summary>Small builders of test data. Every value is invented and belongs to nobody.</summary>
public static class Some
{
    /// <summary>A fixed moment.</summary>
    public static DateTimeOffset Time { get; } = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    /// <summary>A body of UTF-8 text.</summary>
    public static Body Body(string text) => new MemoryBody(Encoding.UTF8.GetBytes(text));

    /// <summary>A message: start line and fields one to a line, and a body.</summary>
    public static Message Message(string head, string body = "") => Message(head, Encoding.UTF8.GetBytes(body));

    /// <inheritdoc cref="Message(string, string)"/>
    public static Message Message(string head, byte[] body) =>
        new(Encoding.UTF8.GetBytes(head.ReplaceLineEndings("\r\n").TrimEnd() + "\r\n\r\n"), new MemoryBody(body));

    /// <summary>Facts that fit a message of this builder.</summary>
    public static MessageFacts Facts(Message message)
    {
        var body = message.Body.ToMemory();
        return new MessageFacts
        {
            Head = HeadForm.Exact,
            BodyLength = body.Length,
            BodyCaptured = body.Length,
            BodySha256 = Convert.ToHexStringLower(SHA256.HashData(body.Span)),
            Complete = true,
        };
    }

    /// <summary>A complete HTTPS flow to <paramref name="host"/>.</summary>
    public static FlowRecord Flow(
        long number = 1, string host = "api.shop.example", string address = "192.0.2.10", Message? request = null, Message? response = null)
    {
        request ??= Message($"GET /items?id=1 HTTP/1.1\nHost: {host}\nAccept: */*");
        response ??= Message("HTTP/1.1 200 OK\nContent-Type: application/json\nContent-Length: 11", "{\"ok\":true}");
        return new FlowRecord(
            new FlowMetadata
            {
                Number = number,
                Kind = FlowKind.Http,
                Started = Time.AddSeconds(number),
                Duration = TimeSpan.FromMilliseconds(120),
                TimeToResponse = TimeSpan.FromMilliseconds(80),
                Origin = "captured",
                Scheme = "https",
                Host = host,
                Port = 443,
                Client = new Peer("198.51.100.7", 50000, "HTTP/1.1"),
                Upstream = new Peer(address, 443, "HTTP/1.1", new TlsSession("TLSv1.3", "TLS_AES_128_GCM_SHA256", [], "http/1.1", host)),
                Resolution = new NameResolution("option", [address]),
                Request = Facts(request),
                Response = Facts(response),
            },
            request,
            response);
    }

    /// <summary>A WebSocket that was opened, with this many messages from the client.</summary>
    public static FlowRecord WebSocket(long number = 1, int sent = 0, string host = "chat.shop.example")
    {
        var request = Message($"GET /chat HTTP/1.1\nHost: {host}\nConnection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13");
        var response = Message("HTTP/1.1 101 Switching Protocols\nConnection: Upgrade\nUpgrade: websocket");
        var flow = Flow(number, host, request: request, response: response);
        return flow with
        {
            Metadata = flow.Metadata with { Kind = FlowKind.WebSocket, Started = Time, Upgrade = "websocket", Messages = new MessageCounts(sent, 0) },
        };
    }

    /// <summary>A message of a WebSocket, a millisecond after the one before.</summary>
    public static WebSocketMessage WebSocketMessage(
        long index, byte[] payload, WebSocketMessageType type = WebSocketMessageType.Text, bool sent = true) => new()
    {
        Index = index,
        Time = Time.AddMilliseconds(index),
        Kind = sent ? MessageKind.WebSocketSent : MessageKind.WebSocketReceived,
        Type = type,
        Length = payload.Length,
        Payload = payload,
    };

    /// <inheritdoc cref="WebSocketMessage(long, byte[], WebSocketMessageType, bool)"/>
    public static WebSocketMessage WebSocketMessage(long index, string text, bool sent = true) =>
        WebSocketMessage(index, Encoding.UTF8.GetBytes(text), sent: sent);
}
