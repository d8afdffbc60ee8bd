using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using TrafficAudit.Review.Api;

namespace TrafficAudit.Review.Doors;

/// <summary>An answer that refuses: what happened and what to do about it. Nothing from the request is repeated in it.</summary>
internal sealed record Refusal(int Status, string Title, string Advice)
{
    public static Refusal Token { get; } = new(
        StatusCodes.Status401Unauthorized,
        "This page needs its link",
        "Open the whole link that TrafficAudit printed in its terminal when it started (it ends in “?token=…”). The link is a new one at every start, so an older one no longer works.");

    public static Refusal Role { get; } = new(
        StatusCodes.Status403Forbidden,
        "Your role does not allow this",
        "Viewers read with every value masked; reviewers reveal values and decide; investigators run sessions and the installation. An investigator can give you another role.");

    public static Refusal Bearer { get; } = new(
        StatusCodes.Status401Unauthorized,
        "The token is missing or wrong",
        "Send the token of the running TrafficAudit, which is a new one at every start, or one that 'trafficaudit tokens create' made, as “Authorization: Bearer TOKEN”.");

    public static Refusal Host { get; } = new(
        StatusCodes.Status403Forbidden,
        "This address is not known here",
        "Use the address that TrafficAudit printed in its terminal. A further name has to be allowed when TrafficAudit is started.");

    public static Refusal Origin { get; } = new(
        StatusCodes.Status403Forbidden,
        "Another site sent this request",
        "Requests that change something, and live connections, are accepted from TrafficAudit's own pages only.");

    public static Refusal NotFound { get; } = new(
        StatusCodes.Status404NotFound, "There is nothing here", "The review page is at the address “/”.");

    public static Refusal NoEndpoint { get; } = new(
        StatusCodes.Status404NotFound, "There is no such endpoint", "The document at /api/v1/openapi.json has those there are, with their methods.");

    public static Refusal Failed { get; } = new(
        StatusCodes.Status500InternalServerError,
        "That did not work",
        "An internal error occurred; TrafficAudit's log says more. The recording is not touched by it.");

    /// <summary>Answers with a page, or with a problem where no browser asks.</summary>
    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        if (Status == StatusCodes.Status401Unauthorized)
        {
            // RFC 9110, section 15.5.2: a 401 names the scheme.
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        if (Door.IsApi(context.Request))
        {
            return Problem.WriteAsync(context, Status, $"{Title}. {Advice}");
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Page(), context.RequestAborted);
    }

    private string Page()
    {
        var html = HtmlEncoder.Default;
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width">
              <title>{html.Encode(Title)} – TrafficAudit</title>
              <link rel="stylesheet" href="/assets/review.css">
            </head>
            <body class="refusal">
              <main>
                <p class="wordmark">TrafficAudit</p>
                <h1>{html.Encode(Title)}</h1>
                <p>{html.Encode(Advice)}</p>
              </main>
            </body>
            </html>

            """;
    }
}
