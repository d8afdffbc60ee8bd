using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAudit.Assessment.Decisions;
using TrafficAudit.Model;
using TrafficAudit.Review.Api.Describing;
using TrafficAudit.Review.Results;
using TrafficAudit.Review.Searching;

namespace TrafficAudit.Review.Api;

/// <summary>What is in the case, a page at a time, with the keys that the commands have in JSON. Every value is masked.</summary>
internal sealed class ListEndpoints(IReviewSource source, SearchTexts searches)
{
    public static void Map(IEndpointRouteBuilder api, IReviewSource source, SearchTexts searches)
    {
        var endpoints = new ListEndpoints(source, searches);
        api.MapGet("/counters", endpoints.CountersAsync).Described("getCounters", "How much the case holds, and how the recording keeps up.").AnswersTagged<CountersReply>();
        api.MapGet("/flows", endpoints.FlowsAsync).Described("listFlows", "The flows, newest first, as 'flows --format ndjson' has them.")
            .Takes(ApiParameter.Filter, ApiParameter.Search, ApiParameter.Profile, ApiParameter.Limit, ApiParameter.Cursor).AnswersTagged<ListReply<FlowResult>>();
        api.MapGet("/findings", endpoints.FindingsAsync)
            .Described(
                "listFindings",
                "The personal data found, newest flow first, as 'findings --format json' has it. The findings of a flow are never split between pages, so that a page may hold more than its limit.")
            .Takes(ApiParameter.Filter, ApiParameter.Search, ApiParameter.Limit, ApiParameter.Cursor).AnswersTagged<ListReply<FindingResult>>();
        api.MapGet("/transfers", endpoints.TransfersAsync)
            .Described("listTransfers", "Which item went to which recipient in which country, as 'transfers --format json' has it.")
            .Takes(ApiParameter.Filter, ApiParameter.Search, ApiParameter.Profile, ApiParameter.Limit, ApiParameter.Cursor).AnswersTagged<ListReply<TransferResult>>();
        api.MapGet("/sessions", endpoints.SessionsAsync).Described("listSessions", "The sessions that have flows, in the order of their first, and what the journal calls them.")
            .Takes(ApiParameter.Limit, ApiParameter.Cursor).AnswersTagged<ListReply<SessionReply>>();
    }

    private Task CountersAsync(HttpContext context) => JsonReply.WriteAsync(context, CountersReply.Of(source.Counters), ApiJson.Written.CountersReply);

    private async Task FlowsAsync(HttpContext context)
    {
        var request = ListRequest.Of(context, searches);
        var profile = source.ProfileOf(request.Profile);

        // A search of content begins with the newest flow: on a later page it must not begin there again.
        using var list = source.FlowsOf(request.Before is { } first && MaySearch(request.Filter)
            ? string.Create(CultureInfo.InvariantCulture, $"({request.Filter}) flow:<{first}")
            : request.Filter);
        if (list.Search is { } search)
        {
            await SearchAsync(list, search, request.Limit + 1, context.RequestAborted);
        }

        var rows = list.Rows(request.Before is { } below ? list.CountFrom(below) : 0, request.Limit + 1);
        var page = rows.Take(request.Limit).Select(r => r.Flow).ToList();
        var next = rows.Count > page.Count ? request.NextBelow(page[^1].Number) : null;
        await JsonReply.WriteAsync(
            context, new ListReply<FlowResult>([.. page.Select(f => FlowResult.Of(f, profile))], next), ApiJson.Written.ListReplyFlowResult);
    }

    private async Task FindingsAsync(HttpContext context)
    {
        var request = ListRequest.Of(context, searches);
        var flows = await source.FindingsAsync(request.Filter, request.Limit, request.Before, context.RequestAborted);
        var findings = flows.SelectMany(f => f.Findings.Select(found => FindingResult.Of(f.Summary, found, JudgementOf(f.Summary, found), reveal: false))).ToList();
        var next = findings.Count < request.Limit ? null : request.NextBelow(flows[^1].Summary.Number);
        await JsonReply.WriteAsync(context, new ListReply<FindingResult>(findings, next), ApiJson.Written.ListReplyFindingResult);
    }

    private async Task TransfersAsync(HttpContext context)
    {
        var request = ListRequest.Of(context, searches);
        var profile = source.ProfileOf(request.Profile);
        var transfers = await source.TransfersAsync(request.Filter, context.RequestAborted);
        await JsonReply.WriteAsync(
            context, request.PageOf(transfers, t => $"{t.Item}\n{t.Recipient}\n{t.Country}", t => TransferResult.Of(t, profile)), ApiJson.Written.ListReplyTransferResult);
    }

    private Task SessionsAsync(HttpContext context) => JsonReply.WriteAsync(
        context, ListRequest.Plain(context).PageOf(source.Sessions(), s => s.Extent.Session, SessionReply.Of), ApiJson.Written.ListReplySessionReply);

    private Judgement JudgementOf(FlowSummary flow, Finding finding) => source.Decisions?.Book.Of(FindingSubject.Of(flow.Number, finding)) ?? Judgement.Open;

    /// <summary>Whether the filter may look into content: itself, or by a kept filter.</summary>
    private static bool MaySearch(string filter) => SearchTexts.IsPrivate(filter) || filter.Contains("saved:", StringComparison.OrdinalIgnoreCase);

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
            throw new IOException("The evidence can't be read to its end: 'verify' says what is wrong with it.");
        }
    }
}
