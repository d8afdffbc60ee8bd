using TrafficAudit.Model;

namespace TrafficAudit.Classification.Decoding;

/// <summary>Takes messages apart into fields. A pure function of its arguments; any thread may call it.</summary>
public static class MessageDecoder
{
    /// <summary>
    /// Takes an HTTP message apart: request target, header fields, cookies, body. What a decoder yields is offered to all decoders
    /// again, within <paramref name="limits"/>. Content that is no valid anything is kept as text or as undecoded bytes; it never throws.
    /// </summary>
    /// <exception cref="IOException">The file that holds the body can't be read.</exception>
    public static DecodedMessage Decode(MessageKind kind, Message message, DecodingLimits? limits = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        var run = new DecodingRun(kind, limits ?? DecodingLimits.Default, time ?? TimeProvider.System);
        var body = HeadDecoder.Decode(run, message.Head.Span);
        if (message.Body.Length > 0 && !run.Exhausted)
        {
            BodyDecoder.DecodeCoded(run, message.Body.ToMemory(), body);
        }

        return run.Finish();
    }

    /// <summary>Takes a payload without a head apart: the message of a WebSocket, of which nothing but its bytes says what it is.</summary>
    public static DecodedMessage Decode(MessageKind kind, ReadOnlyMemory<byte> payload, DecodingLimits? limits = null, TimeProvider? time = null)
    {
        var run = new DecodingRun(kind, limits ?? DecodingLimits.Default, time ?? TimeProvider.System);
        if (!MqttDecoder.TryDecode(run, Scope.Of(MessagePart.Body), payload))
        {
            BodyDecoder.DecodeCoded(run, payload, default);
        }

        return run.Finish();
    }
}
