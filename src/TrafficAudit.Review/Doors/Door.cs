using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TrafficAudit.Review.Doors;

/// <summary>
/// What a request passes before anybody asks who sent it (<see cref="Entry"/>):
/// 1. Host: it was meant for this server. 2. Origin: no other site's page sent it.
/// </summary>
internal sealed class Door(AllowedHosts hosts)
{
    /// <summary>Middleware.</summary>
    public Task EnterAsync(HttpContext context, RequestDelegate next)
    {
        var connection = context.Connection;
        return !hosts.Allows(context.Request.Host, connection.LocalIpAddress ?? IPAddress.None, connection.LocalPort, context.Request.IsHttps) ? Refusal.Host.WriteAsync(context)
            : !IsOriginRight(context) ? Refusal.Origin.WriteAsync(context)
            : next(context);
    }

    public static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// A browser names the page's origin on everything that is no plain GET, and on every WebSocket; only programs leave it out,
    /// and those come to the API, with the token in a header that no foreign page can set.
    /// </summary>
    private static bool IsOriginRight(HttpContext context)
    {
        var request = context.Request;
        var opensSocket = context.Features.Get<IHttpUpgradeFeature>()?.IsUpgradableRequest == true
            || context.Features.Get<IHttpExtendedConnectFeature>()?.IsExtendedConnect == true;
        if ((HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && !opensSocket)
        {
            return true;
        }

        var origin = request.Headers.Origin;
        return origin.Count == 0
            ? IsApi(request)
            : string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
    }
}
