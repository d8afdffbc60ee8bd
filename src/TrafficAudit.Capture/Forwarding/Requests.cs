using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TrafficAudit.Capture.Connections;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Capture.Recording;
using TrafficAudit.Capture.WebSockets;
using TrafficAudit.Model;
using Yarp.ReverseProxy.Forwarder;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>
/// What happens to each request that Kestrel has parsed:
/// <code>
/// 1 for the proxy itself? ─► set-up pages      2 not admitted? ─► told how to pair
/// 3 exchange begins (number, exact head) ─► 4 upstream for (scheme, host, port, address) ─► 5 forward, both bodies copied
/// ─► 6 what failed, and an answer that says so ─► 7 record
/// </code>
/// A failure of traffic is a value on the flow, never an exception.
/// </summary>
internal sealed class Requests(
    Door door, SetupPages setup, RunningExchanges running, UpstreamPool upstreams, FlowRecorder recorder, IHttpForwarder forwarder, ForwardingOptions options, CaptureLimits limits, TimeProvider time)
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(5);

    private static readonly PassThrough PassThrough = new();
    private static readonly ForwarderRequestConfig Http1 = Config(HttpVersion.Version11);
    private static readonly ForwarderRequestConfig Http2 = Config(HttpVersion.Version20);
    private static readonly ForwarderRequestConfig Http2Alone = Http2 with { VersionPolicy = HttpVersionPolicy.RequestVersionExact };

    public async Task HandleAsync(HttpContext context)
    {
        var connection = context.Features.GetRequiredFeature<ProxiedConnection>();
        using var stream = Http2Stream.Enter(context, connection);
        var target = Target.Of(context, connection);
        var isOverTls = connection.Tls is not null;
        if (target is null || connection.IsForSetup || SetupPages.AreAskedFor(target.Host, target.Port, connection.Reached, isOverTls))
        {
            connection.Heads?.TakeHead();
            await setup.HandleAsync(context, new SetupVisit(IsThroughProxy: target is not null, isOverTls));
        }
        else if (IsRefused(connection, out var isBlocked))
        {
            connection.Heads?.TakeHead();
            await UnpairedPage.ForRequest(context.Request.Headers.AcceptLanguage, connection.Reached, isBlocked).WriteAsync(context.Response);
        }
        else
        {
            await ForwardAsync(context, connection, target);
        }

        await EndRequestAsync(context, connection);
    }

    /// <summary>
    /// Asked for each request, since a phone may pair, or be blocked, while its connection is open. Whether it is paired was asked for a tunnel
    /// when that opened.
    /// </summary>
    private bool IsRefused(ProxiedConnection connection, out bool isBlocked)
    {
        if (connection.Tunnel is not null)
        {
            isBlocked = door.IsBlocked(connection.Device);
            return isBlocked;
        }

        var isAdmitted = door.Admits(connection.Client.Address, out var device);
        isBlocked = device is { IsBlocked: true };
        return !isAdmitted;
    }

    private async Task ForwardAsync(HttpContext context, ProxiedConnection connection, Target target)
    {
        using var counted = running.Enter();

        // What is under way when its device is blocked ends at once.
        await using var blocking = door.BlockingOf(connection.Device).UnsafeRegister(static c => ((HttpContext)c!).Abort(), context);
        using var exchange = recorder.Begin(context, connection, target);
        context.Features.Set(exchange);
        using var watch = new ExchangeWatch(context, options.IdleTimeout, limits.AfterClientLeft, time, running.Interrupt);
        context.Features.Set(watch);
        if (recorder.Fault is { } fault)
        {
            exchange.Fail(FlowFailure.Interrupted, fault);
        }
        else if (Http2Form.FaultOf(context) is { } malformed)
        {
            exchange.Fail(FlowFailure.ClientProtocolError, malformed);
        }
        else
        {
            await ForwardAsync(context, exchange, watch);
        }

        if (exchange.Failure is { } failure)
        {
            await FailurePage.WriteAsync(context, failure, exchange.FailureDetail, exchange.Number);
            if (exchange.Status != 0 && !exchange.ResponseComplete)
            {
                // The client must see that the response broke off, as it would have without us.
                context.Abort();
            }
            else if (failure is FlowFailure.ClientProtocolError)
            {
                connection.Heads?.End();
            }
        }

        else if (exchange.HttpVersion != "HTTP/2" && exchange.Upgraded is null)
        {
            // The client has its whole response before the recording waits for its queue. Not over HTTP/2: there the client would open the
            // next stream while Kestrel still counts this one, until Kestrel takes that for an attack and closes the connection.
            await context.Response.CompleteAsync();
        }

        await recorder.RecordAsync(exchange);
    }

    private async Task ForwardAsync(HttpContext context, Exchange exchange, ExchangeWatch watch)
    {
        UpstreamOutcome found;
        try
        {
            found = await upstreams.EnterAsync(exchange.Target, watch.End);
        }
        catch (OperationCanceledException)
        {
            var (failure, detail) = watch.IsInterrupted ? (FlowFailure.Interrupted, "The recording ended before the server was reached")
                : watch.EndsForClient ? (FlowFailure.ClientReset, "The client went away before the server was reached")
                : (FlowFailure.UpstreamTimeout, "The server was not reached within the time limit");
            exchange.Fail(failure, detail);
            return;
        }

        exchange.Resolution = found.Resolution;
        if (found.Upstream is not { } upstream)
        {
            exchange.Fail(found.Failure!.Value, found.Detail);
            return;
        }

        try
        {
            exchange.Upstream = upstream.Peer(null);
            await SendAsync(context, exchange, watch, upstream);
            exchange.Upstream = upstream.Peer(exchange.Upstream.HttpVersion);
        }
        finally
        {
            upstream.Leave();
        }
    }

    private async Task SendAsync(HttpContext context, Exchange exchange, ExchangeWatch watch, Upstream upstream)
    {
        var clientRequest = context.Request.Body;
        var requestBody = new RecordingRequestStream(clientRequest, exchange.RequestBody, watch.Touch);
        var clientBody = context.Response.Body;
        var responseBody = new RecordingResponseStream(clientBody, exchange.ResponseBody, watch.Touch, watch.ClientLeft);
        var hasBody = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;
        context.Request.Body = requestBody;
        context.Response.Body = responseBody;
        var error = await SendAsync(context, exchange, upstream, exchange.HttpVersion == "HTTP/2" ? Http2 : Http1, watch.End);
        context.Response.Body = clientBody;
        if (exchange.Upgraded is { } upgraded)
        {
            await upgraded.EndAsync();
        }

        exchange.ResponseComplete = error == ForwarderError.None || IsOfRequestAlone(error, exchange) || IsEndOfUpgrade(exchange, watch);
        if (requestBody.IsMalformed || exchange.Connection.Heads is { IsBodyBroken: true } || Http2Stream.IsBroken(context, exchange.Connection))
        {
            exchange.Fail(FlowFailure.ClientProtocolError, "The request's body breaks HTTP: bad chunks, or another length than was said");
        }
        else if (!exchange.ResponseComplete)
        {
            var (failure, detail) = ForwardingFailure.Of(error, context.Features.Get<IForwarderErrorFeature>()?.Exception, upstream, watch);
            exchange.Fail(failure, detail);
        }
        else if (responseBody.ClientLeft)
        {
            exchange.Fail(FlowFailure.ClientReset, "The client went away before it had the whole response; the rest was recorded without it");
        }

        hasBody &= exchange.Upgraded is null;
        if (hasBody && !requestBody.Ended && exchange.Failure is not (FlowFailure.ClientReset or FlowFailure.ClientProtocolError))
        {
            await TakeRestAsync(context, exchange, requestBody);
        }

        await requestBody.StopAsync();
        exchange.IsRequestGivenUp = requestBody.IsGivenUp;
        exchange.RequestComplete = !hasBody || requestBody.Ended;
        if (requestBody.Ended)
        {
            exchange.OnRequestEnd(context);
        }

        context.Request.Body = clientRequest;
    }

    private async Task<ForwarderError> SendAsync(
        HttpContext context, Exchange exchange, Upstream upstream, ForwarderRequestConfig config, CancellationToken end)
    {
        var (upgrade, connect) = (context.Features.Get<IHttpUpgradeFeature>(), context.Features.Get<IHttpExtendedConnectFeature>());
        var tapped = new TappedUpgrade(upgrade, connect, () => recorder.BeginUpgradeAsync(exchange));
        if (upgrade is { IsUpgradableRequest: true })
        {
            context.Features.Set<IHttpUpgradeFeature>(tapped);
        }
        else if (connect is { IsExtendedConnect: true })
        {
            context.Features.Set<IHttpExtendedConnectFeature>(tapped);
        }
        else
        {
            return await ForwardAsync(config);
        }

        var error = await ForwardAsync(config);
        if (error == ForwarderError.Request && UpgradeRequest.WantsOtherVersion(context, exchange, upstream))
        {
            context.Response.Clear();
            error = await ForwardAsync(config == Http2 ? Http1 : Http2Alone);
        }

        return error;

        // The forwarder opens a WebSocket over HTTP/2 (RFC 8441) only where its prefix is one of HTTPS; the real destination is the exchange's
        // target, set by the transformer.
        ValueTask<ForwarderError> ForwardAsync(ForwarderRequestConfig config) =>
            forwarder.SendAsync(context, $"{exchange.Target.Scheme}://upstream.invalid/", upstream.Invoker, config, PassThrough, end);
    }

    /// <summary>An upgraded connection has no end of its own but that one side closes it.</summary>
    private static bool IsEndOfUpgrade(Exchange exchange, ExchangeWatch watch) =>
        exchange.Upgraded is not null && !watch.IsInterrupted;

    /// <summary>
    /// A server may answer in full without reading the whole request, and then refuse the rest of it: the forwarder reports that, though the
    /// response has passed completely.
    /// </summary>
    private static bool IsOfRequestAlone(ForwarderError error, Exchange exchange) =>
        exchange.ResponseHead is not null
        && error is (ForwarderError.RequestBodyClient or ForwarderError.RequestBodyDestination or ForwarderError.RequestBodyCanceled);

    /// <summary>Reads the request to its end, so that the next bytes on an HTTP/1.1 connection are a head again.</summary>
    private static async Task EndRequestAsync(HttpContext context, ProxiedConnection connection)
    {
        if (connection.Heads is null or { HasEnded: true } || context.Features.Get<Exchange>()?.Upgraded is not null)
        {
            return;
        }

        if (context.Features.Get<Exchange>() is { IsRequestGivenUp: true })
        {
            await context.Response.CompleteAsync();
            connection.Heads.End();
        }
        else if (await DrainAsync(context.Request.Body))
        {
            connection.Heads.BeginHead();
        }
        else
        {
            context.Abort();
        }
    }

    /// <summary>
    /// Reads what the server did not wait for, which is evidence all the same. The client gets the end of an early answer first: it may wait for that before it
    /// sends more, or have nothing more to send. Where the server failed, only what has come already is taken: the client waits to be told.
    /// </summary>
    private static async Task TakeRestAsync(HttpContext context, Exchange exchange, RecordingRequestStream body)
    {
        var isAnsweredEarly = body.IsAbandoned && exchange.Failure is null;
        if (isAnsweredEarly)
        {
            await context.Response.CompleteAsync();
        }

        await DrainAsync(body, waits: isAnsweredEarly || !body.IsAbandoned);
    }

    /// <summary>Reads a body to its end; false when it does not end soon.</summary>
    /// <param name="body">The body.</param>
    /// <param name="waits">Whether to wait for what has not come yet.</param>
    private static async Task<bool> DrainAsync(Stream body, bool waits = true)
    {
        using var limit = new CancellationTokenSource(DrainTime);
        var patience = waits ? limit.Token : new CancellationToken(canceled: true);
        var buffer = new byte[16 * 1024];
        try
        {
            while (!limit.IsCancellationRequested)
            {
                if (await body.ReadAsync(buffer, patience) == 0)
                {
                    return true;
                }
            }

            return false;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or BadHttpRequestException)
        {
            return false;
        }
    }

    private static ForwarderRequestConfig Config(Version version) => new()
    {
        Version = version,
        VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        ActivityTimeout = Timeout.InfiniteTimeSpan, // ExchangeWatch does it, and knows the client's leaving from the server's silence
    };
}
