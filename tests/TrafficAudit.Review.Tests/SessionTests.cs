using System.Net;
using Microsoft.Extensions.Time.Testing;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Tests;

public sealed class SessionTests
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task Unused_EndsAfterTheIdleTime()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var review = await RunningReview.StartAsync(new ReviewOptions { SessionIdle = TimeSpan.FromHours(2) }, time: time);

        time.Advance(TimeSpan.FromMinutes(119));
        Assert.Equal(HttpStatusCode.OK, await SignInTests.StatusAsync(review, review.Cookie));
        time.Advance(TimeSpan.FromMinutes(119));
        Assert.Equal(HttpStatusCode.OK, await SignInTests.StatusAsync(review, review.Cookie));
        time.Advance(TimeSpan.FromHours(2));

        Assert.Equal(HttpStatusCode.Unauthorized, await SignInTests.StatusAsync(review, review.Cookie));
    }

    [Fact]
    public async Task UsedAllDay_EndsAfter24Hours()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var review = await RunningReview.StartAsync(time: time);
        for (var hour = 1; hour < 24; hour++)
        {
            time.Advance(TimeSpan.FromHours(1));
            Assert.Equal(HttpStatusCode.OK, await SignInTests.StatusAsync(review, review.Cookie));
        }

        time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(HttpStatusCode.Unauthorized, await SignInTests.StatusAsync(review, review.Cookie));
    }

    [Theory]
    [InlineData("remove")]
    [InlineData("role")]
    [InlineData("password")]
    public async Task UserChanged_SessionEnds(string change)
    {
        await using var review = await RunningReview.StartAsync();
        review.Users.Add("kim", Role.Viewer, Password);
        var session = await SignInTests.SessionAsync(review, "kim");
        Assert.Equal(HttpStatusCode.OK, await SignInTests.StatusAsync(review, session));

        switch (change)
        {
            case "remove":
                review.Users.Remove("kim");
                break;
            case "role":
                review.Users.SetRole("kim", Role.Reviewer);
                break;
            default:
                review.Users.SetPassword("kim", "another horse battery");
                break;
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await SignInTests.StatusAsync(review, session));
    }

    [Fact]
    public async Task SignedOut_SessionEnds()
    {
        await using var review = await RunningReview.StartAsync();
        var request = review.Request(HttpMethod.Post, "/sign-out");
        request.Headers.Add("Origin", $"http://127.0.0.1:{review.Port}");

        using var signedOut = await review.SendAsync(request);

        Assert.Equal("/sign-in", signedOut.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Unauthorized, await SignInTests.StatusAsync(review, review.Cookie));
    }

    [Fact]
    public async Task SignOutFromAnotherSite_Refused()
    {
        await using var review = await RunningReview.StartAsync();
        var request = review.Request(HttpMethod.Post, "/sign-out");
        request.Headers.Add("Origin", "http://site.example");

        using var refused = await review.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await SignInTests.StatusAsync(review, review.Cookie));
    }
}
