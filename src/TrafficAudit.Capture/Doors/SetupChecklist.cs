using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebSockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace TrafficAudit.Capture.Doors;

/// <summary>
/// What the checklist of the set-up page asks: each request is itself the proof of what it came by, and is noted for its client. A browser
/// whose user went past a certificate warning can't be told from one that trusts the authority; the page says not to.
/// </summary>
internal sealed class SetupChecklist(string authorityFingerprint, Pairing pairing, SetupChecks checks, TimeProvider clock)
{
    public const string ProbePath = "/check/probe";
    public const string SocketPath = "/check/ws";
    public const string ByHandPath = "/check/";

    private const int LargestMessage = 256;
    private const int MostMessages = 4;

    private static readonly TimeSpan SocketLife = TimeSpan.FromSeconds(15);
    private static readonly IOptions<WebSocketOptions> SocketOptions = Options.Create(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });

    /// <summary>Notes what a request proves by having come, for the client that sent it.</summary>
    public void Note(HttpContext context, SetupVisit visit)
    {
        var client = pairing.KeyOf(ClientOf(context));
        if (visit.IsThroughProxy)
        {
            checks.Pass(client, SetupCheck.ProxyReached);
        }

        if (visit.IsOverTls)
        {
            checks.Pass(client, SetupCheck.CaTrusted);
            if (HttpProtocol.IsHttp2(context.Request.Protocol))
            {
                checks.Pass(client, SetupCheck.Http2);
            }
        }
    }

    /// <summary>Whether a client has passed a check.</summary>
    public bool HasPassed(HttpContext context, SetupCheck check) => checks.HasPassed(pairing.KeyOf(ClientOf(context)), check);

    /// <summary>Answers the page's script, which runs on the set-up page and nowhere else.</summary>
    public Task ProbeAsync(HttpContext context, SetupVisit visit)
    {
        Note(context, visit);
        if (context.Request.Headers.Origin is [{ } origin])
        {
            context.Response.Headers.Vary = "Origin";
            if (IsOurs(origin, context))
            {
                context.Response.Headers.AccessControlAllowOrigin = origin;
            }
        }

        var answer = new Probe(visit.IsThroughProxy, visit.IsOverTls, context.Request.Protocol, authorityFingerprint);
        return context.Response.WriteAsJsonAsync(answer, SetupJson.Default.Probe);
    }

    /// <summary>A WebSocket that sends back what comes: few short messages, for a short time.</summary>
    /// <returns>False when the request is none for a WebSocket, or another site's page sent it; nothing is answered then.</returns>
    public async Task<bool> EchoAsync(HttpContext context, SetupVisit visit)
    {
        var isAnswered = false;
        await new WebSocketMiddleware(Answer, SocketOptions, NullLoggerFactory.Instance).Invoke(context);
        return isAnswered;

        async Task Answer(HttpContext request)
        {
            var origin = request.Request.Headers.Origin;
            if (request.WebSockets.IsWebSocketRequest && (origin.Count == 0 || IsOurs(origin, request)))
            {
                isAnswered = true;
                Note(request, visit);
                await EchoAsync(request);
            }
        }
    }

    private async Task EchoAsync(HttpContext context)
    {
        using var life = new CancellationTokenSource(SocketLife, clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(life.Token, context.RequestAborted);
        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[LargestMessage];
            for (var count = 0; count < MostMessages; count++)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(), ended.Token);
                if (read.MessageType == WebSocketMessageType.Close || !read.EndOfMessage)
                {
                    break;
                }

                // Before the answer: who has it may look at once.
                checks.Pass(pairing.KeyOf(ClientOf(context)), SetupCheck.WebSocket);
                await socket.SendAsync(buffer.AsMemory(0, read.Count), read.MessageType, endOfMessage: true, ended.Token);
            }

            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ended.Token);
        }
        catch (Exception e) when (e is WebSocketException or IOException or OperationCanceledException or InvalidOperationException)
        {
            // The client left, broke the protocol or took too long; its page shows the check as failed.
            context.Abort();
        }
    }

    /// <summary>Whether a page of ours was opened there: by name, or at the address that its client reached.</summary>
    private static bool IsOurs(string? origin, HttpContext context)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var page))
        {
            return false;
        }

        if (page.Scheme is "http" or "https" && page.IsDefaultPort && string.Equals(page.Host, SetupPages.HostName, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        return page.Scheme == "http"
            && page.Port == context.Connection.LocalPort
            && IPAddress.TryParse(page.Host, out var address)
            && ClientAddress.Normal(address).Equals(ClientAddress.Normal(context.Connection.LocalIpAddress ?? IPAddress.None));
    }

    private static IPAddress ClientOf(HttpContext context) => context.Connection.RemoteIpAddress ?? IPAddress.None;

    internal sealed record Probe(
        bool ThroughProxy, bool Tls, string HttpVersion, [property: JsonPropertyName("authority_sha256")] string AuthoritySha256);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SetupChecklist.Probe))]
internal sealed partial class SetupJson : JsonSerializerContext;
