using System.Text.Json;
using System.Text.Unicode;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Exports;

/// <summary>Writes the messages of a WebSocket as Chromium does: <c>type</c>, <c>time</c> (Unix seconds), <c>opcode</c>, <c>data</c> (text, else base64).</summary>
internal sealed class HarMessageWriter(Utf8JsonWriter json)
{
    /// <summary>More makes an entry that no reader takes.</summary>
    private const long MostBytes = 64 * 1024 * 1024;

    private const int MostMessages = 200_000;
    private const int Pending = 1024 * 1024;

    /// <summary>Writes them; null, or a sentence about those that are left out.</summary>
    /// <exception cref="IOException">What holds the messages can't be read.</exception>
    public string? Write(Conversation messages)
    {
        long bytes = 0, count = 0, leftOut = 0;
        json.WriteStartArray("_webSocketMessages"u8);
        foreach (var message in messages.Read())
        {
            bytes += message.Payload.Length;
            if (bytes > MostBytes || count >= MostMessages)
            {
                leftOut++;
                continue;
            }

            count++;
            Write(message);
            if (json.BytesPending > Pending)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
        return leftOut == 0 ? null : $"{leftOut} messages are left out, a HAR's reader takes no more; export as WARC to have them";
    }

    private void Write(WebSocketMessage message)
    {
        var own = new OwnMessage
        {
            Time = message.Time, Index = message.Index, Length = message.Length, Sha256 = message.Sha256, Complete = message.IsComplete ? null : false,
        };
        json.WriteStartObject();
        json.WriteString("type"u8, message.Kind == MessageKind.WebSocketSent ? "send"u8 : "receive"u8);
        json.WriteNumber("time"u8, (message.Time - DateTimeOffset.UnixEpoch).TotalSeconds);
        json.WriteNumber("opcode"u8, OpCode(message.Type));
        if (message.Type == WebSocketMessageType.Text && Utf8.IsValid(message.Payload.Span))
        {
            json.WriteString("data"u8, message.Payload.Span);
        }
        else
        {
            json.WriteBase64String("data"u8, message.Payload.Span);
            own = own with { Base64 = true };
        }

        json.WritePropertyName("_trafficAudit"u8);
        JsonSerializer.Serialize(json, own, ExportJson.Default.OwnMessage);
        json.WriteEndObject();
    }

    /// <summary>RFC 6455, section 5.2.</summary>
    private static int OpCode(WebSocketMessageType type) => type switch
    {
        WebSocketMessageType.Text => 1,
        WebSocketMessageType.Binary => 2,
        WebSocketMessageType.Close => 8,
        WebSocketMessageType.Ping => 9,
        _ => 10,
    };
}
