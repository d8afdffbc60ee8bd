using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using TrafficAudit.Review.Access;

namespace TrafficAudit.Review.Api;

/// <summary>Decisions over HTTP: <c>GET</c> lists them, <c>POST</c> makes one, each can be undone.</summary>
internal sealed class DecisionEndpoints(IReviewSource source)
{
    public static void Map(IEndpointRouteBuilder api, IReviewSource source)
    {
        var endpoints = new DecisionEndpoints(source);
        api.MapGet("/decisions", endpoints.ListAsync);
        api.MapPost("/decisions", endpoints.DecideAsync).WithMetadata(ApiEndpoints.Body<DecisionMessage>()).RequireAuthorization(Policies.Reviewer);
        api.MapPost("/decisions/{id}/undo", endpoints.UndoAsync).WithMetadata(ApiEndpoints.Body<ByMessage>()).RequireAuthorization(Policies.Reviewer);
        api.MapPost("/reviewers", endpoints.RequireAsync).WithMetadata(ApiEndpoints.Body<ReviewersMessage>()).RequireAuthorization(Policies.Investigator);
    }

    private Task ListAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";

        // As of other results: whoever renders for a terminal writes synchronously.
        context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        return source.WriteResultsAsync(
            "decisions", new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = "json" }, context.Response.Body, context.RequestAborted);
    }

    private Task DecideAsync(HttpContext context) => ChangeAsync(
        context, ApiJson.Default.DecisionMessage, (decisions, sent) => decisions.DecideAsync(sent with { By = WhoIs(context, sent.By) }, context.RequestAborted));

    private Task UndoAsync(HttpContext context) => ChangeAsync(
        context, ApiJson.Default.ByMessage, (decisions, sent) => decisions.UndoAsync((string)context.Request.RouteValues["id"]!, new ByMessage(WhoIs(context, sent.By)), context.RequestAborted));

    private Task RequireAsync(HttpContext context) => ChangeAsync(
        context, ApiJson.Default.ReviewersMessage, (decisions, sent) => decisions.RequireReviewersAsync(sent with { By = WhoIs(context, sent.By) }, context.RequestAborted));

    /// <summary>Whoever the token belongs to; only the commands of the one who started the program say for whom they are.</summary>
    private static string? WhoIs(HttpContext context, string? said) => Identity.MaySpeakForOthers(context.User) ? said : Identity.PersonOf(context.User)?.Name;

    private async Task ChangeAsync<T>(HttpContext context, JsonTypeInfo<T> type, Func<DecisionWording, T, Task<string>> change)
        where T : class
    {
        try
        {
            var decisions = source.Decisions ?? throw new RejectedRequestException("Nothing can be decided here.");
            var sent = await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted)
                ?? throw new RejectedRequestException("The body of the request is empty.");
            var told = await change(new DecisionWording(decisions), sent);
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(told + "\n", context.RequestAborted);
        }
        catch (Exception e) when (e is JsonException or BadHttpRequestException)
        {
            await ApiEndpoints.RejectAsync(context, StatusCodes.Status400BadRequest, "The body of the request is no JSON of a decision.");
        }
        catch (RejectedRequestException e)
        {
            await ApiEndpoints.RejectAsync(context, StatusCodes.Status409Conflict, e.Message);
        }
    }
}
