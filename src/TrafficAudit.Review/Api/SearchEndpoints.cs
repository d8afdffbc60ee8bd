using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAudit.Review.Api.Describing;
using TrafficAudit.Review.Searching;

namespace TrafficAudit.Review.Api;

/// <summary>Takes filters that must not stand in an address, and gives what stands for them.</summary>
internal sealed class SearchEndpoints(IReviewSource source, SearchTexts searches)
{
    private const int LongestFilter = 8_000;

    public static void Map(IEndpointRouteBuilder api, IReviewSource source, SearchTexts searches) => api.MapPost("/searches", new SearchEndpoints(source, searches).KeepAsync)
        .Described("keepSearch", "Keeps a filter that looks into content (body:, field:), whose text is as a rule a person's value, until the program ends; its id goes where a filter would.")
        .TakesBody<SearchRequest>().Answers<SearchReply>();

    private async Task KeepAsync(HttpContext context)
    {
        var expected = $"A search is posted as {{\"filter\": \"…\"}}: 1 to {LongestFilter} characters.";
        var filter = (await JsonBody.ReadAsync(context, ApiJson.Read.SearchRequest, expected)).Filter.Trim();
        if (filter is not { Length: >= 1 and <= LongestFilter })
        {
            throw JsonBody.Wrong(expected);
        }

        // What can't be understood is said now, not when it is used.
        _ = source.FinderOf(filter);
        await context.Response.WriteAsJsonAsync(new SearchReply(searches.Keep(filter)), ApiJson.Written.SearchReply, cancellationToken: context.RequestAborted);
    }
}
