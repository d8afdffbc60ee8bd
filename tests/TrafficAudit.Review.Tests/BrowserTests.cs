using System.Text.RegularExpressions;
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

        await tab.ExpectTextAsync("tbody tr.row >> nth=0", "new.shop.example");
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
        Assert.Equal(1, await tab.Page.Locator("tbody tr.row").CountAsync());

        await tab.Page.ClickAsync("#pause");
        await tab.ExpectTextAsync("#live-state", "Live");
        await tab.ExpectTextAsync("tbody tr.row >> nth=0", "#2");
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
        await tab.ExpectLiveAsync();
        Assert.EndsWith("/findings", tab.Page.Url, StringComparison.Ordinal);
        await tab.Page.ClickAsync("nav >> text=Transfers");
        await tab.ExpectTextAsync("caption", "Transfers: which item went to whom, in which country");
        await tab.ExpectLiveAsync();
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
        await Assertions.Expect(tab.Page.Locator("tbody tr.row")).ToHaveCountAsync(HostileContentTests.Corpus.Count, new() { Timeout = 10_000 });
        Assert.Equal(0, await tab.Page.Locator("main :is(script, img:not(.flag), svg, iframe, base, [onload], [onerror], [onfocus])").CountAsync());
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task LongList_IsScrolledWithoutBlanks_AndNewFlowsDoNotMoveIt()
    {
        await using var review = await RunningReview.StartAsync();
        for (var number = 1; number <= 3_000; number++)
        {
            review.Source.Add(Invented.Flow(number));
        }

        await using var tab = await chromium.OpenAsync(review);
        await tab.ExpectTextAsync("tbody tr.row >> nth=0", "#3000");

        await tab.Page.EvaluateAsync("document.querySelector('.live-list').scrollTop = 30 * 1500");
        var middle = await tab.Page.WaitForFunctionAsync(
            "() => [...document.querySelectorAll('tr.row th')].find(th => th.getBoundingClientRect().top > 400 && th.getBoundingClientRect().top < 500)?.id");
        var row = tab.Page.Locator("#" + await middle.JsonValueAsync<string>());
        var top = await row.EvaluateAsync<double>("e => e.getBoundingClientRect().top");
        review.Source.Add(Invented.Flow(3_001));
        await tab.ExpectTextAsync("#live-state", "1 new above");
        Assert.Equal(top, await row.EvaluateAsync<double>("e => e.getBoundingClientRect().top"));

        await tab.Page.EvaluateAsync("document.querySelector('.live-list').scrollTop = 0");
        await tab.ExpectTextAsync("tbody tr.row >> nth=0", "#3001");
        await tab.ExpectTextAsync("#live-state", "Live");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Keys_MoveOpenSearchAndHelp()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Invented.Flow(1));
        review.Source.Add(Invented.Flow(2));
        await using var tab = await chromium.OpenAsync(review);
        await tab.Page.Locator("tbody tr.row").First.WaitForAsync();

        await tab.Page.Keyboard.PressAsync("?");
        await tab.ExpectTextAsync("dialog[open]", "open the row");
        await tab.Page.Keyboard.PressAsync("Escape");
        await tab.Page.Keyboard.PressAsync("j");
        await tab.Page.Keyboard.PressAsync("j");
        Assert.Equal("flow-1", await tab.Page.EvaluateAsync<string>("document.activeElement.closest('th').id"));
        await tab.Page.Keyboard.PressAsync("k");
        Assert.Equal("flow-2", await tab.Page.EvaluateAsync<string>("document.activeElement.closest('th').id"));
        await tab.Page.Keyboard.PressAsync("/");
        Assert.Equal("filter", await tab.Page.EvaluateAsync<string>("document.activeElement.id"));
        await tab.Page.Keyboard.PressAsync("j");
        Assert.Equal("j", await tab.Page.InputValueAsync("#filter"));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task MarkKey_MarksTheRowAndTheFlowShown()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Notes = new FakeNotes(review.Source.Raise);
        review.Source.Add(Invented.Flow(1));
        review.Source.Add(Invented.Flow(2));
        await using var tab = await chromium.OpenAsync(review);
        await tab.Page.Locator("tbody tr.row").First.WaitForAsync();

        await tab.Page.Keyboard.PressAsync("j");
        await tab.Page.Keyboard.PressAsync("m");
        await Assertions.Expect(tab.Page.Locator("#flow-2 [data-mark]")).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.True(review.Source.Notes.Book.IsMarked(2));
        Assert.False(review.Source.Notes.Book.IsMarked(1));

        await tab.Page.Keyboard.PressAsync("m");
        await Assertions.Expect(tab.Page.Locator("#flow-2 [data-mark]")).ToHaveAttributeAsync("aria-pressed", "false");
        Assert.False(review.Source.Notes.Book.IsMarked(2));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task FilterInUse_IsSavedUnderANameAndChosenAgain()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Notes = new FakeNotes(review.Source.Raise);
        review.Source.Add(Invented.Flow(1));
        await using var tab = await chromium.OpenAsync(review);

        await tab.Page.FillAsync("#filter", "host:*.example");
        await tab.Page.PressAsync("#filter", "Enter");
        await tab.ExpectAddressAsync("host");
        await tab.Page.ClickAsync(".saved summary");
        await tab.Page.FillAsync("#saved-name", "<b>shops");
        await tab.Page.PressAsync("#saved-name", "Enter");
        await tab.ExpectTextAsync(".saved li", "<b>shops");
        Assert.Equal("host:*.example", Assert.Single(review.Source.Notes.Book.Filters).Filter);

        await tab.Page.ClickAsync(".filter > label");
        await tab.Page.FillAsync("#filter", "");
        await tab.Page.PressAsync("#filter", "Enter");
        await Assertions.Expect(tab.Page).Not.ToHaveURLAsync(new Regex("host", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await tab.Page.ClickAsync(".saved summary");
        await tab.Page.ClickAsync(".saved .choice");

        await tab.ExpectAddressAsync("host");
        await Assertions.Expect(tab.Page.Locator(".saved ul")).ToBeHiddenAsync();
        await Assertions.Expect(tab.Page.Locator("#filter")).ToHaveValueAsync("host:*.example");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task FilterBeingTyped_IsCompleted()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Completions = [new("host:", "host:", 0, 2, null), new("a.example", "<b>a.example", 0, 2, 12)];
        await using var tab = await chromium.OpenAsync(review);

        await tab.Page.FillAsync("#filter", "ho");
        await tab.ExpectTextAsync("#filter-suggestions", "<b>a.example");
        await tab.Page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal("filter-suggestion-0", await tab.Page.GetAttributeAsync("#filter", "aria-activedescendant"));
        await tab.Page.Keyboard.PressAsync("Enter");

        Assert.Equal("host:", await tab.Page.InputValueAsync("#filter"));
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task FaultOfAFilter_IsMarkedAtItsPlace()
    {
        await using var review = await RunningReview.StartAsync();
        await using var tab = await chromium.OpenAsync(review);

        await tab.Page.FillAsync("#filter", "nonsense:x");
        await tab.Page.PressAsync("#filter", "Enter");

        await tab.ExpectTextAsync("#filter-fault mark", "nonsense:x");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task FaultOfAFilterThatWasLeft_IsNobodysAnyMore()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Invented.Flow(1) with { Host = "one.example" }, Invented.Finding());
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        review.Source.FaultsAfter = told.Task;
        await using var tab = await chromium.OpenAsync(review);
        await tab.Page.ClickAsync("nav >> text=Findings");
        await tab.ExpectTextAsync("caption", "Findings, newest flow first");
        await tab.ExpectLiveAsync();

        await tab.Page.FillAsync("#filter", "nonsense:x");
        await tab.Page.PressAsync("#filter", "Enter");
        await tab.ExpectAddressAsync("nonsense");
        await tab.Page.FillAsync("#filter", "one.example");
        await tab.Page.PressAsync("#filter", "Enter");
        await tab.ExpectAddressAsync("one.example");
        told.SetResult();
        review.Source.Add(Invented.Flow(2) with { Host = "one.example" }, Invented.Finding());

        await tab.ExpectTextAsync("tbody >> nth=0", "#2");
        await Assertions.Expect(tab.Page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task LanguageAndColours_AreChosenAndKept()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Invented.Flow(1));
        await using var tab = await chromium.OpenAsync(review);

        await tab.Page.ClickAsync(".menu summary");
        await tab.Page.ClickAsync("text=한국어");
        await tab.ExpectTextAsync("#live-state", "실시간");
        await tab.Page.ClickAsync(".menu summary");
        await tab.Page.ClickAsync("text=어둡게");
        await tab.Page.WaitForSelectorAsync("html[data-theme=dark]");
        await tab.ExpectTextAsync("nav", "통신");

        Assert.Equal("ko", await tab.Page.GetAttributeAsync("html", "lang"));
        Assert.Equal("rgb(26, 33, 37)", await tab.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.top')).backgroundColor"));
        Assert.EndsWith("/flows", tab.Page.Url, StringComparison.Ordinal);
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
