using System.Text;

namespace TrafficAudit.Capture.Connections;

/// <summary>What a request's head says of where its body ends and where the request goes: one statement of each kind, in one form.</summary>
internal ref struct RequestFraming(ReadOnlySpan<byte> requestLine)
{
    /// <summary>More digits than this are no length that anybody sends; 64 bits have room for these.</summary>
    private const int MaximumDigits = 18;

    private readonly ReadOnlySpan<byte> _requestLine = requestLine;
    private ReadOnlySpan<byte> _host;
    private bool _hasHost;
    private bool _hasLength;
    private bool _isChunked;

    /// <summary>Whether the body comes in chunks.</summary>
    public readonly bool IsChunked => _isChunked;

    /// <summary>Takes a field, trimmed; null when it may stand there.</summary>
    public HeadFault? Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        switch (name.Length)
        {
            case 4 when Ascii.EqualsIgnoreCase(name, "Host"u8):
                return AddHost(value);
            case 14 when Ascii.EqualsIgnoreCase(name, "Content-Length"u8):
                return AddLength(value);
            case 17 when Ascii.EqualsIgnoreCase(name, "Transfer-Encoding"u8):
                return AddCoding(value);
            default:
                return null;
        }
    }

    /// <summary>What is wrong with the fields together; null when nothing is.</summary>
    public readonly HeadFault? Fault()
    {
        var isOld = _requestLine.EndsWith("HTTP/1.0"u8);
        if (_isChunked && _hasLength)
        {
            return HeadFault.Bad("Transfer-Encoding and Content-Length stand side by side (RFC 9112, section 6.3)");
        }

        if (_isChunked && isOld)
        {
            return HeadFault.Bad("HTTP/1.0 knows no Transfer-Encoding (RFC 9112, section 6.1)");
        }

        if (!_hasHost && !isOld)
        {
            return HeadFault.Bad("The Host field is missing (RFC 9112, section 3.2)");
        }

        return _hasHost && !NamesTarget()
            ? HeadFault.Bad("Host and request target name different hosts (RFC 9112, section 3.2.2)")
            : null;
    }

    private HeadFault? AddHost(ReadOnlySpan<byte> value)
    {
        if (_hasHost)
        {
            return HeadFault.Bad("There are two Host fields (RFC 9112, section 3.2)");
        }

        _hasHost = true;
        _host = value;
        return value.ContainsAny(" \t,/?#@\\"u8) ? HeadFault.Bad("The Host field names no host (RFC 9112, section 3.2)") : null;
    }

    private HeadFault? AddLength(ReadOnlySpan<byte> value)
    {
        if (_hasLength)
        {
            return HeadFault.Bad("There are two Content-Length fields (RFC 9112, section 6.3)");
        }

        _hasLength = true;
        return value.IsEmpty || value.Length > MaximumDigits || value.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            ? HeadFault.Bad("Content-Length is no number of bytes (RFC 9110, section 8.6)")
            : null;
    }

    private HeadFault? AddCoding(ReadOnlySpan<byte> value)
    {
        if (_isChunked || !Ascii.EqualsIgnoreCase(value, "chunked"u8))
        {
            return HeadFault.Bad("Transfer-Encoding is something else than 'chunked', once (RFC 9112, section 6.1)");
        }

        _isChunked = true;
        return null;
    }

    /// <summary>
    /// True for a target without a host, or with the one that Host names. A Host without a port goes with any: clients leave out what they
    /// take for the default one.
    /// </summary>
    private readonly bool NamesTarget()
    {
        var target = _requestLine[(_requestLine.IndexOf((byte)' ') + 1)..];
        target = target[..target.LastIndexOf((byte)' ')];
        var authority = target.IndexOf("://"u8);
        if (target[0] == '/' || authority < 0)
        {
            return true;
        }

        target = target[(authority + 3)..];
        var end = target.IndexOfAny("/?#"u8);
        target = end < 0 ? target : target[..end];
        return Ascii.EqualsIgnoreCase(target, _host) || Ascii.EqualsIgnoreCase(WithoutPort(target), _host)
            || (Ascii.EqualsIgnoreCase(target, WithoutPort(_host)) && _host.EndsWith(":80"u8));
    }

    private static ReadOnlySpan<byte> WithoutPort(ReadOnlySpan<byte> authority)
    {
        var colon = authority.LastIndexOf((byte)':');
        return colon >= 0 && authority.LastIndexOf((byte)']') < colon ? authority[..colon] : authority;
    }
}
