using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Tests;

/// <summary>Flows as server-sent events, over real sockets.</summary>
public sealed class ApiEventTests
{
    private const string Path = "/api/v1/flows/events";
    private const int Room = 32;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NewFlows_AreTold_AsTheListHasThem()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Invented.Flow(1));
        using var events = await Events.OpenAsync(review, Path + "?filter=api.shop.example");

        review.Source.Add(Invented.Flow(2) with { Host = "other.example" });
        review.Source.Add(Invented.Flow(3));

        var told = await events.NextAsync();
        Assert.Equal(("flow", 3), (told.Event, told.Data.GetProperty("flow").GetInt64()));
        using var list = await review.JsonAsync("/api/v1/flows?limit=1");
        Assert.Equal(list.RootElement.GetProperty("results")[0].GetRawText(), told.Data.GetRawText());
    }

    [Fact]
    public async Task ClientThatComesBack_GoesOnBehindItsLastEvent_AlsoWithFlowsOfLowerNumbers()
    {
        await using var review = await RunningReview.StartAsync();
        string last;
        using (var events = await Events.OpenAsync(review, Path))
        {
            review.Source.Add(Invented.Flow(9));
            last = (await events.NextAsync()).Id;
        }

        // A flow that took long ends now.
        review.Source.Add(Invented.Flow(4));
        review.Source.Add(Invented.Flow(10));
        using var again = await Events.OpenAsync(review, Path, last);

        Assert.Equal(4, (await again.NextAsync()).Data.GetProperty("flow").GetInt64());
        Assert.Equal(10, (await again.NextAsync()).Data.GetProperty("flow").GetInt64());
    }

    [Fact]
    public async Task WhatIsNoLongerKept_IsSaidToBeMissed()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Feed = new FlowFeed(kept: 2);
        for (var number = 1; number <= 5; number++)
        {
            review.Source.Add(Invented.Flow(number));
        }

        using var events = await Events.OpenAsync(review, Path, $"{review.Source.Feed.Run}-1");

        var missed = await events.NextAsync();
        Assert.Equal(("missed", 2), (missed.Event, missed.Data.GetProperty("missed").GetInt64()));
        Assert.Equal(4, (await events.NextAsync()).Data.GetProperty("flow").GetInt64());
        Assert.Equal(5, (await events.NextAsync()).Data.GetProperty("flow").GetInt64());
    }

    [Fact]
    public async Task ClientOfAnotherRun_IsToldThatNobodyKnowsWhatItMissed()
    {
        await using var review = await RunningReview.StartAsync();

        using var events = await Events.OpenAsync(review, Path, "0123456789ab-17");

        var missed = await events.NextAsync();
        Assert.Equal(("missed", JsonValueKind.Null), (missed.Event, missed.Data.GetProperty("missed").ValueKind));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("-1")]
    [InlineData("a-b")]
    [InlineData("{run}-1")]
    [InlineData("{run}-18446744073709551616")]
    public async Task LastEventIdThatIsNone_IsRefused(string id)
    {
        await using var review = await RunningReview.StartAsync();
        var request = review.ApiRequest(HttpMethod.Get, Path);
        request.Headers.Add("Last-Event-ID", id.Replace("{run}", review.Source.Feed.Run, StringComparison.Ordinal));

        using var response = await review.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("Last-Event-ID", await RunningReview.DetailAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task QuietStream_HasAHeartbeatWithAPlaceToGoOnAt()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var review = await RunningReview.StartAsync(time: time);
        using var events = await Events.OpenAsync(review, Path + "?filter=other.example");
        Assert.Equal($"id: {review.Source.Feed.Run}-0", await events.LineAsync());
        Assert.Equal("", await events.LineAsync());
        review.Source.Add(Invented.Flow(1));

        Assert.Equal($"id: {review.Source.Feed.Run}-1", await PassTimeAsync(time, events.LineAsync()));
    }

    [Fact]
    public async Task RevokedToken_EndsTheStream()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var review = await RunningReview.StartAsync(time: time);
        var token = review.Tokens.Create("wall", Role.Viewer, null);
        using var events = await Events.OpenAsync(review, Path, token: token);
        Assert.StartsWith("id: ", await events.LineAsync(), StringComparison.Ordinal);

        review.Tokens.Revoke("wall");

        Assert.Null(await PassTimeAsync(time, events.EndAsync()));
    }

    [Fact]
    public async Task ProgramThatStops_EndsTheStream()
    {
        var review = await RunningReview.StartAsync();
        await using var stopping = review;
        using var events = await Events.OpenAsync(review, Path);
        Assert.StartsWith("id: ", await events.LineAsync(), StringComparison.Ordinal);

        await review.Host.DisposeAsync();

        Assert.Null(await events.EndAsync());
    }

    [Fact]
    public async Task MoreClientsThanThereIsRoomFor_AreToldSo_UntilOneLeaves()
    {
        await using var review = await RunningReview.StartAsync();
        var clients = new List<Events>();
        try
        {
            for (var i = 0; i < Room; i++)
            {
                clients.Add(await Events.OpenAsync(review, Path));
            }

            using var refused = await review.SendAsync(review.ApiRequest(HttpMethod.Get, Path));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.Contains("32", await RunningReview.DetailAsync(refused), StringComparison.Ordinal);
        }
        finally
        {
            clients.ForEach(c => c.Dispose());
        }

        // When the server notices is its own affair; it has until the test's patience ends.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (!await Events.IsOpenAsync(review, Path, patience.Token))
        {
            await Task.Yield();
        }
    }

    [Fact]
    public async Task ClientThatReadsNothing_LosesItsPlace()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var review = await RunningReview.StartAsync(time: time);
        review.Source.Add(Invented.Flow(1));
        using var stuck = new TcpClient { ReceiveBufferSize = 4096 };
        await stuck.ConnectAsync(IPAddress.Loopback, review.Port, Cancellation);
        await stuck.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes($"GET {Path} HTTP/1.1\r\nHost: 127.0.0.1:{review.Port}\r\nAuthorization: Bearer {review.Host.Token}\r\n\r\n"), Cancellation);
        await stuck.GetStream().ReadExactlyAsync(new byte[1], Cancellation);

        // More than any buffer on the way holds.
        for (var i = 0; i < 40_000; i++)
        {
            review.Source.Feed.Add(1);
        }

        var clients = new List<Events>();
        for (var i = 1; i < Room; i++)
        {
            clients.Add(await Events.OpenAsync(review, Path));
        }

        Assert.False(await Events.IsOpenAsync(review, Path, Cancellation));
        while (!await Events.IsOpenAsync(review, Path, Cancellation))
        {
            time.Advance(Tick);
        }

        clients.ForEach(c => c.Dispose());
    }

    /// <summary>Lets the server's time pass in small steps until something has come.</summary>
    private static async Task<string?> PassTimeAsync(FakeTimeProvider time, Task<string?> awaited)
    {
        while (await Task.WhenAny(awaited, Task.Delay(TimeSpan.FromMilliseconds(20), Cancellation)) != awaited)
        {
            time.Advance(Tick);
        }

        return await awaited;
    }

    /// <summary>A client that watches.</summary>
    private sealed class Events(HttpResponseMessage response, StreamReader reader) : IDisposable
    {
        public static async Task<Events> OpenAsync(RunningReview review, string path, string? lastId = null, string? token = null)
        {
            var request = review.ApiRequest(HttpMethod.Get, path, token);
            if (lastId is not null)
            {
                request.Headers.Add("Last-Event-ID", lastId);
            }

            var response = await review.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
            return new Events(response, new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation)));
        }

        public static async Task<bool> IsOpenAsync(RunningReview review, string path, CancellationToken cancellation)
        {
            using var response = await review.Client.SendAsync(review.ApiRequest(HttpMethod.Get, path), HttpCompletionOption.ResponseHeadersRead, cancellation);
            return response.StatusCode == HttpStatusCode.OK;
        }

        public Task<string?> LineAsync() => reader.ReadLineAsync(Cancellation).AsTask();

        /// <summary>Reads to the end; null.</summary>
        public async Task<string?> EndAsync()
        {
            while (await LineAsync() is not null)
            {
                // What comes before the end is of no interest.
            }

            return null;
        }

        /// <summary>The next event that is more than an id.</summary>
        public async Task<(string Id, string Event, JsonElement Data)> NextAsync()
        {
            var fields = new Dictionary<string, string>(StringComparer.Ordinal);
            while (await LineAsync() is { } line)
            {
                if (line.Length > 0)
                {
                    fields[line[..line.IndexOf(": ", StringComparison.Ordinal)]] = line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..];
                }
                else if (fields.TryGetValue("data", out var data))
                {
                    using var document = JsonDocument.Parse(data);
                    return (fields["id"], fields["event"], document.RootElement.Clone());
                }
            }

            throw new InvalidOperationException("The stream ended.");
        }

        public void Dispose()
        {
            reader.Dispose();
            response.Dispose();
        }
    }
}
