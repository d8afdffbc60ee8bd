using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using TrafficAudit.Model;

namespace TrafficAudit.Results;

/// <summary>The messages of a WebSocket as text, one on each line. What they hold is masked unless it is asked for.</summary>
internal static class ConversationOutput
{
    private const int MaximumMessages = 500;
    private const int MaximumText = 400;

    public static async Task WriteAsync(TextWriter writer, FlowRecord flow, AnalyzedFlow analyzed, bool reveal)
    {
        if (flow.Messages is not { } conversation)
        {
            return;
        }

        await writer.WriteLineAsync();
        await writer.WriteLineAsync($"Conversation ({conversation.Count} messages; → from the client, ← from the server)");
        var shown = 0;
        foreach (var message in conversation.Read().Take(MaximumMessages))
        {
            shown++;
            await writer.WriteLineAsync(PlainText.Of(Line(message, reveal)));
        }

        if (conversation.Count > shown)
        {
            await writer.WriteLineAsync(
                shown == MaximumMessages
                    ? $"  … and {conversation.Count - shown} more messages; the flow's records in the evidence have them all"
                    : $"  … and {conversation.Count - shown} messages whose records are damaged");
        }

        foreach (var finding in analyzed.Findings.Where(f => f.Location.Message is MessageKind.WebSocketSent or MessageKind.WebSocketReceived))
        {
            await writer.WriteLineAsync(FlowOutput.FindingLine(finding, reveal));
        }
    }

    private static string Line(WebSocketMessage message, bool reveal)
    {
        var arrow = message.Kind == MessageKind.WebSocketSent ? '→' : '←';
        var cut = message.IsTruncated ? $", {message.Payload.Length} kept" : "";
        var broken = message.IsComplete ? "" : ", broken off";
        return $"  [{message.Index}] {message.Time.UtcDateTime:HH:mm:ss.ffffff} {arrow} {Token.Of(message.Type)} {message.Length} bytes{cut}{broken}"
            + Content(message, reveal);
    }

    private static string Content(WebSocketMessage message, bool reveal)
    {
        var payload = message.Payload.Span;
        var status = "";
        if (message.Type == WebSocketMessageType.Close && payload.Length >= sizeof(ushort))
        {
            status = $" {BinaryPrimitives.ReadUInt16BigEndian(payload)}";
            payload = payload[sizeof(ushort)..];
        }

        if (payload.IsEmpty)
        {
            return status;
        }

        if (message.Type == WebSocketMessageType.Binary || (!message.IsTruncated && !Utf8.IsValid(payload)))
        {
            return $"{status}{(reveal ? $"  {Convert.ToHexStringLower(payload[..Math.Min(payload.Length, MaximumText / 2)])}{(payload.Length > MaximumText / 2 ? "…" : "")}" : "")}";
        }

        var text = Encoding.UTF8.GetString(payload);
        return $"{status}  {(!reveal ? MaskedValue.Of(text) : text.Length <= MaximumText ? text : text[..MaximumText] + "…")}";
    }
}
