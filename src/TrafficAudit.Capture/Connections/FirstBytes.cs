using System.Buffers;
using System.IO.Pipelines;

namespace TrafficAudit.Capture.Connections;

/// <summary>What the first bytes on a connection announce.</summary>
internal enum FirstBytesKind
{
    /// <summary>The client closed, or stayed silent, before it sent a byte.</summary>
    None,

    /// <summary>A TLS handshake record (RFC 8446, section 5.1: content type 22).</summary>
    Tls,

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
        >= (byte)'A' and <= (byte)'Z' or >= (byte)'a' and <= (byte)'z' => FirstBytesKind.Http,
        _ => FirstBytesKind.Other,
    };

    public static async Task<FirstBytesKind> PeekAsync(PipeReader input, TimeSpan wait, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(wait);
        try
        {
            var read = await input.ReadAsync(limit.Token);
            var kind = read.Buffer.IsEmpty ? FirstBytesKind.None : Classify(read.Buffer.FirstSpan[0]);
            input.AdvanceTo(read.Buffer.Start, read.Buffer.Start);
            return kind;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return FirstBytesKind.None;
        }
    }
}
