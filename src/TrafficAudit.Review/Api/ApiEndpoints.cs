using System.Net.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TrafficAudit.Model;
using TrafficAudit.Review.Access;
using TrafficAudit.Review.Api.Describing;
using TrafficAudit.Review.Doors;
using TrafficAudit.Review.Searching;

namespace TrafficAudit.Review.Api;

/// <summary>The HTTP API, for programs, and with which commands reach the program that is recording their case.</summary>
internal sealed class ApiEndpoints(IReviewSource source)
{
    public static void Map(IEndpointRouteBuilder routes, IReviewSource source, Entry entry)
    {
        var api = routes.MapGroup("/api/v1");
        ApiDescription.Map(routes, api);
        ApiGuard.Protect(api);
        var endpoints = new ApiEndpoints(source);
        api.MapGet("/status", endpoints.StatusAsync).Described("getStatus", "Which case which process has open.").Answers<StatusReply>();
        api.MapPost("/phase", endpoints.PhaseAsync).RequireAuthorization(Policies.Investigator).Described("setPhase", "Sets the phase of the running sessions, or of one device's.")
            .TakesBody<PhaseRequest>().AnswersNothing().Rejects(StatusCodes.Status409Conflict);
        api.MapPost("/seal", endpoints.SealAsync).RequireAuthorization(Policies.Investigator).Described("seal", "Seals the case while it is being recorded, and says so in lines for people.")
            .TakesBody<SealRequest>().Answers<string>(mediaType: MediaTypeNames.Text.Plain).Rejects(StatusCodes.Status409Conflict);
        var searches = routes.ServiceProvider.GetRequiredService<SearchTexts>();
        ResultEndpoints.Map(api, source);
        ListEndpoints.Map(api, source, searches);
        SearchEndpoints.Map(api, source, searches);
        EventEndpoints.Map(api, source, searches, entry);
        FlowEndpoints.Map(api, source);
        DeviceEndpoints.Map(api, source);
        DecisionEndpoints.Map(api, source);
        NoteEndpoints.Map(api, source);
        UserEndpoints.Map(api, routes.ServiceProvider.GetService<Users>());
        TokenEndpoints.Map(api, routes.ServiceProvider.GetService<ClientTokens>());
        SetupEndpoints.Map(api, source);
        routes.MapFallback("/api/{*path}", Refusal.NoEndpoint.WriteAsync);
    }

    private Task StatusAsync(HttpContext context)
    {
        var counters = source.Counters;
        var version = typeof(ApiEndpoints).Assembly.GetName().Version!.ToString(3);
        var reply = new StatusReply(source.CaseName, counters.Flows, counters.Findings, counters.Failures, Environment.ProcessId, version);
        return context.Response.WriteAsJsonAsync(reply, ApiJson.Written.StatusReply, cancellationToken: context.RequestAborted);
    }

    private async Task PhaseAsync(HttpContext context)
    {
        var expected = $"A phase is sent as {{\"name\": \"…\", \"device\": \"…\"}}, the device only for one of several: 1 to {PhaseLabel.Longest} characters, none of them a control character.";
        var request = await JsonBody.ReadAsync(context, ApiJson.Read.PhaseRequest, expected);
        await source.SetPhaseAsync(
            Identity.PersonOf(context.User)!, PhaseLabel.Of(request.Name) ?? throw JsonBody.Wrong(expected), request.Device, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task SealAsync(HttpContext context)
    {
        var request = await JsonBody.ReadAsync(context, ApiJson.Read.SealRequest, "A seal is asked for as {\"timestamp_authority\": null}, or with an address.");
        Uri? authority = null;
        if (request.TimestampAuthority is { } text && !(Uri.TryCreate(text, UriKind.Absolute, out authority) && authority.Scheme is "http" or "https"))
        {
            throw JsonBody.Wrong("A timestamping authority is named by an http or https address.");
        }

        await WriteLinesAsync(context, await source.SealAsync(authority, context.RequestAborted));
    }

    /// <summary>Answers with lines for people.</summary>
    internal static Task WriteLinesAsync(HttpContext context, string lines)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(lines + "\n", context.RequestAborted);
    }
}
