using System.Text;

namespace TrafficAudit.Classification.Decoding;

/// <summary>
/// Packets of Engine.IO and Socket.IO (socket.io, protocol 4 and 5): one or two digits, perhaps a count of attachments, a namespace and a number to
/// acknowledge, then JSON. A body with nothing but digits before the JSON is read as that, with places.
/// </summary>
internal static class SocketIo
{
    /// <summary>Adds the JSON of a packet.</summary>
    public static bool TryDecode(DecodingRun run, Field field, ReadOnlySpan<char> text)
    {
        if (text[0] is not (>= '0' and <= '6') || text[^1] is not (']' or '}'))
        {
            return false;
        }

        var rest = text.TrimStart("0123456789");
        if (rest[0] == '-')
        {
            rest = rest[1..];
        }

        if (rest[0] == '/' && rest.IndexOf(',') is > 0 and var comma)
        {
            rest = rest[(comma + 1)..];
        }

        rest = rest.TrimStart("0123456789");
        return rest.Length > 1 && rest[0] is '[' or '{' && text.Length - rest.Length <= 256
            && JsonDecoder.TryDecodeText(run, field, Encoding.UTF8.GetBytes(rest.ToString()), wrapping: Decodings.SocketIo);
    }
}
