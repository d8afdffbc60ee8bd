using Microsoft.Playwright;

namespace TrafficAudit.Review.Tests;

/// <summary>The page in a real browser: Chromium, over the real server.</summary>
public sealed class BrowserTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task NewFlow_AppearsWithoutReload()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Invented.Flow(1));
        await using var tab = await chromium.OpenAsync(review);
        await tab.Page.EvaluateAsync("window.sameDocument = true");

        review.Source.Add(Invented.Flow(2) with { Host = "new.shop.example" }, Invented.Finding());

        await tab.ExpectTextAsync("tbody tr:first-child", "new.shop.example");
        await tab.ExpectTextAsync("#count-flows", "2");
        await tab.ExpectTextAsync("#count-findings", "1");
        Assert.True(await tab.Page.EvaluateAsync<bool>("window.sameDocument"));
        Assert.DoesNotContain("token", tab.Page.Url, StringComparison.Ordinal);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Paused_ListStandsStillUntilResumed()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Invented.Flow(1));
        await using var tab = await chromium.OpenAsync(review);

        await tab.Page.ClickAsync("#pause");
        await tab.ExpectTextAsync("#live-state", "Paused");
        review.Source.Add(Invented.Flow(2));
        await tab.ExpectTextAsync("#live-state", "Paused, 1 new");
        Assert.Equal(1, await tab.Page.Locator("tbody tr").CountAsync());

        await tab.Page.ClickAsync("#pause");
        await tab.ExpectTextAsync("#live-state", "Live");
        await tab.ExpectTextAsync("tbody tr:first-child", "#2");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Views_AreInTheAddressAndInTheHistory()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Invented.Flow(1), Invented.Finding());
        review.Source.Transfers = [Invented.Transfer()];
        await using var tab = await chromium.OpenAsync(review);

        await tab.Page.ClickAsync("nav >> text=Findings");
        await tab.ExpectTextAsync("caption", "Findings, newest flow first");
        Assert.EndsWith("/findings", tab.Page.Url, StringComparison.Ordinal);
        await tab.Page.ClickAsync("nav >> text=Transfers");
        await tab.ExpectTextAsync("caption", "Transfers: which item went to whom, in which country");
        await tab.Page.GoBackAsync();

        await tab.ExpectTextAsync("caption", "Findings, newest flow first");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task HostileText_RunsNothing()
    {
        await using var review = await RunningReview.StartAsync();
        await using var tab = await chromium.OpenAsync(review);

        foreach (var (payload, number) in HostileContentTests.Corpus.Select((row, i) => (row.Data, i + 1)))
        {
            review.Source.Add(
                Invented.Flow(number) with { Host = payload, Path = payload, Recipient = payload, Country = payload, Method = payload },
                Invented.Finding(payload));
        }

        await tab.ExpectTextAsync("#count-flows", $"{HostileContentTests.Corpus.Count}");
        Assert.Equal(HostileContentTests.Corpus.Count, await tab.Page.Locator("tbody tr").CountAsync());
        Assert.Equal(0, await tab.Page.Locator("main :is(script, img, svg, iframe, base, [onload], [onerror], [onfocus])").CountAsync());
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task ServerStopped_PageSaysSo()
    {
        var review = await RunningReview.StartAsync();
        await using var tab = await chromium.OpenAsync(review);

        await review.DisposeAsync();

        await tab.Page.Locator("#components-reconnect-modal").WaitForAsync();
    }
}
