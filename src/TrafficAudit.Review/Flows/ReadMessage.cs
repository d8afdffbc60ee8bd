using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Flows;

/// <summary>A message taken apart for showing: its body without content codings, and the fields of that.</summary>
/// <param name="Kind">Which message.</param>
/// <param name="Message">The message as transferred.</param>
/// <param name="Head">Its head.</param>
/// <param name="Plain">Its body without content codings; as transferred where they can't be undone.</param>
/// <param name="Codings">How many content codings its head names, where they were undone for <paramref name="Plain"/>; else 0.</param>
/// <param name="Decoded">Its fields; places in the body count from the beginning of <paramref name="Plain"/>.</param>
internal sealed record ReadMessage(MessageKind Kind, Message Message, HttpHead Head, ReadOnlyMemory<byte> Plain, int Codings, DecodedMessage Decoded)
{
    /// <summary>The field that is the body; null where there is none.</summary>
    public Field? Body => Decoded.Roots.FirstOrDefault(root => root.Part == MessagePart.Body);

    /// <summary>Reads a message.</summary>
    /// <exception cref="IOException">The file that holds the body can't be read.</exception>
    public static ReadMessage Of(MessageKind kind, Message message)
    {
        var head = HttpHead.Parse(message.Head.Span);
        var plain = ContentCodings.Undo(message);
        var bytes = plain ?? message.Body.ToMemory();
        var codings = plain is null ? 0 : head.Fields.Where(field => field.Is("Content-Encoding")).Sum(field => field.Value.Split(',').Length);
        return new ReadMessage(kind, message, head, bytes, codings, MessageDecoder.Decode(kind, message with { Body = new MemoryBody(bytes) }));
    }
}
