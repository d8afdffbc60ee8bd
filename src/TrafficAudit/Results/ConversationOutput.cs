using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using TrafficAudit.Classification.Decoding;
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
        var text = new StringBuilder();
        var tree = new FieldTree(text, analyzed.Findings.Where(f => f.Location.Message is MessageKind.WebSocketSent or MessageKind.WebSocketReceived), reveal);
        foreach (var message in conversation.Read().Take(MaximumMessages))
        {
            shown++;
            text.AppendLine(PlainText.Of(Line(message, reveal)));
            Append(tree, message);
        }

        await writer.WriteAsync(text);
        text.Clear();

        if (conversation.Count > shown)
        {
            await writer.WriteLineAsync(
                shown == MaximumMessages
                    ? $"  … and {conversation.Count - shown} more messages; the flow's records in the evidence have them all"
                    : $"  … and {conversation.Count - shown} messages whose records are damaged");
        }

        tree.AppendRest();
        await writer.WriteAsync(text);
    }

    // A text that is nothing but text stands in its message's line already.
    private static void Append(FieldTree tree, WebSocketMessage message)
    {
        tree.Above = string.Create(CultureInfo.InvariantCulture, $"[{message.Index}]");
        switch (MessageDecoder.Decode(message.Kind, message.Content).Roots)
        {
            case [{ Kind: FieldKind.Text, Key: null, Children: [] } plain]:
                tree.AppendBelow(plain, 1);
                break;
            case var roots:
                tree.AppendAll("decoded", roots, indent: 2);
                break;
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
        var payload = message.Content.Span;
        var status = message.Type == WebSocketMessageType.Close && message.Payload.Length >= sizeof(ushort)
            ? $" {BinaryPrimitives.ReadUInt16BigEndian(message.Payload.Span)}"
            : "";
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
