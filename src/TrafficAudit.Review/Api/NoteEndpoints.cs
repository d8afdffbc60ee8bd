using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAudit.Assessment.Notes;
using TrafficAudit.Review.Access;
using TrafficAudit.Review.Api.Describing;

namespace TrafficAudit.Review.Api;

/// <summary>Marks on flows, and filters that are kept under names: what people keep for their own work. For reviewers, since a filter may hold a person's value.</summary>
internal sealed class NoteEndpoints(IReviewSource source)
{
    private static readonly ApiParameter Number = new("number", "The flow's number.") { Place = ParameterPlace.Path, Number = (1, long.MaxValue, null) };

    private INoteSource Notes => source.Notes ?? throw new RejectedRequestException("Nothing can be noted here.");

    public static void Map(IEndpointRouteBuilder routes, IReviewSource source)
    {
        var endpoints = new NoteEndpoints(source);
        var api = routes.MapGroup("").RequireAuthorization(Policies.Reviewer);
        Changes(api.MapPut("/flows/{number}/mark", context => endpoints.MarkAsync(context, isMarked: true))).Described("markFlow", "Marks a flow; 'marked:yes' in a filter finds it.").Takes(Number);
        Changes(api.MapDelete("/flows/{number}/mark", context => endpoints.MarkAsync(context, isMarked: false))).Described("unmarkFlow", "Takes a flow's mark away.").Takes(Number);
        api.MapGet("/filters", endpoints.ListAsync).Described("listFilters", "The filters that are kept in the case, by name; 'saved:NAME' in a filter stands for one.")
            .Takes(ApiParameter.Limit, ApiParameter.Cursor).AnswersTagged<ListReply<SavedFilter>>();
        Changes(api.MapPost("/filters", endpoints.SaveAsync)).Described("saveFilter", "Keeps a filter under a name, in the place of one that has it.").TakesBody<NewFilterRequest>();
        Changes(api.MapDelete("/filters/{name}", endpoints.RemoveAsync)).Described("removeFilter", "Keeps a filter no longer.")
            .Takes(new ApiParameter("name", "The filter's name, in any case.") { Place = ParameterPlace.Path });
    }

    private static IEndpointConventionBuilder Changes(IEndpointConventionBuilder endpoint) => endpoint.AnswersNothing().Rejects(StatusCodes.Status409Conflict);

    private static string By(HttpContext context) => Identity.PersonOf(context.User)!.Name;

    private Task ListAsync(HttpContext context) => JsonReply.WriteAsync(
        context, ListRequest.Plain(context).PageOf([.. source.Notes?.Book.Filters ?? []], f => f.Name, f => f), ApiJson.Written.ListReplySavedFilter);

    private async Task MarkAsync(HttpContext context, bool isMarked)
    {
        var number = long.TryParse((string)context.Request.RouteValues["number"]!, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0;
        await Notes.MarkAsync(number, isMarked, By(context), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task SaveAsync(HttpContext context)
    {
        var sent = await JsonBody.ReadAsync(context, ApiJson.Read.NewFilterRequest, "A filter is posted as {\"name\": \"…\", \"filter\": \"…\"}.");
        await Notes.SaveFilterAsync(sent.Name, sent.Filter, By(context), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task RemoveAsync(HttpContext context)
    {
        await Notes.RemoveFilterAsync(UserEndpoints.NameOf(context), By(context), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
