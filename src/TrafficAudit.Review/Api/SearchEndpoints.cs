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
        var sent = await JsonBody.ReadAsync(context, ApiJson.Readable.SearchRequest, "A search is posted as {\"filter\": \"…\"}.");
        var filter = sent.Filter?.Trim();
        if (filter is not { Length: >= 1 and <= LongestFilter })
        {
            throw JsonBody.Wrong($"A search is posted as {{\"filter\": \"…\"}}: 1 to {LongestFilter} characters.");
        }

        // What can't be understood is said now, not when it is used.
        _ = source.FinderOf(filter);
        await context.Response.WriteAsJsonAsync(new SearchReply(searches.Keep(filter)), ApiJson.Readable.SearchReply, cancellationToken: context.RequestAborted);
    }
}
