using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Recording;

/// <summary>
/// Messages of a WebSocket as the block of their record: one JSON object on each line (<c>application/x-ndjson</c>), so that anybody can read them
/// with <c>gzip</c> and <c>jq</c>:
/// <code>
/// {"index":0,"time":"2026-11-23T01:02:03.4567891Z","message":"ws_sent","type":"text","length":5,"text":"hello"}
/// </code>
/// <c>message</c> is <c>ws_sent</c> (from the client) or <c>ws_received</c>; <c>type</c> is <c>text</c>, <c>binary</c>, <c>ping</c>, <c>pong</c> or
/// <c>close</c>; <c>length</c> counts the bytes of the payload, uncompressed. The payload, or as much of its beginning as was kept, is <c>text</c>, or
/// <c>base64</c> where it is no text in UTF-8; neither where it is empty. <c>sha256</c> is that of the whole payload where not all was kept, and
/// <c>"complete":false</c> says that the message broke off.
/// </summary>
internal static class MessageLines
{
    public const string ContentType = "application/x-ndjson";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(IBufferWriter<byte> output, IEnumerable<WebSocketMessage> messages)
    {
        using var writer = new Utf8JsonWriter(output, Options);
        foreach (var message in messages)
        {
            Write(writer, message);
            writer.Flush();
            writer.Reset();
            output.Write("\n"u8);
        }
    }

    /// <exception cref="InvalidDataException">The block does not hold messages.</exception>
    public static IEnumerable<WebSocketMessage> Read(ReadOnlyMemory<byte> block)
    {
        while (!block.IsEmpty)
        {
            var end = block.Span.IndexOf((byte)'\n');
            var line = end < 0 ? block : block[..end];
            block = end < 0 ? default : block[(end + 1)..];
            if (!line.IsEmpty)
            {
                yield return ReadLine(line);
            }
        }
    }

    private static void Write(Utf8JsonWriter writer, WebSocketMessage message)
    {
        writer.WriteStartObject();
        writer.WriteNumber("index"u8, message.Index);
        writer.WriteString("time"u8, message.Time.UtcDateTime);
        writer.WriteString("message"u8, Token.Of(message.Kind));
        writer.WriteString("type"u8, Token.Of(message.Type));
        writer.WriteNumber("length"u8, message.Length);
        var payload = message.Payload.Span;
        if (message.Type == WebSocketMessageType.Text && Utf8.IsValid(payload))
        {
            writer.WriteString("text"u8, payload);
        }
        else if (!payload.IsEmpty)
        {
            writer.WriteBase64String("base64"u8, payload);
        }

        if (message.Sha256 is { } digest)
        {
            writer.WriteString("sha256"u8, digest);
        }

        if (!message.IsComplete)
        {
            writer.WriteBoolean("complete"u8, false);
        }

        writer.WriteEndObject();
    }

    private static WebSocketMessage ReadLine(ReadOnlyMemory<byte> line)
    {
        try
        {
            var stored = JsonSerializer.Deserialize(line.Span, EvidenceJson.Default.StoredMessage)
                ?? throw new InvalidDataException("The message is empty");
            return new WebSocketMessage
            {
                Index = stored.Index,
                Time = stored.Time,
                Kind = stored.Message,
                Type = stored.Type,
                Length = stored.Length,
                Payload = stored.Text is { } text ? Encoding.UTF8.GetBytes(text) : stored.Base64 ?? [],
                Sha256 = stored.Sha256,
                IsComplete = stored.Complete ?? true,
            };
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            throw new InvalidDataException("The line is no JSON of a message", e);
        }
    }
}

/// <summary>A line of <see cref="MessageLines"/>.</summary>
internal sealed record StoredMessage
{
    public required long Index { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required MessageKind Message { get; init; }

    public required WebSocketMessageType Type { get; init; }

    public required long Length { get; init; }

    public string? Text { get; init; }

    public byte[]? Base64 { get; init; }

    public string? Sha256 { get; init; }

    public bool? Complete { get; init; }
}
