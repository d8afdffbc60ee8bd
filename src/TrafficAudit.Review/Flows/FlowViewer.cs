using TrafficAudit.Model;

namespace TrafficAudit.Review.Flows;

/// <summary>Makes the view of a flow. It holds nothing: whoever has the page keeps the view, and the flow's bodies are let go.</summary>
internal static class FlowViewer
{
    /// <summary>A flow as its page shows it.</summary>
    /// <exception cref="IOException">The evidence can't be read.</exception>
    public static FlowView View(FlowDetail detail, ViewChoice choice)
    {
        var (analyzed, record) = (detail.Analyzed, detail.Record);
        var places = new FindingPlaces(analyzed.Findings);
        var values = new ShownValues(choice.IsRevealed);
        var request = record.Request is { } sent ? ReadMessage.Of(MessageKind.Request, sent) : null;
        var printer = new MessagePrinter(places, values);
        var path = analyzed.Summary.Path;
        return new FlowView
        {
            Analyzed = analyzed,
            Metadata = record.Metadata,
            Lookup = detail.Lookup,
            Request = request is null ? null : printer.Of(request, record.Metadata.Request, path, choice.Address.Body, choice.Address.RequestPage),
            Response = record.Response is { } received
                ? printer.Of(ReadMessage.Of(MessageKind.Response, received), record.Metadata.Response, path, choice.Address.Body, choice.Address.ResponsePage)
                : null,
            Conversation = record.Messages is { } messages ? new ConversationPrinter(places, values).Of(messages, analyzed.Findings, choice.Address.MessagePage) : null,
            FirstBytes = choice.IsRevealed && record.Metadata.FirstBytes is { Length: > 0 } bytes ? HexDump.Of(bytes, 1, [], places) : null,
            Curl = request is null ? null : CurlCommand.Of(request, record.Metadata, places, values, path),
            IsRevealed = choice.IsRevealed,
        };
    }

    /// <summary>What one message of a WebSocket was decoded to; null when it is not there.</summary>
    public static IReadOnlyList<FieldNode>? Decode(FlowDetail detail, long index, bool isRevealed) =>
        detail.Record.Messages?.Read().FirstOrDefault(message => message.Index == index) is { } found
            ? new ConversationPrinter(new FindingPlaces(detail.Analyzed.Findings), new ShownValues(isRevealed)).Decode(found)
            : null;
}
