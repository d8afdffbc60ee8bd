using Microsoft.AspNetCore.Http;

namespace TrafficAudit.Review.Doors;

/// <summary>The headers that every answer carries.</summary>
internal static class ResponseHeaders
{
    // No inline script or style element anywhere; style attributes alone are let through, in which the list that draws only its visible rows says how
    // high the others are. In connect-src 'self' covers the page's own WebSocket (CSP level 3).
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Under this key of <see cref="HttpContext.Items"/> an endpoint may put a stricter policy for what it answers with.</summary>
    public const string PolicyItem = "content-security-policy";

    /// <summary>Middleware; the outermost one.</summary>
    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        // On starting, not now: an exception handler clears headers, and Blazor sets a cache header and a policy of its own.
        context.Response.OnStarting(Set, context);
        return next(context);
    }

    private static Task Set(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = context.Items[PolicyItem] as string ?? ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";

        // Not "no-referrer": browsers then call the origin of our own forms "null" (Fetch, "append a request Origin header").
        headers["Referrer-Policy"] = "same-origin";

        // Flags alone hold nothing of a case, and stand in every row.
        headers.CacheControl = context.Request.Path.StartsWithSegments("/assets/flags", StringComparison.Ordinal) ? "max-age=3600" : "no-store";
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return Task.CompletedTask;
    }
}
