using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Tests;

/// <summary>Signing in and out in a real browser, which sends headers that a test's own client does not.</summary>
public sealed class SignInBrowserTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task SignedIn_PageLives_AndEndsWhenTheUserIsRemoved()
    {
        await using var review = await RunningReview.StartAsync();
        review.Users.Add("kim", Role.Reviewer, Password);
        await using var tab = await SignInAsync(review);

        await tab.ExpectTextAsync("#live-state", "Live");
        await tab.ExpectTextAsync("details.menu summary", "kim");
        Assert.Equal(0, await tab.Page.Locator("nav >> text=Set-up").CountAsync());
        Assert.Empty(tab.Errors);
        review.Users.Remove("kim");

        // Without a request of the page's own: its circuit asks again every five seconds.
        await tab.ExpectAddressAsync("/sign-in?back=%2Fflows", seconds: 20);
    }

    [Fact]
    public async Task SignedOut_PageAsksForThePasswordAgain()
    {
        await using var review = await RunningReview.StartAsync();
        review.Users.Add("kim", Role.Reviewer, Password);
        await using var tab = await SignInAsync(review);
        await tab.ExpectTextAsync("#live-state", "Live");

        await tab.Page.ClickAsync("details.menu summary");
        await tab.Page.ClickAsync("details.menu form button");

        await tab.ExpectTextAsync("h1", "Sign in");
    }

    private async Task<Chromium.Tab> SignInAsync(RunningReview review)
    {
        var tab = await chromium.OpenAsync(new Uri(review.Host.Address, "/flows"));
        await tab.Page.FillAsync("#name", "kim");
        await tab.Page.FillAsync("#password", Password);
        await tab.Page.ClickAsync("button.main");
        return tab;
    }
}
