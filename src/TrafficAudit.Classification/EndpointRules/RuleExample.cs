using System.Collections.Immutable;
using System.Text;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.EndpointRules;

/// <summary>An invented message that tests a rule.</summary>
/// <param name="Line">Its line in the pack's file.</param>
/// <param name="Method">The request's method.</param>
/// <param name="Url">Where the request goes.</param>
/// <param name="Headers">The message's header fields.</param>
/// <param name="Body">The message's body.</param>
/// <param name="Finds">The items that the rule must find in it, each of them; empty for one in which it must find nothing.</param>
internal sealed record RuleExample(
    int Line, string Method, Uri Url, ImmutableArray<HeaderField> Headers, ReadOnlyMemory<byte> Body, ImmutableArray<string> Finds)
{
    /// <summary>The message that is looked at, decoded.</summary>
    public DecodedMessage Decode(MessageKind kind)
    {
        if (kind is MessageKind.WebSocketSent or MessageKind.WebSocketReceived)
        {
            return MessageDecoder.Decode(kind, Body);
        }

        var head = new StringBuilder(kind == MessageKind.Request ? $"{Method} {Url.PathAndQuery} HTTP/1.1\r\nHost: {Url.Host}\r\n" : "HTTP/1.1 200 OK\r\n");
        foreach (var field in Headers)
        {
            head.Append(field.Name).Append(": ").Append(field.Value).Append("\r\n");
        }

        using var body = new MemoryBody(Body);
        return MessageDecoder.Decode(kind, new Message(Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), body));
    }
}
