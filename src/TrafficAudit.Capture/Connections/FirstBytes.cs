using System.IO.Pipelines;

namespace TrafficAudit.Capture.Connections;

/// <summary>What the first bytes on a connection announce.</summary>
internal enum FirstBytesKind
{
    /// <summary>The client closed before it sent a byte.</summary>
    None,

    /// <summary>The client is there, and says nothing.</summary>
    Silence,

    /// <summary>A TLS handshake record (RFC 8446, section 5.1: content type 22).</summary>
    Tls,

    /// <summary>A SOCKS5 greeting (RFC 1928, section 3: version 5).</summary>
    Socks5,

    /// <summary>The start of an HTTP/1.x method (RFC 9110, section 9.1: upper-case letters by registration).</summary>
    Http,

    /// <summary>Something else.</summary>
    Other,
}

/// <summary>Looks at the first bytes on a connection and leaves them there.</summary>
internal static class FirstBytes
{
    private const byte TlsHandshake = 0x16;

    public static FirstBytesKind Classify(byte first) => first switch
    {
        TlsHandshake => FirstBytesKind.Tls,
        Socks5.Version => FirstBytesKind.Socks5,
        >= (byte)'A' and <= (byte)'Z' or >= (byte)'a' and <= (byte)'z' => FirstBytesKind.Http,
        _ => FirstBytesKind.Other,
    };

    /// <summary>
    /// Waits for a first byte, at most for <paramref name="patience"/>. It does not look at whether the connection is closed: a client may say all
    /// that it has to say and stop sending at once, and what it said is there to be read.
    /// </summary>
    public static async Task<FirstBytesKind> PeekAsync(PipeReader input, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        try
        {
            var read = await input.ReadAsync(limit.Token);
            var kind = read.Buffer.IsEmpty ? FirstBytesKind.None : Classify(read.Buffer.FirstSpan[0]);
            input.AdvanceTo(read.Buffer.Start, read.Buffer.Start);
            return kind;
        }
        catch (OperationCanceledException)
        {
            return FirstBytesKind.Silence;
        }
    }
}
