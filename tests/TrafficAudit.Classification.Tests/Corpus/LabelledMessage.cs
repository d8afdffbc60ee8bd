using System.Collections.Immutable;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.Tests.Corpus.Writing;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Corpus;

/// <summary>A message and what is in it. Labels come from the builder that put the values there, never from running the classifier.</summary>
/// <param name="Kind">The family that it belongs to, for reports.</param>
/// <param name="Flow">The message: the one of the flow's two that bears anything, or a WebSocket's.</param>
/// <param name="Labels">Every item in it; empty when it holds no personal data.</param>
/// <remarks>
/// What is personal data is decided by the taxonomy, strictly, and by the builder:
/// <list type="bullet">
/// <item>A value of the person or the phone is an item, device state included, wherever a key says what it is or the value is known.</item>
/// <item>A seller's telephone, a shop's address, a company's number is nobody's personal data here.</item>
/// <item>A thing's number in a catalogue is none. In an app's report of what its user did it is behaviour: <c>product_view</c>, <c>order_history</c>, <c>search_query</c>.</item>
/// <item>Signatures, nonces, trace and request identifiers, cache tags and app keys identify no person or phone.</item>
/// <item>A key with a placeholder (<c>null</c>, <c>${GAID}</c>) holds nothing; the all-zero advertising ID is the item, <c>zeroed</c>.</item>
/// <item>Versions of app and SDK, and the operator's own identifiers, are no items: the taxonomy lists them, but says that they are not personal alone.</item>
/// </list>
/// </remarks>
internal sealed record LabelledMessage(string Kind, FlowRecord Flow, ImmutableArray<Label> Labels)
{
    /// <summary>Whether it holds no personal data.</summary>
    public bool IsEmpty => Labels.IsEmpty;

    /// <summary>What it is made of: head and body, or payloads.</summary>
    public byte[] Bytes => Flow.Messages is { } conversation
        ? [.. conversation.Read().SelectMany(message => message.Payload.ToArray())]
        : [.. Flow.Request!.Head.Span, .. Flow.Request.Body.ToMemory().Span, .. (Flow.Response?.Head ?? default).Span, .. (Flow.Response?.Body.ToMemory() ?? default).Span];

    /// <summary>Its parts, taken apart.</summary>
    public IEnumerable<DecodedMessage> Decoded() => Flow.Messages is { } conversation
        ? conversation.Read().Select(message => MessageDecoder.Decode(message.Kind, message.Payload))
        : [MessageDecoder.Decode(MessageKind.Request, Flow.Request!), .. Flow.Response is { } response ? [MessageDecoder.Decode(MessageKind.Response, response)] : Array.Empty<DecodedMessage>()];
}
