using System.Net.Mime;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAudit.Review.Access;
using TrafficAudit.Review.Api.Describing;
using TrafficAudit.Review.Results;

namespace TrafficAudit.Review.Api;

/// <summary>Decisions over HTTP: <c>GET</c> lists them, <c>POST</c> makes one, each can be undone.</summary>
internal sealed class DecisionEndpoints(IReviewSource source)
{
    public static void Map(IEndpointRouteBuilder api, IReviewSource source)
    {
        var endpoints = new DecisionEndpoints(source);
        api.MapGet("/decisions", endpoints.ListAsync).Described("listDecisions", "Every decision, newest first, as 'decisions --format json' has it.")
            .Takes(ApiParameter.Limit, ApiParameter.Cursor).AnswersTagged<ListReply<DecisionResult>>();
        Changes(api.MapPost("/decisions", endpoints.DecideAsync), Policies.Reviewer)
            .Described("decide", "Confirms, rejects, comments, tags or assigns findings and transfers, and says in lines for people what came of it.").TakesBody<DecisionMessage>();
        Changes(api.MapPost("/decisions/{id}/undo", endpoints.UndoAsync), Policies.Reviewer).Described("undoDecision", "Takes a decision back, which stays in the history.")
            .Takes(new ApiParameter("id", "The decision's id.") { Place = ParameterPlace.Path }).TakesBody<ByMessage>();
        Changes(api.MapPost("/reviewers", endpoints.RequireAsync), Policies.Investigator)
            .Described("setReviewers", "Says how many different people must say the same: 1 or 2.").TakesBody<ReviewersMessage>();
    }

    private static IEndpointConventionBuilder Changes(IEndpointConventionBuilder endpoint, string policy) =>
        endpoint.RequireAuthorization(policy).Answers<string>(mediaType: MediaTypeNames.Text.Plain).Rejects(StatusCodes.Status409Conflict);

    private IDecisionSource Decisions => source.Decisions ?? throw new RejectedRequestException("Nothing can be decided here.");

    private Task ListAsync(HttpContext context) => JsonReply.WriteAsync(
        context,
        ListRequest.Plain(context).PageOf(source.Decisions?.Book.Newest(int.MaxValue) ?? [], e => e.Decision.Id, DecisionResult.Of),
        ApiJson.Written.ListReplyDecisionResult);

    private Task DecideAsync(HttpContext context) => ChangeAsync(
        context, ApiJson.Read.DecisionMessage, (decisions, sent) => decisions.DecideAsync(sent with { By = WhoIs(context, sent.By) }, context.RequestAborted));

    private Task UndoAsync(HttpContext context) => ChangeAsync(
        context, ApiJson.Read.ByMessage, (decisions, sent) => decisions.UndoAsync((string)context.Request.RouteValues["id"]!, new ByMessage(WhoIs(context, sent.By)), context.RequestAborted));

    private Task RequireAsync(HttpContext context) => ChangeAsync(
        context, ApiJson.Read.ReviewersMessage, (decisions, sent) => decisions.RequireReviewersAsync(sent with { By = WhoIs(context, sent.By) }, context.RequestAborted));

    /// <summary>Whoever the token belongs to; only the commands of the one who started the program say for whom they are.</summary>
    private static string? WhoIs(HttpContext context, string? said) => Identity.MaySpeakForOthers(context.User) ? said : Identity.PersonOf(context.User)?.Name;

    private async Task ChangeAsync<T>(HttpContext context, JsonTypeInfo<T> type, Func<DecisionWording, T, Task<string>> change)
        where T : class
    {
        var sent = await JsonBody.ReadAsync(context, type, "The body of the request is no JSON of a decision: /api/v1/openapi.json says how one is sent.");
        await ApiEndpoints.WriteLinesAsync(context, await change(new DecisionWording(Decisions), sent));
    }
}
