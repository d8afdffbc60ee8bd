using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TrafficAudit.Capture.Connections;
using TrafficAudit.Capture.Forwarding;
using TrafficAudit.Capture.WebSockets;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Recording;

/// <summary>Turns exchanges and opaque connections into flow records and hands them to the evidence.</summary>
internal sealed partial class FlowRecorder(
    IFlowSink sink, RecordingSessions sessions, LongFlows longFlows, CaptureLimits limits, string spoolFolder, bool isIndirect, GeoPosition? lab, TimeProvider time,
    ILogger<FlowRecorder> logger)
{
    private volatile string? _fault;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Why nothing can be recorded any more; null while it can. Without evidence nothing is forwarded.</summary>
    public string? Fault => _fault;

    public Exchange Begin(HttpContext context, ProxiedConnection connection, Target target)
    {
        // A device's session begins when its first flow does, not when that ends.
        var session = sessions.Of(connection.Device);
        var exchange = new Exchange(context, connection, target, sink.TakeNumber(), limits, spoolFolder, time) { Session = session };
        exchange.Opening = longFlows.Begin(exchange.Started, () => TryOpenAsync(exchange));
        return exchange;
    }

    public async ValueTask RecordAsync(Exchange exchange)
    {
        await exchange.Opening.EndAsync();
        var (requestBody, requestFacts) = exchange.RequestBody.Finish(exchange.RequestHeadForm, exchange.RequestComplete);
        requestFacts = requestFacts with { Trailers = TrailersOf(exchange.RequestTrailers) };
        Message? response = null;
        MessageFacts? responseFacts = null;
        if (exchange.ResponseHead is { } head)
        {
            (var body, responseFacts) = exchange.ResponseBody.Finish(HeadForm.Reconstructed, exchange.ResponseComplete);
            responseFacts = responseFacts with { Trailers = TrailersOf(exchange.ResponseTrailers) };
            response = new Message(head, body);
        }

        var session = exchange.Session;
        var metadata = Metadata(session, exchange) with { Request = requestFacts, Response = responseFacts };
        metadata = exchange.Upgraded?.Describe(metadata) ?? metadata;
        await HandOverAsync(session, new FlowRecord(metadata, new Message(exchange.RequestHead, requestBody), response));
    }

    /// <summary>The server agreed to an upgrade: the flow is opened, and its connection recorded by what this gives.</summary>
    /// <exception cref="IOException">The evidence can't be written.</exception>
    public async ValueTask<IUpgradeRecorder> BeginUpgradeAsync(Exchange exchange)
    {
        if (!await exchange.Opening.RecordAsync())
        {
            throw new IOException(_fault);
        }

        return exchange.Upgraded = exchange.IsWebSocket
            ? new ConversationRecorder(messages => TryAppendAsync(exchange.Number, messages), MessageCompression.IsAgreed(HttpHead.Parse(exchange.ResponseHead)), limits, time)
            : new UnreadUpgrade();
    }

    private ValueTask<bool> TryAppendAsync(long number, IReadOnlyList<WebSocketMessage> messages) =>
        TryAsync(() => sink.AppendAsync(number, messages, CancellationToken.None));

    public ValueTask RecordOpaqueAsync(
        ProxiedConnection connection, DateTimeOffset started, FlowFailure failure, string? detail, Func<FlowMetadata, FlowMetadata> fill)
    {
        if (connection.IsForSetup)
        {
            // A phone that tries itself out is no evidence of any app.
            return ValueTask.CompletedTask;
        }

        var session = sessions.Of(connection.Device, started);
        var metadata = Metadata(session, connection, sink.TakeNumber(), started) with { Failure = failure, FailureDetail = detail, Duration = Now - started };
        return HandOverAsync(session, new FlowRecord(fill(metadata), null, null));
    }

    /// <summary>A connection whose bytes are relayed has begun; it is recorded by <see cref="RecordAsync(RelayedFlow, Func{FlowMetadata, FlowMetadata})"/>.</summary>
    public RelayedFlow BeginRelay(ProxiedConnection connection, FlowFailure failure, string detail, Func<FlowMetadata, FlowMetadata> fill)
    {
        var session = sessions.Of(connection.Device, connection.Opened);
        var metadata = fill(Metadata(session, connection, sink.TakeNumber(), connection.Opened) with { Failure = failure, FailureDetail = detail });
        return new RelayedFlow(session, metadata, longFlows.Begin(metadata.Started, () => TryOpenAsync(session, new FlowRecord(metadata, null, null))));
    }

    /// <summary>A relayed connection has ended.</summary>
    public async ValueTask RecordAsync(RelayedFlow flow, Func<FlowMetadata, FlowMetadata> fill)
    {
        await flow.Opening.EndAsync();
        await HandOverAsync(flow.Session, new FlowRecord(fill(flow.Metadata with { Duration = Now - flow.Metadata.Started }), null, null));
    }

    /// <summary>What is known of an exchange while it lasts; its bodies are recorded when it ends.</summary>
    private ValueTask<bool> TryOpenAsync(Exchange exchange)
    {
        var response = exchange.ResponseHead;
        var session = exchange.Session;
        var metadata = Metadata(session, exchange) with
        {
            Duration = null,
            Request = NoBody(exchange.RequestHeadForm),
            Response = response is null ? null : NoBody(HeadForm.Reconstructed),
        };
        return TryOpenAsync(
            session,
            new FlowRecord(metadata, new Message(exchange.RequestHead, Body.Empty), response is null ? null : new Message(response, Body.Empty)));
    }

    private ValueTask<bool> TryOpenAsync(RecordingSession session, FlowRecord opening) => TryAsync(async () =>
    {
        await session.BeginAsync();
        await sink.OpenAsync(OnItsWay(opening), CancellationToken.None);
    });

    private static FlowMetadata Metadata(RecordingSession session, Exchange exchange) => Metadata(session, exchange.Connection, exchange.Number, exchange.Started) with
    {
        Kind = exchange.IsWebSocket ? FlowKind.WebSocket : FlowKind.Http,
        Duration = exchange.Elapsed,
        TimeToResponse = exchange.TimeToResponse,
        Scheme = exchange.Target.Scheme,
        Host = exchange.Target.Host,
        Port = exchange.Target.Port,
        Client = exchange.Connection.ClientPeer(exchange.HttpVersion),
        Entrance = exchange.Target.Entrance,
        Upstream = exchange.Upstream,
        Resolution = exchange.Resolution,
        Notes = NotesOf([.. exchange.Connection.Notes, .. exchange.Notes, .. exchange.Upgraded?.Notes ?? []]),
        Upgrade = exchange.Upgrade,
        Failure = exchange.Failure,
        FailureDetail = exchange.FailureDetail,
    };

    private static MessageFacts NoBody(HeadForm head) =>
        new() { Head = head, BodyLength = 0, BodyCaptured = 0, BodySha256 = Body.EmptySha256, Complete = false };

    private static FlowMetadata Metadata(RecordingSession session, ProxiedConnection connection, long number, DateTimeOffset started) => new()
    {
        Number = number,
        Kind = FlowKind.Opaque,
        Started = started,
        Session = session.Id,
        Phase = session.PhaseAt(started),
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

    private static ImmutableArray<HeaderField>? TrailersOf(ImmutableArray<HeaderField> trailers) => trailers.IsEmpty ? null : trailers;

    private static ImmutableArray<FlowNote>? NotesOf(ImmutableArray<FlowNote> notes) => notes.IsEmpty ? null : notes;

    private async ValueTask HandOverAsync(RecordingSession session, FlowRecord record)
    {
        var isRecorded = await TryAsync(async () =>
        {
            await session.BeginAsync();
            await sink.RecordAsync(OnItsWay(record), CancellationToken.None);
        });
        if (!isRecorded)
        {
            record.Dispose();
        }
    }

    /// <summary>What is true of every flow that went to a server: from where, and whether through another proxy.</summary>
    private FlowRecord OnItsWay(FlowRecord record)
    {
        if (record.Metadata is not { Upstream: { } upstream } metadata)
        {
            return record;
        }

        return record with
        {
            Metadata = metadata with
            {
                Notes = isIndirect ? [.. metadata.Notes ?? [], FlowNote.ViaUpstreamProxy] : metadata.Notes,
                LabPosition = upstream.ConnectTime is null ? null : lab,
            },
        };
    }

    private async ValueTask<bool> TryAsync(Func<ValueTask> handOver)
    {
        try
        {
            await handOver();
            return true;
        }
        catch (IOException e)
        {
            if (Interlocked.CompareExchange(ref _fault, e.Message, null) is null)
            {
                LogEvidenceFailed(e.Message);
            }

            return false;
        }
    }

    [LoggerMessage(1101, LogLevel.Critical, "Evidence can't be written, so nothing is forwarded any more: {Reason}")]
    private partial void LogEvidenceFailed(string reason);
}
