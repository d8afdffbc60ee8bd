using System.Net;

namespace TrafficAudit.Review.Tests;

public sealed class TokenTests
{
    [Fact]
    public async Task TokenLink_SetsCookieAndLeadsToTheCleanAddress()
    {
        await using var review = await RunningReview.StartAsync();

        using var response = await review.SendAsync(new HttpRequestMessage(HttpMethod.Get, review.Host.TokenLink));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/flows", response.Headers.Location!.OriginalString);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith(review.Cookie + ";", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task TokenLinkToAView_KeepsTheView()
    {
        await using var review = await RunningReview.StartAsync();

        using var response = await review.SendAsync(new HttpRequestMessage(HttpMethod.Get, review.Host.TokenLink + "&filter=item%3Aphone"));

        Assert.Equal("/flows?filter=item%3Aphone", response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Cookie_OpensThePage()
    {
        await using var review = await RunningReview.StartAsync();

        Assert.Contains("invented-case", await review.PageAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/flows")]
    [InlineData("/?token=")]
    [InlineData("/?token=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("/?token=%F0%9F%98%80")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/_blazor/initializers")]
    [InlineData("/assets/icon.svg")]
    [InlineData("/nothing/here")]
    public async Task NoOrWrongToken_RefusedWithWhatToDo(string path)
    {
        await using var review = await RunningReview.StartAsync();

        using var response = await review.SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("printed in its terminal", page, StringComparison.Ordinal);
        Assert.DoesNotContain("invented-case", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongCookie_Refused()
    {
        await using var review = await RunningReview.StartAsync();
        var wrong = $"trafficaudit-{review.Port}={new string('a', 64)}";

        using var response = await review.SendAsync(review.Request(HttpMethod.Get, "/flows", wrong));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task TokenOnAnotherPathThanThePage_Refused()
    {
        await using var review = await RunningReview.StartAsync();

        using var response = await review.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/api/v1/status?token=" + review.Host.Token));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task StyleSheet_OpenToEverybody()
    {
        await using var review = await RunningReview.StartAsync();

        using var response = await review.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/assets/review.css"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/css", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task TwoStarts_TwoTokens()
    {
        await using var first = await RunningReview.StartAsync();
        await using var second = await RunningReview.StartAsync();

        Assert.NotEqual(first.Host.Token, second.Host.Token);
        Assert.Matches("^[0-9a-f]{64}$", first.Host.Token);
    }
}
