using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Flows;

/// <summary>Makes the page of a WebSocket's messages, and the tree of one of them when it is asked for.</summary>
/// <param name="places">The flow's findings.</param>
/// <param name="values">How values are shown.</param>
internal sealed class ConversationPrinter(FindingPlaces places, ShownValues values)
{
    private const int LongestText = 400;

    /// <summary>A page of the messages.</summary>
    /// <param name="conversation">All of them.</param>
    /// <param name="findings">The flow's findings.</param>
    /// <param name="page">Which page, from 1.</param>
    public ConversationPage Of(Conversation conversation, IReadOnlyList<Finding> findings, int page)
    {
        var ofMessages = findings.Index()
            .Where(found => found.Item.Location.Message is MessageKind.WebSocketSent or MessageKind.WebSocketReceived)
            .ToLookup(found => IndexIn(found.Item.Location.Path), found => found.Index);
        var rows = conversation.Read()
            .Skip((int)Math.Min(int.MaxValue, (page - 1L) * ConversationPage.PageSize)).Take(ConversationPage.PageSize + 1)
            .Select(message => Row(message, [.. ofMessages[message.Index]])).ToList();
        return new ConversationPage(conversation.Count, page, rows.Count > ConversationPage.PageSize, [.. rows.Take(ConversationPage.PageSize)]);
    }

    /// <summary>What one message was decoded to.</summary>
    public ImmutableArray<FieldNode> Decode(WebSocketMessage message) =>
        new FieldForest(places, values, above: string.Create(CultureInfo.InvariantCulture, $"[{message.Index}]")).Of(MessageDecoder.Decode(message.Kind, message.Content));

    /// <summary>The message that a finding's path begins with (<c>[12].user.email</c>); -1 for none.</summary>
    private static long IndexIn(string path) =>
        path.IndexOf(']', StringComparison.Ordinal) is > 1 and var close && long.TryParse(path.AsSpan(1, close - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1;

    private MessageRow Row(WebSocketMessage message, ImmutableArray<int> findings)
    {
        int? status = message.Type == WebSocketMessageType.Close && message.Payload.Length >= sizeof(ushort)
            ? BinaryPrimitives.ReadUInt16BigEndian(message.Payload.Span)
            : null;
        return new MessageRow(message with { Payload = default }, message.Payload.Length, status, Text(message, findings), findings);
    }

    private ImmutableArray<Piece> Text(WebSocketMessage message, ImmutableArray<int> findings)
    {
        var content = message.Content.Span;
        if (content.IsEmpty || message.Type == WebSocketMessageType.Binary)
        {
            return [];
        }

        // What is cut while values are masked would give a wrong length.
        var text = PlainBytes.ToText(values.IsRevealed ? content[..Math.Min(content.Length, LongestText)] : content);
        var writer = new SheetWriter(1);
        new FoundText(places, values).Write(writer, text + (values.IsRevealed && content.Length > LongestText ? "…" : ""), findings);
        return [.. writer.Finish().Lines.SelectMany(line => line)];
    }
}
