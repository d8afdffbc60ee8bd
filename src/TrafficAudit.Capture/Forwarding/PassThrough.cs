using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using TrafficAudit.Capture.Recording;
using TrafficAudit.Model;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>
/// Copies heads across as they are: the request's fields in the client's order, the response's in the server's. Only what belongs to
/// one connection stays behind (RFC 9110, section 7.6.1).
/// </summary>
internal sealed class PassThrough : HttpTransformer
{
    /// <summary>Fields of the hop. <c>Expect</c> is answered on each side by itself.</summary>
    private static readonly HashSet<string> OfTheHop = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Proxy-Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "TE", "Trailer", "Proxy-Authorization", "Proxy-Authenticate", "Expect",
    };

    public override ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        var exchange = httpContext.Features.GetRequiredFeature<Exchange>();
        proxyRequest.RequestUri = exchange.Target.Url;
        var named = NamedByConnection(exchange);
        foreach (var field in exchange.RequestFields)
        {
            if (OfTheHop.Contains(field.Name) || named.Contains(field.Name))
            {
                continue;
            }

            if (field.Is("Host"))
            {
                proxyRequest.Headers.Host = field.Value;
            }
            else if (!proxyRequest.Headers.TryAddWithoutValidation(field.Name, field.Value))
            {
                ContentField.Add(proxyRequest, field);
            }
        }

        if (TakesTrailers(exchange))
        {
            proxyRequest.Headers.TE.Add(new System.Net.Http.Headers.TransferCodingWithQualityHeaderValue("trailers"));
        }

        if (exchange.HttpVersion == "HTTP/1.1")
        {
            AddTrailers(exchange, httpContext, proxyRequest);
        }

        UpgradeRequest.Add(httpContext, proxyRequest);
        return default;
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
        {
            return true;
        }

        var exchange = httpContext.Features.GetRequiredFeature<Exchange>();
        exchange.OnResponse(proxyResponse);
        if (proxyResponse.Headers.NonValidated.Contains("Alt-Svc"))
        {
            exchange.Note(FlowNote.AltSvcRemoved);
        }

        Copy(proxyResponse.Headers.NonValidated, httpContext.Response.Headers);
        Copy(proxyResponse.Content.Headers.NonValidated, httpContext.Response.Headers);
        if (UpgradeRequest.AgreedOn(httpContext, proxyResponse) is { } upgrade)
        {
            exchange.Upgrade = upgrade;
            httpContext.Features.GetRequiredFeature<ExchangeWatch>().AllowSilence();
        }
        else if (IsStream(httpContext, proxyResponse))
        {
            if (HasTrailers(exchange, proxyResponse) && httpContext.Response.Body is RecordingResponseStream body)
            {
                if (proxyResponse.Headers.NonValidated.TryGetValues("Trailer", out var announced))
                {
                    httpContext.Response.Headers.Trailer = Joined(announced);
                }

                httpContext.Response.Headers.TransferEncoding = "chunked";
                body.SendInChunks();
            }

            // Who waits for a stream (server-sent events, a long poll) waits for its head first.
            await httpContext.Response.Body.FlushAsync(cancellationToken);
            if (proxyResponse.Content.Headers.ContentType?.MediaType?.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase) == true)
            {
                // It may go on for hours; if the program is killed, that there was one is known.
                await exchange.Opening.RecordAsync();
            }
        }

        return true;
    }

    public override async ValueTask TransformResponseTrailersAsync(HttpContext httpContext, HttpResponseMessage proxyResponse, CancellationToken cancellationToken)
    {
        var exchange = httpContext.Features.GetRequiredFeature<Exchange>();
        exchange.OnTrailers(proxyResponse);
        await base.TransformResponseTrailersAsync(httpContext, proxyResponse, cancellationToken);
        if (httpContext.Response.Body is RecordingResponseStream body)
        {
            await body.EndChunksAsync(exchange.ResponseTrailers);
        }
    }

    /// <summary>
    /// Whether the body may end with trailers that Kestrel does not send: it knows none over HTTP/1.1, but leaves the framing to whoever names the transfer
    /// coding himself. Servers announce them (RFC 9110, section 6.6.2), or send them, over HTTP/2, to who says that he takes them.
    /// </summary>
    private static bool HasTrailers(Exchange exchange, HttpResponseMessage response) =>
        exchange.HttpVersion == "HTTP/1.1"
        && (response.Headers.NonValidated.Contains("Trailer") || TakesTrailers(exchange));

    private static bool TakesTrailers(Exchange exchange) =>
        exchange.RequestFields.Any(f => f.Is("TE") && f.Value.Contains("trailers", StringComparison.OrdinalIgnoreCase));

    /// <summary>Over HTTP/2 .NET has no way to send a request's trailers.</summary>
    private static void AddTrailers(Exchange exchange, HttpContext context, HttpRequestMessage request)
    {
        foreach (var field in exchange.RequestFields.Where(f => f.Is("Trailer")))
        {
            request.Headers.TryAddWithoutValidation(field.Name, field.Value);
        }

        request.Options.Set(PromptRequests.Trailers, () =>
        {
            exchange.OnRequestEnd(context);
            return exchange.RequestTrailers;
        });
    }

    /// <summary>A body that comes, of a length that nobody has said.</summary>
    private static bool IsStream(HttpContext context, HttpResponseMessage response) =>
        response.Content.Headers.ContentLength is null
        && (int)response.StatusCode is >= 200 and not (204 or 304)
        && !HttpMethods.IsHead(context.Request.Method);

    private static void Copy(System.Net.Http.Headers.HttpHeadersNonValidated from, IHeaderDictionary to)
    {
        foreach (var (name, values) in from)
        {
            // Alt-Svc would lead the phone to HTTP/3, round the proxy; the evidence has the server's head as it was.
            if (!OfTheHop.Contains(name) && !name.Equals("Alt-Svc", StringComparison.OrdinalIgnoreCase))
            {
                to[name] = Joined(values);
            }
        }
    }

    private static StringValues Joined(System.Net.Http.Headers.HeaderStringValues values) =>
        values.Count == 1 ? values.ToString() : new StringValues([.. values]);

    /// <summary>Fields that the client's <c>Connection</c> field declares to be of this hop.</summary>
    private static HashSet<string> NamedByConnection(Exchange exchange)
    {
        HashSet<string>? named = null;
        foreach (var field in exchange.RequestFields)
        {
            if (!field.Is("Connection"))
            {
                continue;
            }

            foreach (var name in field.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                (named ??= new HashSet<string>(StringComparer.OrdinalIgnoreCase)).Add(name);
            }
        }

        return named ?? Nothing;
    }

    private static readonly HashSet<string> Nothing = [];

    /// <summary>
    /// .NET files Content-Type and its like under the content, which a request without a body lacks. The forwarder has an empty content that
    /// holds them, accepts no other, and gives it to transforms alone.
    /// </summary>
    private sealed class ContentField : RequestTransform
    {
        public static void Add(HttpRequestMessage request, HeaderField field) =>
            AddHeader(new RequestTransformContext { ProxyRequest = request }, field.Name, field.Value);

        public override ValueTask ApplyAsync(RequestTransformContext context) => default;
    }
}
