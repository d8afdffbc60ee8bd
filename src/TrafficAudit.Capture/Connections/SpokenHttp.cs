using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;
using TrafficAudit.Capture.Recording;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Connections;

/// <summary>Hands a connection to Kestrel, sees what the client sends that is no request, and records that.</summary>
internal sealed class SpokenHttp(FlowRecorder recorder, ClientLimits limits, TimeProvider time)
{
    /// <summary>How much is kept of bytes that became no request.</summary>
    private const int KeptBytes = 16 * 1024;

    /// <summary>How much is kept of bytes that are not even meant as HTTP.</summary>
    private const int KeptOfOthers = 256;

    private static readonly string[] Methods = ["GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "CONNECT ", "OPTIONS ", "TRACE ", "PATCH "];

    public async Task SpeakAsync(ConnectionContext connection, ProxiedConnection proxied, IDuplexPipe transport, ConnectionDelegate next)
    {
        var refusals = proxied.Refusals;
        var heads = refusals is null ? new HeadTap(transport, limits, time) : null;
        var original = connection.Transport;
        proxied = proxied with { Heads = heads };
        connection.Features.Set(proxied);
        connection.Transport = heads is null
            ? new DuplexPipe(transport.Input, new Http2FrameTap(transport.Output, refusals!))
            : new DuplexPipe(heads, transport.Output);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = original;
            if (heads is { Unclaimed.IsEmpty: false })
            {
                await RecordAsync(proxied, heads);
            }
            else if (refusals?.Reason is { } reason)
            {
                await recorder.RecordOpaqueAsync(proxied, recorder.Now, FlowFailure.ClientProtocolError, reason, m => m);
            }
        }
    }

    private ValueTask RecordAsync(ProxiedConnection proxied, HeadTap heads)
    {
        var all = heads.Unclaimed;
        var isHttp = LooksLikeHttp(all);
        var first = all[..Math.Min(all.Length, isHttp ? KeptBytes : KeptOfOthers)].ToArray();
        var length = all.Length;
        var (failure, detail) = !isHttp ? (FlowFailure.NotHttp, "The bytes are no HTTP request")
            : heads.Fault is not { } fault ? (FlowFailure.ClientReset, "The client went away within a request's head")
            : ReferenceEquals(fault, HeadTap.BrokenOff) ? (FlowFailure.ClientReset, fault.Reason)
            : (FlowFailure.ClientProtocolError, $"{fault.Reason}; answered with {fault.Status}");
        return recorder.RecordOpaqueAsync(proxied, recorder.Now, failure, detail, m => m with { FirstBytes = first, BytesSent = length });
    }

    private static bool LooksLikeHttp(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        var line = end < 0 ? bytes : bytes[..end];
        return line.IndexOf(" HTTP/"u8) > 0 || Array.Exists(Methods, Encoding.Latin1.GetString(line[..Math.Min(line.Length, 10)]).StartsWith);
    }
}
