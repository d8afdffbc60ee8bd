using TrafficAudit.Model;

namespace TrafficAudit.Classification.Decoding;

/// <summary>Where the parts of a request's target lie in its request line: the places of fields count from there.</summary>
public static class RequestLinePlace
{
    /// <summary>Where in the line the target (for the URL as a whole), its path or its query begins.</summary>
    /// <param name="line">The request line.</param>
    /// <param name="part"><see cref="MessagePart.Url"/>, <see cref="MessagePart.Path"/> or <see cref="MessagePart.Query"/>.</param>
    public static int Of(ReadOnlySpan<byte> line, MessagePart part)
    {
        var target = line.IndexOf((byte)' ') + 1;
        var rest = line[target..];
        var mark = rest.IndexOf((byte)'?');
        if (part == MessagePart.Query)
        {
            return target + mark + 1;
        }

        var beforeQuery = mark < 0 ? rest : rest[..mark];
        var scheme = rest.StartsWith("/"u8) ? -1 : beforeQuery.IndexOf("://"u8);
        return part != MessagePart.Path || scheme < 0 ? target : target + scheme + 3 + beforeQuery[(scheme + 3)..].IndexOf((byte)'/');
    }
}
