using System.Collections.Immutable;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TrafficAudit.Capture.Connections;
using TrafficAudit.Capture.Recording;
using TrafficAudit.Capture.WebSockets;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>One request and its response while they pass: what is known so far, and the two recordings.</summary>
internal sealed class Exchange : IDisposable
{
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private long _ticksToResponse;

    public Exchange(HttpContext context, ProxiedConnection connection, Target target, long number, CaptureLimits limits, string spoolFolder, TimeProvider time)
    {
        Connection = connection;
        Target = target;
        Number = number;
        _time = time;
        _startedAt = time.GetTimestamp();
        Started = time.GetUtcNow();
        HttpVersion = Heads.Version(context.Request.Protocol);
        (RequestHead, RequestHeadForm) = connection.Heads is { } tap
            ? (tap.TakeHead(), HeadForm.Exact)
            : (Heads.Write(context.Request, target), HeadForm.Reconstructed);
        RequestFields = Heads.Fields(RequestHead);
        RequestBody = new BodyRecorder(limits, spoolFolder);
        ResponseBody = new BodyRecorder(limits, spoolFolder);
    }

    // Known from the start.
    public ProxiedConnection Connection { get; }

    public Target Target { get; }

    public long Number { get; }

    /// <summary>The session in which it began, whatever has begun since and wherever the clock was set.</summary>
    public required RecordingSession Session { get; init; }

    public DateTimeOffset Started { get; }

    public string HttpVersion { get; }

    public byte[] RequestHead { get; }

    public HeadForm RequestHeadForm { get; }

    /// <summary>What goes up: a character for each byte, see <see cref="Heads.BytePerCharacter"/>.</summary>
    public ImmutableArray<HeaderField> RequestFields { get; }

    /// <summary>That it is under way.</summary>
    public Opening Opening { get; set; } = null!;

    // Filled while it passes, by the forwarding task; what an opening is made of may be read meanwhile, so each of it changes at one stroke.
    public BodyRecorder RequestBody { get; }

    public BodyRecorder ResponseBody { get; }

    public NameResolution? Resolution { get; set; }

    public Peer? Upstream { get; set; }

    public byte[]? ResponseHead { get; private set; }

    public int Status { get; private set; }

    public TimeSpan? TimeToResponse => ResponseHead is null ? null : new TimeSpan(_ticksToResponse);

    /// <summary>Fields behind the request's body (RFC 9110, section 6.5): recorded, and not passed on, which .NET's client can't.</summary>
    public ImmutableArray<HeaderField> RequestTrailers { get; private set; } = [];

    /// <summary>Fields behind the response's body.</summary>
    public ImmutableArray<HeaderField> ResponseTrailers { get; private set; } = [];

    /// <inheritdoc cref="FlowMetadata.Upgrade"/>
    public string? Upgrade { get; set; }

    public bool IsWebSocket => Upgrade == "websocket";

    /// <summary>What records the connection once it is upgraded; null until then.</summary>
    public IUpgradeRecorder? Upgraded { get; set; }

    public bool RequestComplete { get; set; }

    /// <summary>True when nobody can read the rest of the request any more, so that the connection ends with the answer.</summary>
    public bool IsRequestGivenUp { get; set; }

    public bool ResponseComplete { get; set; }

    /// <summary>What a reader of this flow must know, beside what is true of the whole connection.</summary>
    public ImmutableArray<FlowNote> Notes { get; private set; } = [];

    public FlowFailure? Failure { get; private set; }

    public string? FailureDetail { get; private set; }

    public TimeSpan Elapsed => _time.GetElapsedTime(_startedAt);

    /// <summary>The first failure counts: what follows is its consequence.</summary>
    public void Fail(FlowFailure failure, string? detail)
    {
        if (Failure is null)
        {
            Failure = failure;
            FailureDetail = detail;
        }
    }

    public void Note(FlowNote note) => Notes = Notes.Add(note);

    public void OnResponse(HttpResponseMessage response)
    {
        _ticksToResponse = Elapsed.Ticks;
        Status = (int)response.StatusCode;
        ResponseHead = Heads.Write(response);
        Upstream = Upstream is { } peer ? peer with { HttpVersion = Heads.Version(response.Version) } : null;
    }

    /// <summary>The request's body was read to its end.</summary>
    public void OnRequestEnd(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestTrailersFeature>() is { Available: true, Trailers: { Count: > 0 } trailers })
        {
            RequestTrailers = [.. trailers.SelectMany(t => t.Value.Select(v => new HeaderField(t.Key, v ?? "")))];
        }
    }

    public void OnTrailers(HttpResponseMessage response)
    {
        if (response.TrailingHeaders.NonValidated is { Count: > 0 } trailers)
        {
            ResponseTrailers = [.. trailers.SelectMany(t => t.Value.Select(v => new HeaderField(t.Key, v)))];
        }
    }

    public void Dispose()
    {
        RequestBody.Dispose();
        ResponseBody.Dispose();
        (Upgraded as IDisposable)?.Dispose();
    }
}
