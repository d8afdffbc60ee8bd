using System.Text;
using Microsoft.Playwright;
using TrafficAudit.Classification.Explaining;
using TrafficAudit.Model;
using TrafficAudit.Review.Flows;
using TrafficAudit.Testing;

namespace TrafficAudit.Review.Tests;

/// <summary>The page of a flow in a real browser: revealing, images, conversations, paging, copying.</summary>
public sealed class FlowBrowserTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Email = "someone.invented@example.com";

    [Fact]
    public async Task Reveal_IsJournalledFirst_ShownHereOnly_AndMaskedAgain()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Post("application/json", $$"""{"email":"{{Email}}"}"""), Invented.Persona);
        await using var tab = await OpenAsync(review, "/flows/1");
        await tab.ExpectTextAsync("#request .sheet mark", "so…om (28)");
        Assert.DoesNotContain(Email, await tab.Page.ContentAsync(), StringComparison.Ordinal);

        await tab.Page.ClickAsync("#reveal");

        await tab.ExpectTextAsync("#request .sheet mark", Email);
        Assert.Equal([1], Assert.Single(review.Source.Reveals).What.Flows);
        Assert.EndsWith("/flows/1", tab.Page.Url, StringComparison.Ordinal);
        await tab.Page.ClickAsync("#mask");
        await tab.ExpectTextAsync("#request .sheet mark", "so…om (28)");
        await tab.Page.ReloadAsync();
        await tab.ExpectTextAsync("#request .sheet mark", "so…om (28)");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task RevealThatCantBeJournalled_ShowsNothing()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.RevealFailure = new RejectedRequestException("The journal can't be written.");
        review.Source.Add(Post("application/json", $$"""{"email":"{{Email}}"}"""), Invented.Persona);
        await using var tab = await OpenAsync(review, "/flows/1");

        await tab.Page.ClickAsync("#reveal");

        await tab.ExpectTextAsync(".tools .fault", "The journal can't be written.");
        Assert.DoesNotContain(Email, await tab.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherFlow_IsMaskedAgain()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Post("application/json", $$"""{"email":"{{Email}}"}"""), Invented.Persona);
        review.Source.Add(Post("application/json", $$"""{"email":"{{Email}}"}""", 2), Invented.Persona);
        review.Source.Flow.Around = new FlowNeighbours([], [Invented.Flow(2)]);
        await using var tab = await OpenAsync(review, "/flows/1");
        await tab.Page.ClickAsync("#reveal");
        await tab.ExpectTextAsync("#revealed", "journal");

        await tab.Page.ClickAsync("#next-flow");

        await tab.ExpectAddressAsync("/flows/2");
        await tab.ExpectTextAsync("#request .sheet mark", "so…om (28)");
        Assert.DoesNotContain(Email, await tab.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Image_IsFetchedAfterRevealingOnly()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Some.Flow(1, response: Some.Message("HTTP/1.1 200 OK\nContent-Type: text/html", Images.Png)), Invented.Persona);
        await using var tab = await OpenAsync(review, "/flows/1");
        await tab.ExpectTextAsync("#response", "image/png, 1 × 1");
        Assert.Equal(0, await tab.Page.Locator("img.captured").CountAsync());

        await tab.Page.ClickAsync("#reveal");
        await Assertions.Expect(tab.Page.Locator("img.captured")).ToHaveJSPropertyAsync("naturalWidth", 1);

        var source = await tab.Page.GetAttributeAsync("img.captured", "src");
        using var answer = await review.SendAsync(review.Request(HttpMethod.Get, source!));
        Assert.Equal("image/png", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("sandbox; default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        using var guessed = await review.SendAsync(review.Request(HttpMethod.Get, RevealedImages.Path + "/AAAA"));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, guessed.StatusCode);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Conversation_IsPagedAndDecodedOnDemand()
    {
        await using var review = await RunningReview.StartAsync();
        var messages = Enumerable.Range(0, 450).Select(n => Some.WebSocketMessage(n, $$"""{"n":{{n}},"email":"{{Email}}"}""", sent: n % 2 == 0)).ToList();
        review.Source.Add(Some.WebSocket(1) with { Messages = new MemoryConversation(messages) }, Invented.Persona);
        await using var tab = await OpenAsync(review, "/flows/1");
        Assert.Equal(200, await tab.Page.Locator(".messages > li").CountAsync());

        await tab.Page.ClickAsync(".messages > li:first-child summary");
        await tab.ExpectTextAsync(".messages > li:first-child .tree", "email");
        await tab.ExpectTextAsync(".messages > li:first-child .tree mark", "so…om (28)");
        await tab.Page.ClickAsync(".conversation .show-more");

        await tab.ExpectTextAsync(".messages > li:first-child", "[200]");
        Assert.Contains("messages=2", tab.Page.Url, StringComparison.Ordinal);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task LongBody_IsReadOnPageByPage()
    {
        await using var review = await RunningReview.StartAsync();
        var body = "[" + string.Join(',', Enumerable.Range(0, 2_000)) + "]";
        review.Source.Add(Post("application/json", body), Invented.Persona);
        await using var tab = await OpenAsync(review, "/flows/1");

        await tab.Page.ClickAsync("#request .show-more");

        await tab.ExpectTextAsync("#request .paging", "Page 2");
        Assert.Contains("request-page=2", tab.Page.Url, StringComparison.Ordinal);
        await tab.Page.ClickAsync(".forms >> text=text");
        await tab.ExpectAddressAsync("/flows/1?body=text");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Mark_LeadsToItsFinding_AndWhyIsToldOnDemand()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Post("application/json", $$"""{"email":"{{Email}}"}"""), Invented.Persona);
        review.Source.Flow.Notes = [new DetectorNote(Detector.Persona, Fired: true, "One of the persona's values is in the text.")];
        await using var tab = await OpenAsync(review, "/flows/1");

        await tab.Page.ClickAsync("#request .sheet a.found");
        await tab.ExpectAddressAsync("/flows/1#finding-0");
        await tab.Page.ClickAsync("#finding-0 .why summary");

        await tab.ExpectTextAsync("#finding-0 .why", "One of the persona's values");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Korean_IsKorean()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Post("application/json", $$"""{"email":"{{Email}}"}"""), Invented.Persona);
        var request = review.Request(HttpMethod.Get, "/flows/1");
        request.Headers.AcceptLanguage.ParseAdd("ko");

        using var answer = await review.SendAsync(request);
        var html = System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.All((string[])["발견된 개인정보", "수령자", "목적지", "증거", "같은 기기의 앞뒤 통신"], text => Assert.Contains(text, html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Api_GivesTheFlowMasked()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Post("application/json", $$"""{"email":"{{Email}}"}"""), Invented.Persona);

        using var answer = await review.SendAsync(review.ApiRequest(HttpMethod.Get, "/api/v1/flows/1"));
        var json = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        using var none = await review.SendAsync(review.ApiRequest(HttpMethod.Get, "/api/v1/flows/none"));

        using var reply = System.Text.Json.JsonDocument.Parse(json);
        Assert.Equal("POST /v1/account HTTP/1.1", reply.RootElement.GetProperty("request").GetProperty("head")[0].GetString());
        Assert.Equal("email", reply.RootElement.GetProperty("findings")[0].GetProperty("item").GetString());
        Assert.DoesNotContain(Email, json, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, none.StatusCode);
    }

    private static FlowRecord Post(string type, string body, long number = 1) =>
        Some.Flow(number, request: Some.Message($"POST /v1/account HTTP/1.1\nHost: api.shop.example\nContent-Type: {type}", Encoding.UTF8.GetBytes(body)));

    /// <summary>The page, when its connection is there.</summary>
    private async Task<Chromium.Tab> OpenAsync(RunningReview review, string path)
    {
        var tab = await chromium.OpenAsync(review);
        await tab.Page.GotoAsync(new Uri(review.Host.Address, path).AbsoluteUri);

        // Searched only once the page is alive.
        await tab.ExpectTextAsync(".same-values", "No other flow");
        return tab;
    }
}
