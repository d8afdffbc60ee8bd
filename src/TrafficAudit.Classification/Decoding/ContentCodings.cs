using TrafficAudit.Model;

namespace TrafficAudit.Classification.Decoding;

/// <summary>Undoes content codings (RFC 9110, section 8.4) without reading what they hold.</summary>
public static class ContentCodings
{
    /// <summary>
    /// A message's body without its content codings; null when it has none, or when they can't be undone to their end within
    /// <paramref name="limits"/>.
    /// </summary>
    /// <exception cref="IOException">The file that holds the body can't be read.</exception>
    public static ReadOnlyMemory<byte>? Undo(Message message, DecodingLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        var codings = string.Join(',', HttpHead.Parse(message.Head.Span).Fields.Where(f => f.Is("Content-Encoding")).Select(f => f.Value));
        if (codings.Length == 0)
        {
            return null;
        }

        var run = new DecodingRun(MessageKind.Response, limits ?? DecodingLimits.Default, TimeProvider.System);
        var scope = Scope.Of(MessagePart.Body);
        var bytes = message.Body.ToMemory();
        BodyDecoder.UndoCodings(run, ref scope, ref bytes, codings);
        if (run.Truncated || scope.Decodings.Length == 0)
        {
            return null; // a conditional expression would make an empty memory of it
        }

        return bytes;
    }
}
