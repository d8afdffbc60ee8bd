using System.Buffers;

namespace TrafficAudit.Capture.Connections;

/// <summary>
/// Refuses the heads of HTTP/1.x requests that servers read differently: whoever can make the proxy and a server disagree about where a request
/// ends smuggles a second one past the proxy, and past the evidence (RFC 9112, section 11.2). Stricter than the RFC where that leaves a
/// choice: a tester sees a 400 and a recorded connection, never a request that is not in the evidence.
/// </summary>
internal static class RequestHeadCheck
{
    /// <summary>Longest request line, in bytes.</summary>
    public const int MaximumLine = 64 * 1024;

    /// <summary>All field lines together, in bytes.</summary>
    public const int MaximumFields = 128 * 1024;

    /// <summary>Most field lines.</summary>
    public const int MaximumFieldCount = 1000;

    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n\0"u8);

    private static readonly SearchValues<byte> TokenBytes =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>Control characters but HTAB (RFC 9110, section 5.5).</summary>
    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Where(b => b != '\t').Select(b => (byte)b), 0x7F]);

    private static readonly SearchValues<byte> ControlsAndBlanks =
        SearchValues.Create([.. Enumerable.Range(0, 0x21).Select(b => (byte)b), 0x7F]);

    private static readonly HeadFault LineTooLong = new("414 URI Too Long", "The request line is longer than 64 KiB");

    private static readonly HeadFault FieldsTooLong = new("431 Request Header Fields Too Large", "The request's fields are longer than 128 KiB");

    private static readonly HeadFault TooManyFields = new("431 Request Header Fields Too Large", "The request has more than 1,000 fields");

    /// <summary>Reads a whole head, with its closing empty line.</summary>
    /// <param name="head">Its bytes.</param>
    /// <param name="isChunked">Whether its body comes in chunks.</param>
    /// <returns>Null when it may go on.</returns>
    public static HeadFault? Of(ReadOnlySpan<byte> head, out bool isChunked)
    {
        isChunked = false;
        var rest = head;
        var fault = TakeLine(ref rest, out var line) ?? OfRequestLine(line);
        if (fault is not null)
        {
            return fault;
        }

        if (rest.Length > MaximumFields)
        {
            return FieldsTooLong;
        }

        var framing = new RequestFraming(line);
        for (var count = 0; ; count++)
        {
            fault = TakeLine(ref rest, out line);
            if (fault is not null || line.IsEmpty)
            {
                isChunked = framing.IsChunked;
                return fault ?? framing.Fault();
            }

            fault = count == MaximumFieldCount ? TooManyFields : OfField(line, ref framing);
            if (fault is not null)
            {
                return fault;
            }
        }
    }

    /// <summary>Looks at a head of which the end may still be to come: what is wrong already is not waited for.</summary>
    /// <param name="part">The bytes so far.</param>
    /// <param name="lineStart">Where the line starts that was not complete at the last look; 0 at first.</param>
    /// <param name="length">The head's length when it is complete, else 0.</param>
    public static HeadFault? OfPart(ReadOnlySpan<byte> part, ref int lineStart, out int length)
    {
        length = 0;
        while (HasWholeLine(part[lineStart..]))
        {
            var rest = part[lineStart..];
            var fault = TakeLine(ref rest, out var line) ?? (lineStart == 0 ? OfRequestLine(line) : null);
            if (fault is not null)
            {
                return fault;
            }

            lineStart = part.Length - rest.Length;
            if (line.IsEmpty)
            {
                length = lineStart;
                return null;
            }
        }

        return lineStart == 0 && part.Length > MaximumLine + 2 ? LineTooLong
            : part.Length > MaximumLine + MaximumFields ? FieldsTooLong
            : null;
    }

    /// <summary>True when the line's end is there, or something that no line may have.</summary>
    private static bool HasWholeLine(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOfAny(LineEnds);
        return end >= 0 && (bytes[end] != '\r' || end + 1 < bytes.Length);
    }

    private static HeadFault? TakeLine(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> line)
    {
        var end = rest.IndexOfAny(LineEnds);
        line = end < 0 ? rest : rest[..end];
        if (end < 0 || rest[end] == 0)
        {
            return HeadFault.Bad("The head has a NUL (RFC 9110, section 5.5)");
        }

        if (rest[end] == '\n')
        {
            return HeadFault.Bad("A line of the head ends in a bare LF (RFC 9112, section 2.2)");
        }

        if (end + 1 == rest.Length || rest[end + 1] != '\n')
        {
            return HeadFault.Bad("The head has a bare CR (RFC 9112, section 2.2)");
        }

        rest = rest[(end + 2)..];
        return null;
    }

    private static HeadFault? OfRequestLine(ReadOnlySpan<byte> line)
    {
        if (line.Length > MaximumLine)
        {
            return LineTooLong;
        }

        var first = line.IndexOf((byte)' ');
        var last = line.LastIndexOf((byte)' ');
        if (first <= 0 || line[..first].ContainsAnyExcept(TokenBytes))
        {
            return HeadFault.Bad("The request line has no method (RFC 9112, section 3.1)");
        }

        var version = line[(last + 1)..];
        if (first == last || !version.StartsWith("HTTP/"u8))
        {
            return HeadFault.Bad("The request line names no HTTP version (RFC 9112, section 3)");
        }

        var target = line[(first + 1)..last];
        if (target.IsEmpty || target.ContainsAny(ControlsAndBlanks))
        {
            return HeadFault.Bad("The request target is empty, or has a blank or a control character (RFC 9112, section 3.2)");
        }

        return line[..first].SequenceEqual("CONNECT"u8)
            ? HeadFault.Bad("CONNECT is not the first request of its connection")
            : version.SequenceEqual("HTTP/1.1"u8) || version.SequenceEqual("HTTP/1.0"u8)
                ? null
                : new HeadFault("505 HTTP Version Not Supported", "The request line names another version than HTTP/1.1 and HTTP/1.0 (RFC 9112, section 2.3)");
    }

    private static HeadFault? OfField(ReadOnlySpan<byte> line, ref RequestFraming framing)
    {
        if (line[0] is (byte)' ' or (byte)'\t')
        {
            return HeadFault.Bad("A field is folded over lines (RFC 9112, section 5.2)");
        }

        var colon = line.IndexOf((byte)':');
        if (colon < 0)
        {
            return HeadFault.Bad("A field line has no colon (RFC 9112, section 5)");
        }

        var name = line[..colon];
        if (name.IsEmpty || name.ContainsAnyExcept(TokenBytes))
        {
            return name.TrimEnd(" \t"u8).Length < name.Length
                ? HeadFault.Bad("White space stands before a field's colon (RFC 9112, section 5.1)")
                : HeadFault.Bad("A field's name is no token (RFC 9110, section 5.1)");
        }

        var value = line[(colon + 1)..].Trim(" \t"u8);
        return value.ContainsAny(Controls)
            ? HeadFault.Bad("A field's value has a control character (RFC 9110, section 5.5)")
            : framing.Add(name, value);
    }
}
