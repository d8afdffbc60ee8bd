using Microsoft.AspNetCore.Http;
using TrafficAudit.Review.Access;

namespace TrafficAudit.Review.Doors;

/// <summary>
/// Who a request is from: a program that shows a token, a browser whose person has signed in, or whoever has the link of the terminal. Nobody
/// else sees anything but the sign-in page.
/// </summary>
/// <param name="token">The secret of this start.</param>
/// <param name="starter">Who started the program.</param>
/// <param name="sessions">Who has signed in.</param>
/// <param name="tokens">Programs' own tokens; null where there are none.</param>
internal sealed class Entry(AccessToken token, Person starter, Sessions sessions, ClientTokens? tokens)
{
    /// <summary>Where people sign in.</summary>
    public const string SignInPath = "/sign-in";

    /// <summary>Cookies know no ports (RFC 6265, section 8.5), so the name tells the servers of one laptop apart.</summary>
    public static string CookieName(HttpContext context) => $"trafficaudit-{context.Connection.LocalPort}";

    /// <summary>Middleware.</summary>
    public Task EnterAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (Door.IsApi(request))
        {
            return PersonOf(BearerOf(request)) is { } program ? LetIn(context, next, program, null) : Refusal.Bearer.WriteAsync(context);
        }

        if (request.Path == "/" && HttpMethods.IsGet(request.Method) && request.Query.TryGetValue("token", out var presented))
        {
            return token.Matches(presented) ? Exchange(context) : Refusal.Token.WriteAsync(context);
        }

        return sessions.Use(request.Cookies[CookieName(context)]) is { } session ? LetIn(context, next, session.Person, session.Id)
            : IsOpen(request.Path) ? next(context)
            : AsksForPage(request) ? SendToSignIn(context)
            : Refusal.Token.WriteAsync(context);
    }

    /// <summary>Gives the browser a session.</summary>
    /// <param name="context">The request that is answered.</param>
    /// <param name="secret">What <see cref="Sessions.Start"/> gave.</param>
    public static void KeepSession(HttpContext context, string secret) => context.Response.Cookies.Append(
        CookieName(context),
        secret,
        new CookieOptions { HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true });

    /// <summary>Whether a program that was let in would be let in again: for answers that go on for long.</summary>
    public bool IsStillIn(HttpContext context) => PersonOf(BearerOf(context.Request)) is { } program && program == Identity.PersonOf(context.User);

    private Task LetIn(HttpContext context, RequestDelegate next, Person person, string? session)
    {
        context.User = Identity.Of(person, session, maySpeakForOthers: session is null && ReferenceEquals(person, starter));
        return next(context);
    }

    // What a person needs who is to sign in: the form, in the reader's language and colours.
    private static bool IsOpen(PathString path) =>
        path == SignInPath || path == Layout.Preferences.Address
        || (path.StartsWithSegments("/assets", StringComparison.Ordinal) && Path.GetExtension(path.Value) is ".css" or ".svg");

    private static bool AsksForPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static Task SendToSignIn(HttpContext context)
    {
        var path = context.Request.PathBase + context.Request.Path + context.Request.QueryString;
        context.Response.Redirect($"{SignInPath}{QueryString.Create("back", path)}");
        return Task.CompletedTask;
    }

    private static string? BearerOf(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        string? header = request.Headers.Authorization;
        return header is not null && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..] : null;
    }

    private Person? PersonOf(string? bearer)
    {
        if (bearer is null)
        {
            return null;
        }

        try
        {
            return token.Matches(bearer) ? starter : tokens?.PersonOf(bearer);
        }
        catch (Exception e) when (e is RejectedRequestException or IOException or UnauthorizedAccessException)
        {
            // A list that can't be read lets nobody in; the commands that change it say what is wrong with it.
            return null;
        }
    }

    /// <summary>The token moves from the address, which histories and screenshots keep, into a session of whoever started the program.</summary>
    private Task Exchange(HttpContext context)
    {
        KeepSession(context, sessions.Start(starter, isUser: false));
        var rest = QueryString.Create(context.Request.Query.Where(p => p.Key != "token"));
        context.Response.Redirect(Pages.PageAddress.Flows + rest.ToUriComponent());
        return Task.CompletedTask;
    }
}
