using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace TrafficAudit.Review.Api;

/// <summary>
/// Flows as they are recorded, as server-sent events (WHATWG HTML, section 9.2): <c>flow</c> with the flow's number as its id, <c>missed</c> with how many
/// were not told because the client reads too slowly. Nothing waits here for a client but what its connection holds. A flow that takes long has a lower
/// number than others that were told before; one that changes is told again.
/// </summary>
internal sealed class FlowEventEndpoints(IReviewSource source, TimeProvider time, JsonSerializerOptions json)
{
    private const string Type = "text/event-stream";

    /// <summary>Shorter than the patience of proxies and load balancers, which is often 30 s and more.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static void Map(IEndpointRouteBuilder api, IReviewSource source)
    {
        var services = api.ServiceProvider;
        var endpoints = new FlowEventEndpoints(
            source, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);
        api.MapGet("/flows/events", (HttpContext context, string? filter) => endpoints.StreamAsync(context, filter?.Trim() ?? ""))
            .WithSummary("New flows as server-sent events; with Last-Event-ID first those with higher numbers.")
            .Produces<string>(StatusCodes.Status200OK, Type).ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status406NotAcceptable);
    }

    private async Task StreamAsync(HttpContext context, string filter)
    {
        if (!Accepts(context.Request))
        {
            await Problem.WriteAsync(context, StatusCodes.Status406NotAcceptable, "Events are a stream", new RejectedRequestException($"Events are sent as {Type} only."));
            return;
        }

        try
        {
            var events = source.FlowEventsAsync(filter, After(context.Request), context.RequestAborted);
            context.Response.ContentType = Type;
            await SendAsync(context, events.GetAsyncEnumerator(context.RequestAborted));
        }
        catch (RejectedRequestException e) when (!context.Response.HasStarted)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "The request can't be understood", e);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: how every stream ends.
            return;
        }
    }

    private async Task SendAsync(HttpContext context, IAsyncEnumerator<FlowEvent> events)
    {
        var gone = context.RequestAborted;
        Task<bool>? next = null;
        try
        {
            await WriteAsync(context, ":\n\n");
            while (true)
            {
                next ??= events.MoveNextAsync().AsTask();
                if (await Task.WhenAny(next, Task.Delay(Heartbeat, time, gone)) != next)
                {
                    gone.ThrowIfCancellationRequested();
                    await WriteAsync(context, ":\n\n");
                    continue;
                }

                if (!await next)
                {
                    return;
                }

                next = null;
                await WriteAsync(context, TextOf(events.Current));
            }
        }
        finally
        {
            // An enumerator must not be disposed while it moves; the request's end moves it on.
            if (next is not null)
            {
                await Task.WhenAny(next);
            }

            await events.DisposeAsync();
        }
    }

    private string TextOf(FlowEvent told) => told.Flow is { } flow
        ? string.Create(CultureInfo.InvariantCulture, $"id: {flow.Flow.Number}\nevent: flow\ndata: {JsonSerializer.Serialize(FlowItemReply.Of(flow), json)}\n\n")
        : string.Create(CultureInfo.InvariantCulture, $"event: missed\ndata: {{\"missed\":{told.Missed}}}\n\n");

    private static async Task WriteAsync(HttpContext context, string text)
    {
        await context.Response.WriteAsync(text, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private static bool Accepts(HttpRequest request) =>
        request.GetTypedHeaders().Accept is not { Count: > 0 } accepted || accepted.Any(a => a.Quality != 0 && new MediaTypeHeaderValue(Type).IsSubsetOf(a));

    private static long? After(HttpRequest request) => request.Headers["Last-Event-ID"].ToString() is not { Length: > 0 } id ? null
        : long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new RejectedRequestException("Last-Event-ID is the number of the last flow that was told.");
}
