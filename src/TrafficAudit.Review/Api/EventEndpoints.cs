using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TrafficAudit.Review.Api.Describing;
using TrafficAudit.Review.Doors;
using TrafficAudit.Review.Searching;

namespace TrafficAudit.Review.Api;

/// <summary>Flows as they are recorded (<see cref="EventStream"/>), for a number of clients that is bounded.</summary>
internal sealed class EventEndpoints(IReviewSource source, SearchTexts searches, Entry entry, TimeProvider time)
{
    private const int MostClients = 32;
    private const string LastEventId = "Last-Event-ID";

    private int _clients;

    public static void Map(IEndpointRouteBuilder api, IReviewSource source, SearchTexts searches, Entry entry)
    {
        var endpoints = new EventEndpoints(source, searches, entry, api.ServiceProvider.GetRequiredService<TimeProvider>());
        api.MapGet("/flows/events", endpoints.SendAsync)
            .Described(
                "watchFlows",
                "Flows as they are recorded, as server-sent events: 'flow' with what the list of flows has, 'missed' with how many were not told (null: unknown; list them again). It ends when the token does.")
            .Takes(
                ApiParameter.Filter, ApiParameter.Search, ApiParameter.Profile,
                new ApiParameter(LastEventId, "The id of the last event, to go on behind it.") { Place = ParameterPlace.Header })
            .Answers<string>(mediaType: EventStream.MediaType).Refuses(StatusCodes.Status503ServiceUnavailable);
    }

    private async Task SendAsync(HttpContext context)
    {
        var request = context.Request;
        var profile = source.ProfileOf(request.Query[ApiParameter.Profile.Name].ToString() is { Length: > 0 } id ? id : null);
        var stream = new EventStream(context.Response, source.Feed, source.FinderOf(ListRequest.FilterOf(request, searches)), profile, time);
        var begin = BeginningOf(request);
        if (Interlocked.Increment(ref _clients) > MostClients)
        {
            Interlocked.Decrement(ref _clients);
            context.Response.Headers.RetryAfter = "10";
            throw new ApiFaultException(StatusCodes.Status503ServiceUnavailable, $"{MostClients} clients watch already: close one of them.");
        }

        try
        {
            var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            await stream.SendAsync(begin, () => entry.IsStillIn(context), end.Token);
        }
        catch (OperationCanceledException)
        {
            // How every stream ends: the client has gone, or was too slow, or the program stops.
            return;
        }
        finally
        {
            Interlocked.Decrement(ref _clients);
        }
    }

    /// <summary>Where the stream begins: behind the event that the client had last; null when that was one of another run of the program.</summary>
    private long? BeginningOf(HttpRequest request)
    {
        var feed = source.Feed;
        if (request.Headers[LastEventId].ToString() is not { Length: > 0 } id)
        {
            return feed.Count;
        }

        return id.Split('-') is [{ Length: > 0 } run, var text] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            ? run != feed.Run ? null : place <= feed.Count ? place : throw Wrong()
            : throw Wrong();

        static ApiFaultException Wrong() => new(StatusCodes.Status400BadRequest, $"{LastEventId} is the id of an event that came from here.");
    }
}
