using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using TrafficAudit.Model;
using TrafficAudit.Review.Access;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Api;

/// <summary>
/// The HTTP API, with which commands reach the program that is recording their case. Errors are one line of plain text, made for
/// the terminal.
/// </summary>
internal sealed class ApiEndpoints(IReviewSource source)
{
    private static readonly FrozenSet<string> Commands = FrozenSet.Create("flows", "findings", "transfers", "coverage", "correlate", "show", "explain", "export", "decisions");

    public static void Map(IEndpointRouteBuilder routes, IReviewSource source)
    {
        var endpoints = new ApiEndpoints(source);
        var api = routes.MapGroup("/api/v1");
        api.MapGet("/status", endpoints.StatusAsync);
        api.MapGet("/results/{command}", endpoints.ResultsAsync);
        api.MapPost("/phase", endpoints.PhaseAsync).RequireAuthorization(Policies.Investigator);
        api.MapPost("/seal", endpoints.SealAsync).RequireAuthorization(Policies.Investigator);
        DeviceEndpoints.Map(api, source);
        FlowEndpoints.Map(api, source);
        DecisionEndpoints.Map(api, source);
        SetupEndpoints.Map(api, source);
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
            await RejectAsync(context, StatusCodes.Status404NotFound, "There are results of flows, findings, transfers, coverage, correlate, show, explain, export and decisions.");
            return;
        }

        if (context.Request.Query.FirstOrDefault(o => o.Value.Count != 1).Key is not null)
        {
            await RejectAsync(context, StatusCodes.Status400BadRequest, "An option is given more than once.");
            return;
        }

        var options = context.Request.Query.ToDictionary(o => o.Key, o => o.Value.ToString(), StringComparer.Ordinal);
        if (ShowsValues(command, options) && !await TryRevealAsync(context, command, options))
        {
            return;
        }

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

    /// <summary>An export is whole unless it is redacted; everything else is masked unless it is revealed.</summary>
    private static bool ShowsValues(string command, Dictionary<string, string> options) =>
        options.ContainsKey("reveal") || (command == "export" && !options.ContainsKey("redact"));

    /// <summary>Values leave this process only for whoever may see them, and once the journal says so; of exports it says so by itself.</summary>
    private async Task<bool> TryRevealAsync(HttpContext context, string command, Dictionary<string, string> options)
    {
        var person = Identity.PersonOf(context.User)!;
        if (!person.MayJudge)
        {
            await Refusal.Role.WriteAsync(context);
            return false;
        }

        if (command == "export")
        {
            return true;
        }

        try
        {
            var flow = options.GetValueOrDefault("flow");
            await source.RevealAsync(
                person,
                new Revealing(command) { Flows = long.TryParse(flow, CultureInfo.InvariantCulture, out var number) ? [number] : [], Filter = options.GetValueOrDefault("filter") },
                context.RequestAborted);
            return true;
        }
        catch (RejectedRequestException e)
        {
            await RejectAsync(context, StatusCodes.Status409Conflict, e.Message);
            return false;
        }
    }

    private async Task PhaseAsync(HttpContext context)
    {
        var request = await ReadPhaseAsync(context.Request);
        if (request is not { Name: { } phase })
        {
            await RejectAsync(
                context,
                StatusCodes.Status400BadRequest,
                $"A phase is sent as {{\"name\": \"…\", \"device\": \"…\"}}, the device only for one of several: 1 to {PhaseLabel.Longest} characters, none of them a control character.");
            return;
        }

        try
        {
            await source.SetPhaseAsync(Identity.PersonOf(context.User)!, phase, request.Device, context.RequestAborted);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (RejectedRequestException e)
        {
            await RejectAsync(context, StatusCodes.Status409Conflict, e.Message);
        }
    }

    private async Task SealAsync(HttpContext context)
    {
        try
        {
            var request = await JsonSerializer.DeserializeAsync(context.Request.Body, ApiJson.Default.SealRequest, context.RequestAborted);
            Uri? authority = null;
            if (request?.TimestampAuthority is { } text && !(Uri.TryCreate(text, UriKind.Absolute, out authority) && authority.Scheme is "http" or "https"))
            {
                await RejectAsync(context, StatusCodes.Status400BadRequest, "A timestamping authority is named by an http or https address.");
                return;
            }

            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(await source.SealAsync(authority, context.RequestAborted) + "\n", context.RequestAborted);
        }
        catch (Exception e) when (e is JsonException or BadHttpRequestException)
        {
            await RejectAsync(context, StatusCodes.Status400BadRequest, "A seal is asked for as {\"timestamp_authority\": null}, or with an address.");
        }
        catch (RejectedRequestException e)
        {
            await RejectAsync(context, StatusCodes.Status409Conflict, e.Message);
        }
        catch (IOException e) when (!context.Response.HasStarted)
        {
            await RejectAsync(context, StatusCodes.Status500InternalServerError, e.Message);
        }
    }

    private static async Task<PhaseRequest?> ReadPhaseAsync(HttpRequest request)
    {
        try
        {
            var sent = await JsonSerializer.DeserializeAsync(request.Body, ApiJson.Default.PhaseRequest, request.HttpContext.RequestAborted);
            return PhaseLabel.Of(sent?.Name) is { } name ? new PhaseRequest(name, sent!.Device) : null;
        }
        catch (Exception e) when (e is JsonException or BadHttpRequestException)
        {
            return null;
        }
    }

    internal static Task RejectAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(message + "\n", context.RequestAborted);
    }
}
