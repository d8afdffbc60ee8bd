using System.Buffers;
using System.Net;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Connections;

/// <summary>A host and port to tunnel to, as a CONNECT request names it (RFC 9110, section 9.3.6).</summary>
/// <param name="Host">Lower-case name in its ASCII form, or an IP address without brackets.</param>
/// <param name="Port">1 to 65535.</param>
internal readonly record struct Authority(string Host, int Port)
{
    /// <summary>Reads <c>host:port</c> or <c>[v6]:port</c>; false when it is neither.</summary>
    public static bool TryParse(string text, out Authority authority)
    {
        authority = default;
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), out var port) || port is < 1 or > 65535)
        {
            return false;
        }

        // A trailing dot says that the name is absolute (RFC 1034, section 3.1), which it is anyway.
        var host = text[..colon].TrimEnd('.');
        if (host.StartsWith('[') && host.EndsWith(']') && IPAddress.TryParse(host[1..^1], out var v6))
        {
            authority = new Authority(Doors.ClientAddress.Normal(v6).ToString(), port);
            return true;
        }

        if (Uri.CheckHostName(host) is not (UriHostNameType.Dns or UriHostNameType.IPv4))
        {
            return false;
        }

        authority = new Authority(host.ToLowerInvariant(), port);
        return true;
    }
}

/// <summary>Takes the head of a CONNECT request off a connection.</summary>
internal static class ConnectRequest
{
    private static ReadOnlySpan<byte> End => "\r\n\r\n"u8;

    /// <summary>True when the bytes so far can still become, or are, <c>CONNECT </c>.</summary>
    public static bool Matches(ReadOnlySequence<byte> bytes, out bool certain)
    {
        Span<byte> first = stackalloc byte[8];
        var length = (int)Math.Min(bytes.Length, first.Length);
        bytes.Slice(0, length).CopyTo(first);
        certain = length == first.Length;
        return "CONNECT "u8.StartsWith(first[..length]);
    }

    /// <summary>Finds the head's end; null while it is incomplete.</summary>
    public static SequencePosition? EndOf(ReadOnlySequence<byte> bytes)
    {
        var reader = new SequenceReader<byte>(bytes);
        return reader.TryReadTo(out ReadOnlySequence<byte> _, End) ? reader.Position : null;
    }

    /// <summary>The authority that the head asks for; null when it is malformed.</summary>
    public static Authority? Parse(ReadOnlySequence<byte> head) =>
        Authority.TryParse(HttpHead.Parse(head.ToArray()).Target, out var authority) ? authority : null;
}
