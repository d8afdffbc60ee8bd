using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using TrafficAudit.Review.Pages;

namespace TrafficAudit.Review.Doors;

/// <summary>
/// What a request passes before anything of the case is touched:
/// 1. Host: it was meant for this server. 2. Origin: no other site's page sent it. 3. Token: its sender was given the link.
/// </summary>
internal sealed class Door(AccessToken token, AllowedHosts hosts)
{
    /// <summary>Open to everybody, so that a refusal can be read in comfort.</summary>
    private const string StyleSheet = "/assets/review.css";

    /// <summary>Middleware.</summary>
    public Task EnterAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!hosts.Allows(request.Host, context.Connection.LocalIpAddress ?? IPAddress.None, context.Connection.LocalPort))
        {
            return Refusal.Host.WriteAsync(context);
        }

        if (!IsOriginRight(context))
        {
            return Refusal.Origin.WriteAsync(context);
        }

        if (IsApi(request))
        {
            return token.Matches(BearerOf(request)) ? next(context) : Refusal.Bearer.WriteAsync(context);
        }

        if (request.Path == "/" && HttpMethods.IsGet(request.Method) && request.Query.TryGetValue("token", out var presented))
        {
            return token.Matches(presented) ? LetIn(context) : Refusal.Token.WriteAsync(context);
        }

        return request.Path == StyleSheet || token.Matches(request.Cookies[CookieName(context)])
            ? next(context)
            : Refusal.Token.WriteAsync(context);
    }

    /// <summary>Cookies know no ports (RFC 6265, section 8.5), so the name tells the servers of one laptop apart.</summary>
    public static string CookieName(HttpContext context) => $"trafficaudit-{context.Request.Host.Port ?? 80}";

    /// <summary>
    /// A browser names the page's origin on everything that is no plain GET, and on every WebSocket; only programs leave it out,
    /// and those come to the API, with the token in a header that no foreign page can set.
    /// </summary>
    private static bool IsOriginRight(HttpContext context)
    {
        var request = context.Request;
        var opensSocket = context.Features.Get<IHttpUpgradeFeature>()?.IsUpgradableRequest == true;
        if ((HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && !opensSocket)
        {
            return true;
        }

        var origin = request.Headers.Origin;
        return origin.Count == 0
            ? IsApi(request)
            : string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    private static string? BearerOf(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        string? header = request.Headers.Authorization;
        return header is not null && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..] : null;
    }

    /// <summary>The token moves from the address, which histories and screenshots keep, into a cookie.</summary>
    private Task LetIn(HttpContext context)
    {
        context.Response.Cookies.Append(
            CookieName(context),
            token.Text,
            new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true });
        var rest = QueryString.Create(context.Request.Query.Where(p => p.Key != "token"));
        context.Response.Redirect(PageAddress.Flows + rest.ToUriComponent());
        return Task.CompletedTask;
    }
}
