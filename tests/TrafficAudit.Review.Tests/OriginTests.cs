using System.Net;
using System.Net.WebSockets;

namespace TrafficAudit.Review.Tests;

public sealed class OriginTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http://site.example")]
    [InlineData("http://localhost:1")]
    [InlineData("https://127.0.0.1:{0}")]
    [InlineData("null")]
    [InlineData(null)]
    public async Task PostFromElsewhere_Refused(string? origin)
    {
        await using var review = await RunningReview.StartAsync();
        var request = review.Request(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        if (origin is not null)
        {
            request.Headers.Add("Origin", string.Format(null, origin, review.Port));
        }

        using var response = await review.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task PostFromOurPage_Answered()
    {
        await using var review = await RunningReview.StartAsync();
        var request = review.Request(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        request.Headers.Add("Origin", review.Client.BaseAddress!.OriginalString.TrimEnd('/'));

        using var response = await review.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task ApiPostFromAForeignPage_RefusedEvenWithTheToken()
    {
        await using var review = await RunningReview.StartAsync();
        var request = review.ApiRequest(HttpMethod.Post, "/api/v1/phase");
        request.Content = new StringContent("{\"name\":\"checkout\"}");
        request.Headers.Add("Origin", "http://site.example");

        using var response = await review.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(review.Source.Phases);
    }

    [Fact]
    public async Task Preflight_NothingAllowed()
    {
        await using var review = await RunningReview.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Options, "/api/v1/phase");
        request.Headers.Add("Origin", "http://site.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");

        using var response = await review.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.DoesNotContain(response.Headers, h => h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task WebSocketOfOurPage_Opens()
    {
        await using var review = await RunningReview.StartAsync();
        using var socket = Socket(review.Cookie, $"http://127.0.0.1:{review.Port}");

        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{review.Port}/_blazor"), Cancellation);

        Assert.Equal(WebSocketState.Open, socket.State);
        socket.Abort();
    }

    [Theory]
    [InlineData(false, "http://127.0.0.1:{0}", HttpStatusCode.Unauthorized)]
    [InlineData(true, "http://site.example", HttpStatusCode.Forbidden)]
    [InlineData(true, "http://localhost:{0}", HttpStatusCode.Forbidden)]
    [InlineData(true, null, HttpStatusCode.Forbidden)]
    public async Task WebSocketWithoutCookieOrFromElsewhere_Refused(bool withCookie, string? origin, HttpStatusCode expected)
    {
        await using var review = await RunningReview.StartAsync();
        using var socket = Socket(withCookie ? review.Cookie : null, origin is null ? null : string.Format(null, origin, review.Port));

        await Assert.ThrowsAsync<WebSocketException>(
            () => socket.ConnectAsync(new Uri($"ws://127.0.0.1:{review.Port}/_blazor"), Cancellation));

        Assert.Equal(expected, socket.HttpStatusCode);
    }

    private static ClientWebSocket Socket(string? cookie, string? origin)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.Proxy = null;
        if (cookie is not null)
        {
            socket.Options.SetRequestHeader("Cookie", cookie);
        }

        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        return socket;
    }
}
