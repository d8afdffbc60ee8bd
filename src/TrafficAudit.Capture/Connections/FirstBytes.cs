using System.Buffers;
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

    /// <summary>Longer than every registered method (IANA, HTTP Method Registry).</summary>
    private const int LongestMethod = 24;

    private static readonly SearchValues<byte> MethodBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."u8);

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
    public static Task<FirstBytesKind> PeekAsync(PipeReader input, TimeSpan patience) =>
        PeekAsync(input, patience, static bytes => Classify(bytes.FirstSpan[0]));

    /// <summary>
    /// The same inside of a tunnel, where other protocols begin with letters, too (SSH, IRC, SMTP): only the start of a request line is HTTP there, and
    /// as many bytes are waited for as tell.
    /// </summary>
    public static Task<FirstBytesKind> PeekInTunnelAsync(PipeReader input, TimeSpan patience) => PeekAsync(input, patience, ClassifyInTunnel);

    internal static FirstBytesKind? ClassifyInTunnel(ReadOnlySequence<byte> bytes)
    {
        var kind = Classify(bytes.FirstSpan[0]);
        if (kind != FirstBytesKind.Http)
        {
            return kind;
        }

        // RFC 9112, section 3: method, one blank, then a target in origin, absolute or asterisk form.
        var start = bytes.Slice(0, Math.Min(bytes.Length, LongestMethod + 2)).ToArray().AsSpan();
        var method = start.IndexOfAnyExcept(MethodBytes);
        if (method < 0 || method == start.Length - 1)
        {
            return start.Length > LongestMethod || (method >= 0 && start[method] != ' ') ? FirstBytesKind.Other : null;
        }

        var isRequest = start[method] == ' ' && start[method + 1] is (byte)'/' or (byte)'h' or (byte)'H' or (byte)'*';

        // HTTP/2 with prior knowledge (RFC 9113, section 3.4) is spoken over TLS only here.
        return isRequest && !start[..method].SequenceEqual("PRI"u8) ? FirstBytesKind.Http : FirstBytesKind.Other;
    }

    private static async Task<FirstBytesKind> PeekAsync(PipeReader input, TimeSpan patience, Func<ReadOnlySequence<byte>, FirstBytesKind?> classify)
    {
        using var limit = new CancellationTokenSource(patience);
        var sofar = FirstBytesKind.Silence;
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(limit.Token);
                var kind = read.Buffer.IsEmpty ? FirstBytesKind.None : classify(read.Buffer);
                var isDone = kind is not null || read.IsCompleted;
                input.AdvanceTo(read.Buffer.Start, isDone ? read.Buffer.Start : read.Buffer.End);
                if (isDone)
                {
                    return kind ?? FirstBytesKind.Http;
                }

                sofar = FirstBytesKind.Http;
            }
        }
        catch (OperationCanceledException)
        {
            return sofar;
        }
        catch (IOException)
        {
            // A client that resets has said nothing that could be read.
            return FirstBytesKind.None;
        }
    }
}
