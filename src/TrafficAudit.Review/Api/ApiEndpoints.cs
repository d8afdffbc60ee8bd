using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace TrafficAudit.Review.Api;

/// <summary>
/// The HTTP API, with which commands reach the program that is recording their case. Errors are one line of plain text, made for
/// the terminal.
/// </summary>
internal sealed class ApiEndpoints(IReviewSource source)
{
    private const int LongestPhase = 64;

    private static readonly FrozenSet<string> Commands = FrozenSet.Create("flows", "findings", "transfers", "coverage", "show");

    public static void Map(IEndpointRouteBuilder routes, IReviewSource source)
    {
        var endpoints = new ApiEndpoints(source);
        var api = routes.MapGroup("/api/v1");
        api.MapGet("/status", endpoints.StatusAsync);
        api.MapGet("/results/{command}", endpoints.ResultsAsync);
        api.MapPost("/phase", endpoints.PhaseAsync);
    }

    private Task StatusAsync(HttpContext context)
    {
        var counters = source.Counters;
        var version = typeof(ApiEndpoints).Assembly.GetName().Version!.ToString(3);
        var reply = new StatusReply(
            source.CaseName, counters.Flows, counters.Findings, counters.Failures, Environment.ProcessId, version);
        return context.Response.WriteAsJsonAsync(reply, ApiJson.Default.StatusReply, cancellationToken: context.RequestAborted);
    }

    private async Task ResultsAsync(HttpContext context)
    {
        var command = (string)context.Request.RouteValues["command"]!;
        if (!Commands.Contains(command))
        {
            await RejectAsync(context, StatusCodes.Status404NotFound, "There are results of flows, findings, transfers, coverage and show.");
            return;
        }

        if (context.Request.Query.FirstOrDefault(o => o.Value.Count != 1).Key is not null)
        {
            await RejectAsync(context, StatusCodes.Status400BadRequest, "An option is given more than once.");
            return;
        }

        var options = context.Request.Query.ToDictionary(o => o.Key, o => o.Value.ToString(), StringComparer.Ordinal);
        context.Response.ContentType = "application/octet-stream";

        // Whoever renders for a terminal writes synchronously; one command occupies at most one thread here.
        context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        try
        {
            await source.WriteResultsAsync(command, options, context.Response.Body, context.RequestAborted);
        }
        catch (RejectedRequestException e) when (!context.Response.HasStarted)
        {
            await RejectAsync(context, StatusCodes.Status400BadRequest, e.Message);
        }
    }

    private async Task PhaseAsync(HttpContext context)
    {
        var phase = await ReadPhaseAsync(context.Request);
        if (phase is null)
        {
            await RejectAsync(
                context,
                StatusCodes.Status400BadRequest,
                $"A phase is sent as {{\"name\": \"…\"}}: 1 to {LongestPhase} characters, none of them a control character.");
            return;
        }

        try
        {
            await source.SetPhaseAsync(phase, context.RequestAborted);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (RejectedRequestException e)
        {
            await RejectAsync(context, StatusCodes.Status409Conflict, e.Message);
        }
    }

    private static async Task<string?> ReadPhaseAsync(HttpRequest request)
    {
        try
        {
            var sent = await JsonSerializer.DeserializeAsync(request.Body, ApiJson.Default.PhaseRequest, request.HttpContext.RequestAborted);
            var name = sent?.Name?.Trim();
            return name is { Length: >= 1 and <= LongestPhase } && !name.Any(char.IsControl) ? name : null;
        }
        catch (Exception e) when (e is JsonException or BadHttpRequestException)
        {
            return null;
        }
    }

    private static Task RejectAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(message + "\n", context.RequestAborted);
    }
}
