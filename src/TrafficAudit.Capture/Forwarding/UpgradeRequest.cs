using System.Net;
using System.Security.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>Requests that ask for another protocol on their connection.</summary>
internal static class UpgradeRequest
{
    /// <summary>
    /// Asks the server for the upgrade that the client asks for. The forwarder does so by itself for WebSockets alone. HTTP/2 and TLS by upgrade are not
    /// asked for: what would follow could not be read, and a client has to go on without (RFC 9110, section 7.8).
    /// </summary>
    public static void Add(HttpContext context, HttpRequestMessage request)
    {
        var wanted = context.Request.Headers.Upgrade.ToString();
        if (context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } && !IsOf(wanted, "websocket", "h2c", "HTTP/2", "TLS", "SPDY"))
        {
            request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
            request.Headers.TryAddWithoutValidation("Upgrade", wanted);
        }
    }

    /// <summary>What the server agreed to change to, lower case; null when it did not.</summary>
    public static string? AgreedOn(HttpContext context, HttpResponseMessage response)
    {
        var asked = context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect
            ? connect.Protocol
            : context.Request.Headers.Upgrade.ToString();
        if (response.StatusCode == HttpStatusCode.SwitchingProtocols)
        {
            var named = response.Headers.NonValidated.TryGetValues("Upgrade", out var values) ? values.ToString() : asked;
            return named?.Trim().ToLowerInvariant() ?? "";
        }

        return response is { StatusCode: HttpStatusCode.OK, RequestMessage.Headers.Protocol: not null } ? asked?.ToLowerInvariant() ?? "" : null;
    }

    /// <summary>
    /// Whether a WebSocket that failed should be tried over the other version of HTTP: we offered HTTP/2 or HTTP/1.1 alone (RFC 7301), and the server
    /// refused the handshake, or made it without agreeing to HTTP/1.1 and then closed, as one does that speaks HTTP/2 alone.
    /// </summary>
    public static bool WantsOtherVersion(HttpContext context, Exchange exchange, Upstream upstream)
    {
        if (context.Response.HasStarted || upstream.CertificateFault is not null || exchange.Target.Scheme != "https")
        {
            return false;
        }

        if (exchange.HttpVersion != "HTTP/2" && upstream.Peer(null).Tls is { Alpn: null })
        {
            return true;
        }

        for (var e = context.Features.Get<IForwarderErrorFeature>()?.Exception; e is not null; e = e.InnerException)
        {
            if (e is AuthenticationException)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether one of the protocols in an <c>Upgrade</c> field is one of <paramref name="names"/>, whatever its version.</summary>
    private static bool IsOf(string field, params ReadOnlySpan<string> names)
    {
        foreach (var protocol in field.Split(',', StringSplitOptions.TrimEntries))
        {
            foreach (var name in names)
            {
                if (protocol.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return field.Length == 0;
    }
}
