using System.Collections.Immutable;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Flows;

/// <summary>Makes the view of a message.</summary>
/// <param name="places">The flow's findings.</param>
/// <param name="values">How values are shown.</param>
internal sealed class MessagePrinter(FindingPlaces places, ShownValues values)
{
    /// <summary>A message as it is shown.</summary>
    /// <param name="message">The message.</param>
    /// <param name="facts">What is known of it beside its bytes.</param>
    /// <param name="shownPath">The request's path as lists show it.</param>
    /// <param name="form">How its body is shown.</param>
    /// <param name="page">Which page of the body.</param>
    public MessageView Of(ReadMessage message, MessageFacts? facts, string shownPath, BodyForm form, int page)
    {
        var head = new SheetWriter(1);
        new HeadPrinter(head, places, values).Print(message, shownPath);
        var forest = new FieldForest(places, values, message.Codings);
        var (body, omission) = BodyOf(message, form, page);
        return new MessageView
        {
            Kind = message.Kind,
            Facts = facts,
            Head = head.Finish(),
            PlainLength = message.Plain.Length,
            Body = body,
            Omission = omission,
            Decodings = DecodingsOf(message),
            Image = ImageInfo.Of(message.Plain.Span),
            Fields = forest.Of(message.Decoded),
            AreFieldsCut = forest.IsCut,
            IsDecodingCut = message.Decoded.Truncated,
            Trailers = TrailersOf(facts),
        };
    }

    private static ImmutableArray<string> DecodingsOf(ReadMessage message) =>
    [
        .. message.Codings == 0
            ? []
            : message.Head.Fields.Where(field => field.Is("Content-Encoding")).SelectMany(field => field.Value.Split(',', StringSplitOptions.TrimEntries)).Reverse(),
        .. message.Body?.Decodings ?? [],
    ];

    private (Sheet? Body, BodyOmission Omission) BodyOf(ReadMessage message, BodyForm form, int page)
    {
        if (message.Plain.IsEmpty)
        {
            return (null, BodyOmission.Empty);
        }

        var writer = new SheetWriter(page);
        switch (form)
        {
            case BodyForm.Hex when values.IsRevealed:
                var spots = Spot.In(Spot.Of(message.Decoded, MessagePart.Body), places, message.Codings, message.Plain.Length);
                return (HexDump.Of(message.Plain.Span, page, spots, places), BodyOmission.None);
            case BodyForm.Text when new OriginalText(places, values).TryWriteBody(writer, message, out var isMoreBehind):
                return (writer.Finish(isMoreBehind), BodyOmission.None);
            case BodyForm.Pretty when message.Body is { Kind: FieldKind.Undecoded }:
                return BodyOf(message, BodyForm.Hex, page);
            case BodyForm.Pretty when message.Body is { } body:
                new FieldPrinter(writer, places, values, message.Codings, plain: message.Plain).Print(body);
                return (writer.Finish(), BodyOmission.None);
            case BodyForm.Pretty when values.IsRevealed:
                return BodyOf(message, BodyForm.Text, page);
            default:
                return (null, BodyOmission.Masked);
        }
    }

    private Sheet TrailersOf(MessageFacts? facts)
    {
        var writer = new SheetWriter(1);
        foreach (var trailer in facts?.Trailers ?? [])
        {
            writer.Add(trailer.Name, Tone.Name);
            writer.Add($": {values.Of(trailer.Value)}");
            writer.EndLine();
        }

        return writer.Finish();
    }
}
