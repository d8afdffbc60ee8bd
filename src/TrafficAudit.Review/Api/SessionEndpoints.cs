using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAudit.Review.Access;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Api;

/// <summary>Signing out: a form's POST, which the door lets in from our own pages only.</summary>
internal static class SessionEndpoints
{
    /// <summary>Where the form leads.</summary>
    public const string SignOut = "/sign-out";

    public static void Map(IEndpointRouteBuilder routes, Sessions sessions) => routes.MapPost(SignOut, context =>
    {
        if (Identity.SessionOf(context.User) is { } session)
        {
            sessions.End(session);
        }

        context.Response.Cookies.Delete(Entry.CookieName(context), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
        context.Response.Redirect(Entry.SignInPath);
        return Task.CompletedTask;
    });
}
