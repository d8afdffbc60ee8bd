using System.Runtime.InteropServices;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Correlation;

/// <summary>One value that the device sent.</summary>
/// <param name="Field">The leaf that holds it.</param>
/// <param name="MessageIndex">Of which message of a WebSocket; -1 for a request.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PlacedValue(Field Field, long MessageIndex)
{
    /// <summary>Everything that a flow's device sent: the leaves of its request and of its WebSocket messages.</summary>
    /// <exception cref="IOException">The file that holds a body or messages can't be read.</exception>
    public static IEnumerable<PlacedValue> Of(FlowRecord flow)
    {
        if (flow.Request is { } request)
        {
            foreach (var field in MessageDecoder.Decode(MessageKind.Request, request).Fields)
            {
                if (field.Children.Count == 0 && !IsHttpsOwn(field))
                {
                    yield return new PlacedValue(field, -1);
                }
            }
        }

        if (flow.Messages is not { } conversation)
        {
            yield break;
        }

        var limits = ConversationLimits.Default;
        var (messages, bytes) = (0, 0L);
        foreach (var message in conversation.Read())
        {
            bytes += message.Payload.Length;
            if (++messages > limits.Messages || bytes > limits.Bytes)
            {
                yield break;
            }

            if (message.Kind != MessageKind.WebSocketSent || message.Payload.IsEmpty || message.Type == WebSocketMessageType.Close)
            {
                continue;
            }

            foreach (var field in MessageDecoder.Decode(message.Kind, message.Payload).Fields)
            {
                if (field.Children.Count == 0)
                {
                    yield return new PlacedValue(field, message.Index);
                }
            }
        }
    }

    /// <summary>
    /// Fields with which HTTP itself works. What a cache was given with an answer goes back as it came (RFC 9110, section 13.1): it names the answer, which may
    /// differ with a phone's model or the day.
    /// </summary>
    private static bool IsHttpsOwn(Field field) =>
        field.Part == MessagePart.Header && RootOf(field).Key is { } name
        && (HeaderNames.UseOf(name) is HeaderUse.Plain or HeaderUse.ContentType or HeaderUse.ContentEncoding
            || name.Equals("If-None-Match", StringComparison.OrdinalIgnoreCase)
            || name.Equals("If-Match", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("Sec-", StringComparison.OrdinalIgnoreCase));

    private static Field RootOf(Field field) => field.Parent is { } parent ? RootOf(parent) : field;
}
