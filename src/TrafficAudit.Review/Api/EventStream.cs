using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TrafficAudit.Geolocation.Jurisdictions;
using TrafficAudit.Review.Results;

namespace TrafficAudit.Review.Api;

/// <summary>
/// Tells one client of flows as server-sent events (WHATWG HTML, section 9.2). An event's id is its place in the feed; an id alone is sent as heartbeat, so
/// that a client that comes back goes on behind what its filter kept from it, too. Nothing waits here for a client: it reads from the feed as fast as it can,
/// and is told how many it missed.
/// </summary>
internal sealed class EventStream(HttpResponse response, FlowFeed feed, FlowFinder finder, JurisdictionProfile profile, TimeProvider time)
{
    public const string MediaType = "text/event-stream";

    /// <summary>How many flows are looked at before what was found is sent.</summary>
    private const int Step = 100;

    /// <summary>Shorter than the patience of proxies, and how long a revoked token still sees what comes.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    /// <summary>A client that takes nothing for so long is gone, or means to hold a place.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Sends until cancelled, or until the client may not watch any more.</summary>
    /// <param name="begin">The place in the feed to begin at; null: it is not known what the client has had.</param>
    /// <param name="mayWatch">Asked with every beat.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task SendAsync(long? begin, Func<bool> mayWatch, CancellationToken cancellation)
    {
        response.ContentType = MediaType;
        var place = begin ?? feed.Count;
        var text = begin is null ? Missed(null, place) : "";
        while (mayWatch())
        {
            await WriteAsync($"{text}id: {IdOf(place)}\n\n", cancellation);
            text = "";
            place = await BeatAsync(place, cancellation);
        }
    }

    /// <summary>Sends what comes during a beat, and gives the place that was reached.</summary>
    private async Task<long> BeatAsync(long place, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (Beat - time.GetElapsedTime(began) is var left && left > TimeSpan.Zero)
        {
            if (feed.Count > place)
            {
                place = await StepAsync(place, cancellation);
                continue;
            }

            try
            {
                await feed.WaitBeyondAsync(place).WaitAsync(left, time, cancellation);
            }
            catch (TimeoutException)
            {
                // Nothing came: the next beat.
                break;
            }
        }

        return place;
    }

    private async Task<long> StepAsync(long place, CancellationToken cancellation)
    {
        var (missed, flows) = feed.Read(place, Step);
        place += missed;
        var events = new StringBuilder(missed == 0 ? "" : Missed(missed, place));
        foreach (var number in flows)
        {
            place++;
            if (await finder(number, cancellation) is { } flow)
            {
                var json = JsonSerializer.Serialize(FlowResult.Of(flow, profile), ApiJson.Written.FlowResult);
                events.Append(CultureInfo.InvariantCulture, $"id: {IdOf(place)}\nevent: flow\ndata: {json}\n\n");
            }
        }

        if (events.Length > 0)
        {
            await WriteAsync(events.ToString(), cancellation);
        }

        return place;
    }

    private string Missed(long? flows, long place) =>
        $"id: {IdOf(place)}\nevent: missed\ndata: {JsonSerializer.Serialize(new MissedReply(flows), ApiJson.Written.MissedReply)}\n\n";

    private string IdOf(long place) => string.Create(CultureInfo.InvariantCulture, $"{feed.Run}-{place}");

    private async Task WriteAsync(string text, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            await response.WriteAsync(text, end.Token);
            await response.Body.FlushAsync(end.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            response.HttpContext.Abort();
            throw;
        }
    }
}
