using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAudit.Review.Searching;

namespace TrafficAudit.Review.Api;

/// <summary>
/// What is in the case, for programs: lists a page at a time, with an ETag that tells one state of the case from another (RFC 9110, section 8.8.3). Every
/// value is masked. What is wrong with a request is said as a problem (RFC 9457).
/// </summary>
internal sealed class ListEndpoints(IReviewSource source)
{
    private const int MostOnAPage = 1000;
    private const int OnAPage = 100;

    private readonly CaseState _state = new(source);

    public static void Map(IEndpointRouteBuilder api, IReviewSource source)
    {
        var endpoints = new ListEndpoints(source);
        api.MapGet("/counters", (Delegate)((HttpContext context) => endpoints.WriteAsync(context, () => ValueTask.FromResult(CountersReply.Of(source.Counters)))))
            .WithSummary("How much the case holds.").Produces<CountersReply>().Produces(StatusCodes.Status304NotModified);
        Described(api.MapGet("/flows", (HttpContext context, string? filter, string? limit, string? cursor) => endpoints.FlowsAsync(context, filter, limit, cursor)))
            .WithSummary($"A page of flows, newest first; limit is 1 to {MostOnAPage}, {OnAPage} by default.").Produces<FlowListReply>();
        Described(api.MapGet("/findings", (HttpContext context, string? filter, string? limit, string? cursor) => endpoints.FindingsAsync(context, filter, limit, cursor)))
            .WithSummary("A page of findings, newest flow first; a flow is never split between pages, so that one may hold a few more than its limit.").Produces<FindingListReply>();
        Described(api.MapGet("/transfers", (HttpContext context, string? filter) => endpoints.TransfersAsync(context, filter)))
            .WithSummary("Which item went to which recipient in which country.").Produces<TransferListReply>();
    }

    private static RouteHandlerBuilder Described(RouteHandlerBuilder list) =>
        list.Produces(StatusCodes.Status304NotModified).ProducesProblem(StatusCodes.Status400BadRequest);

    private Task FlowsAsync(HttpContext context, string? filter, string? limit, string? cursor) => WriteAsync<FlowListReply>(context, async () =>
    {
        var (text, most, before) = Read(filter, limit, cursor);

        // A search of content begins with the newest flow: on a later page it must not begin there again.
        using var list = source.FlowsOf(before is { } number && SearchTexts.IsPrivate(text) ? string.Create(CultureInfo.InvariantCulture, $"({text}) flow:<{number}") : text);
        var skipped = before is { } below ? list.CountFrom(below) : 0;
        if (list.Search is { } search)
        {
            await SearchAsync(list, search, most + 1, context.RequestAborted);
        }

        var rows = list.Rows(skipped, most + 1);
        var page = rows.Take(most).ToList();
        return new FlowListReply([.. page.Select(FlowItemReply.Of)], rows.Count > most ? PageCursor.After(page[^1].Flow.Number, text) : null);
    });

    private Task FindingsAsync(HttpContext context, string? filter, string? limit, string? cursor) => WriteAsync<FindingListReply>(context, async () =>
    {
        var (text, most, before) = Read(filter, limit, cursor);
        var flows = await source.FindingsAsync(text, most, before, context.RequestAborted);
        var findings = flows.SelectMany(f => f.Findings.Select(finding => FindingItemReply.Of(f.Summary, finding))).ToList();
        return new FindingListReply(findings, findings.Count >= most ? PageCursor.After(flows[^1].Summary.Number, text) : null);
    });

    private Task TransfersAsync(HttpContext context, string? filter) => WriteAsync<TransferListReply>(
        context, async () => new TransferListReply([.. (await source.TransfersAsync(filter?.Trim() ?? "", context.RequestAborted)).Select(TransferItemReply.Of)]));

    /// <summary>Waits until enough is found, or everything was looked at.</summary>
    private static async Task SearchAsync(IFlowList list, IFlowSearch search, int enough, CancellationToken cancellation)
    {
        await foreach (var _ in search.WatchAsync(cancellation))
        {
            list.Update();
            if (list.Count >= enough || search.Progress.State != SearchState.Running)
            {
                break;
            }
        }

        list.Update();
        if (search.Progress.State == SearchState.Failed)
        {
            throw new RejectedRequestException("The evidence can't be read any more: the search was not ended.");
        }
    }

    private static (string Filter, int Limit, long? Before) Read(string? filter, string? limit, string? cursor)
    {
        var text = filter?.Trim() ?? "";
        var most = OnAPage;
        if (limit is not null && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out most) || most is < 1 or > MostOnAPage))
        {
            throw new RejectedRequestException($"The limit is a number from 1 to {MostOnAPage}.");
        }

        return (text, most, cursor is null ? null : PageCursor.Read(cursor, text));
    }

    private async Task WriteAsync<T>(HttpContext context, Func<ValueTask<T>> reply)
        where T : class
    {
        try
        {
            if (await _state.IsKnownAsync(context))
            {
                return;
            }

            await TypedResults.Ok(await reply()).ExecuteAsync(context);
        }
        catch (RejectedRequestException e)
        {
            context.Response.Headers.ETag = default;
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "The request can't be understood", e);
        }
    }
}
