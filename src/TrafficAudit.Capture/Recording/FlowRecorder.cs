using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TrafficAudit.Capture.Connections;
using TrafficAudit.Capture.Forwarding;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Recording;

/// <summary>Turns exchanges and opaque connections into flow records and hands them to the evidence.</summary>
internal sealed partial class FlowRecorder(
    IFlowSink sink, RecordingSession session, CaptureLimits limits, string spoolFolder, bool isIndirect, TimeProvider time, ILogger<FlowRecorder> logger)
{
    private volatile string? _fault;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Why nothing can be recorded any more; null while it can. Without evidence nothing is forwarded.</summary>
    public string? Fault => _fault;

    public Exchange Begin(HttpContext context, ProxiedConnection connection, Target target) =>
        new(context, connection, target, sink.TakeNumber(), limits, spoolFolder, time);

    public ValueTask RecordAsync(Exchange exchange)
    {
        var (requestBody, requestFacts) = exchange.RequestBody.Finish(exchange.RequestHeadForm, exchange.RequestComplete);
        Message? response = null;
        MessageFacts? responseFacts = null;
        if (exchange.ResponseHead is { } head)
        {
            (var body, responseFacts) = exchange.ResponseBody.Finish(HeadForm.Reconstructed, exchange.ResponseComplete);
            response = new Message(head, body);
        }

        var metadata = Metadata(exchange.Connection, exchange.Number, exchange.Started) with
        {
            Kind = exchange.Status == StatusCodes.Status101SwitchingProtocols ? FlowKind.WebSocket : FlowKind.Http,
            Duration = exchange.Elapsed,
            TimeToResponse = exchange.TimeToResponse,
            Scheme = exchange.Target.Scheme,
            Host = exchange.Target.Host,
            Port = exchange.Target.Port,
            Client = exchange.Connection.ClientPeer(exchange.HttpVersion),
            Entrance = exchange.Target.Entrance,
            Upstream = exchange.Upstream,
            Resolution = exchange.Resolution,
            Notes = NotesOf([.. exchange.Connection.Notes, .. exchange.Notes]),
            Request = requestFacts,
            Response = responseFacts,
            Failure = exchange.Failure,
            FailureDetail = exchange.FailureDetail,
        };
        return HandOverAsync(new FlowRecord(metadata, new Message(exchange.RequestHead, requestBody), response));
    }

    public ValueTask RecordOpaqueAsync(
        ProxiedConnection connection, DateTimeOffset started, FlowFailure failure, string? detail, Func<FlowMetadata, FlowMetadata> fill)
    {
        var metadata = Metadata(connection, sink.TakeNumber(), started) with { Failure = failure, FailureDetail = detail, Duration = Now - started };
        return HandOverAsync(new FlowRecord(fill(metadata), null, null));
    }

    private FlowMetadata Metadata(ProxiedConnection connection, long number, DateTimeOffset started) => new()
    {
        Number = number,
        Kind = FlowKind.Opaque,
        Started = started,
        Session = session.Id,
        Phase = session.Phase,
        Device = connection.Device,
        Origin = "captured",
        Scheme = "tcp",
        Host = connection.TunnelHost ?? "",
        Port = connection.Tunnel?.Port ?? 0,
        Entrance = connection.Entrance,
        Connection = connection.Number,
        ClientHello = connection.ClientHello,
        Notes = NotesOf(connection.Notes),
        Client = connection.ClientPeer(null),
    };

    private static ImmutableArray<FlowNote>? NotesOf(ImmutableArray<FlowNote> notes) => notes.IsEmpty ? null : notes;

    private async ValueTask HandOverAsync(FlowRecord record)
    {
        if (isIndirect && record.Metadata is { Upstream: not null } metadata)
        {
            record = record with { Metadata = metadata with { Notes = [.. metadata.Notes ?? [], FlowNote.ViaUpstreamProxy] } };
        }

        try
        {
            await sink.RecordAsync(record, CancellationToken.None);
        }
        catch (IOException e)
        {
            record.Dispose();
            if (Interlocked.CompareExchange(ref _fault, e.Message, null) is null)
            {
                LogEvidenceFailed(e.Message);
            }
        }
    }

    [LoggerMessage(1101, LogLevel.Critical, "Evidence can't be written, so nothing is forwarded any more: {Reason}")]
    private partial void LogEvidenceFailed(string reason);
}
