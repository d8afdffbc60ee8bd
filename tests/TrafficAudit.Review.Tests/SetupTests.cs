using System.Net;
using System.Text;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Tests;

/// <summary>What investigators set up, by the API and on the pages.</summary>
public sealed class SetupTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string SecretValue = "010-0000-4321";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Pages =>
        ["/setup/sessions", "/setup/personas", "/setup/case", "/setup/databases", "/setup/ca", "/setup/storage", "/devices", "/setup/users"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task EveryPart_IsLedToAndWithoutValues(string path)
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Setup = new FakeSetup().Sources;

        var page = await review.PageAsync(path);

        Assert.All(Pages, p => Assert.Contains($"href=\"{p.Data}\"", page, StringComparison.Ordinal));
        Assert.Contains($"href=\"{path}\" aria-current=\"page\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain(SecretValue, page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(HostileContentTests.Corpus), MemberType = typeof(HostileContentTests))]
    public async Task HostileText_IsText(string payload)
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Setup = new FakeSetup(payload).Sources;

        foreach (var path in Pages)
        {
            var page = await review.PageAsync(path.Data);
            Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
            Assert.DoesNotContain("href=\"javascript:", page, StringComparison.OrdinalIgnoreCase);
            if (payload.AsSpan().IndexOfAny('<', '"') >= 0)
            {
                Assert.DoesNotContain(payload, page, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("GET", "personas/file?name=invented")]
    [InlineData("GET", "personas")]
    [InlineData("POST", "personas")]
    [InlineData("POST", "sessions/start")]
    [InlineData("POST", "sessions/stop")]
    [InlineData("POST", "sessions/s1/stop")]
    [InlineData("PUT", "case")]
    [InlineData("GET", "ca.pem")]
    public async Task ReviewersToken_IsRefused(string method, string path)
    {
        await using var review = await RunningReview.StartAsync();
        var setup = new FakeSetup();
        review.Source.Setup = setup.Sources;

        using var response = await review.SendAsync(Request(review, method, path, "{}", review.Tokens.Create("dashboard", Role.Reviewer, null)));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(setup.Done);
    }

    [Theory]
    [InlineData("POST", "sessions/start")]
    [InlineData("PUT", "case")]
    [InlineData("POST", "personas")]
    public async Task ChangeFromElsewhere_IsRefused(string method, string path)
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Setup = new FakeSetup().Sources;
        var request = review.Request(new HttpMethod(method), "/api/v1/" + path);
        request.Headers.Add("Origin", "http://site.example");
        request.Content = new StringContent("{}", Encoding.UTF8, "application/json");

        using var response = await review.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("/setup/ca", "ca.pem")]
    [InlineData("/setup/ca", "ca.crt")]
    public async Task LinksToFiles_LeadToThemWithThePagesOwnCookie(string page, string file)
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Setup = new FakeSetup().Sources;
        using var shown = await review.SendAsync(review.Request(HttpMethod.Get, page));
        var html = WebUtility.HtmlDecode(await shown.Content.ReadAsStringAsync(Cancellation));
        var link = html.Split('"').First(part => part.Contains("/" + file, StringComparison.Ordinal));

        using var response = await review.SendAsync(review.Request(HttpMethod.Get, link));
        using var stranger = await review.SendAsync(new HttpRequestMessage(HttpMethod.Get, link));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        Assert.NotEqual(HttpStatusCode.OK, stranger.StatusCode);
    }

    [Fact]
    public async Task PersonaFile_IsSentToInvestigatorsAlone_WithThePagesOwnCookie()
    {
        await using var review = await RunningReview.StartAsync();
        var setup = new FakeSetup();
        review.Source.Setup = setup.Sources;
        var path = $"/setup/files/persona.json?name={Uri.EscapeDataString(setup.Saved[0].Name)}";

        using var response = await review.SendAsync(review.Request(HttpMethod.Get, path));
        using var stranger = await review.SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("\"values\"", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, stranger.StatusCode);
    }

    [Theory]
    [InlineData("POST", "sessions/start", "[]")]
    [InlineData("POST", "personas", "{\"name\": \"x\", \"values\": [null]}")]
    [InlineData("POST", "personas", "{}")]
    [InlineData("PUT", "case", "7")]
    public async Task BodyOfAnotherShape_IsToldWhatItShouldBe(string method, string path, string body)
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Setup = new FakeSetup().Sources;

        using var response = await review.SendAsync(Request(review, method, path, body));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("sent", Assert.Single((await response.Content.ReadAsStringAsync(Cancellation)).TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_StartsStopsSavesAndChanges()
    {
        await using var review = await RunningReview.StartAsync(new ReviewOptions { Starter = "kim" });
        var setup = new FakeSetup();
        review.Source.Setup = setup.Sources;
        (string Method, string Path, string Body)[] calls =
        [
            ("POST", "sessions/start", "{\"apps\":[\"com.shop.example\"],\"persona\":\"invented\"}"), ("POST", "sessions/s1/stop", ""), ("POST", "sessions/stop", ""),
            ("POST", "personas", "{\"name\":\"other\",\"values\":[{\"item\":\"phone\",\"value\":\"010-0000-9999\"}]}"),
            ("PUT", "case", "{\"company\":\"Shop\",\"app_ids\":[],\"first_party_domains\":[\"shop.example\"],\"profile\":\"eu\"}"),
        ];

        foreach (var (method, path, body) in calls)
        {
            using var response = await review.SendAsync(Request(review, method, path, body));
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        }

        using var file = await review.SendAsync(Request(review, "GET", "personas/file?name=invented", ""));
        Assert.Contains(SecretValue, await file.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(["kim starts invented", "kim stops s1", "kim stops all", "kim reveals invented"], setup.Done);
        Assert.Equal("other", setup.Saved[^1].Name);
        Assert.Equal("shop.example", Assert.Single(setup.Settings.FirstPartyDomains));
    }

    [Fact]
    public async Task Personas_AreMaskedUntilRevealedAndJudgedWhileEdited()
    {
        await using var review = await RunningReview.StartAsync();
        var setup = new FakeSetup();
        review.Source.Setup = setup.Sources;
        await using var tab = await chromium.OpenAsync(review);

        await tab.Page.ClickAsync("nav >> text=Set-up");
        await tab.Page.ClickAsync("nav >> text=Personas");
        await tab.ExpectTextAsync(".personas tbody", "phone × 2");
        Assert.Empty(setup.Done);
        await tab.Page.ClickAsync("text=Reveal and edit");
        await tab.ExpectTextAsync("#edit-title", "Another version of invented");
        Assert.Equal(SecretValue, await tab.Page.InputValueAsync("[aria-label='Value 1']"));
        await tab.Page.FillAsync("[aria-label='Value 2']", "01");
        await tab.ExpectTextAsync(".values tr:nth-child(2)", "too short");
        await tab.Page.ClickAsync("text=Add a value");
        await tab.Page.FillAsync("[aria-label='Value 3']", "<img src=x onerror=pwned()>");
        await tab.Page.ClickAsync(".setup button.main");
        await tab.ExpectTextAsync(".told", "Saved in the journal");

        Assert.EndsWith("reveals invented", Assert.Single(setup.Done), StringComparison.Ordinal);
        Assert.Equal(3, setup.Saved[^1].Values.Length);
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Session_IsStartedAndStoppedOnThePage()
    {
        await using var review = await RunningReview.StartAsync();
        var setup = new FakeSetup();
        review.Source.Setup = setup.Sources;
        await using var tab = await chromium.OpenAsync(review);

        await tab.Page.ClickAsync("nav >> text=Set-up");
        await tab.ExpectTextAsync("div[aria-labelledby=current-title] tbody", "between sessions");
        await tab.Page.FillAsync("#session-apps", "com.shop.example, com.other.example");
        await tab.Page.SelectOptionAsync("#session-persona", new Microsoft.Playwright.SelectOptionValue { Label = "invented" });
        await tab.Page.FillAsync("#session-scenario", "<script>pwned()</script>");
        await tab.Page.SelectOptionAsync("#session-phase", "before_consent");
        await tab.Page.ClickAsync(".setup button.main");
        await tab.ExpectTextAsync(".told", "Started");
        await tab.ExpectTextAsync("div[aria-labelledby=current-title] tbody", "<script>pwned()</script>");
        await tab.Page.ClickAsync("div[aria-labelledby=current-title] button");
        await tab.ExpectTextAsync(".told", "Stopped");

        Assert.Equal(["com.shop.example", "com.other.example"], setup.Started!.Apps);
        Assert.Equal(("invented", "before_consent", null), (setup.Started.Persona, setup.Started.Phase, setup.Started.Device));
        Assert.EndsWith("stops s20260102T030405Z-1", setup.Done[^1], StringComparison.Ordinal);
        Assert.Empty(tab.Errors);
    }

    private static HttpRequestMessage Request(RunningReview review, string method, string path, string body, string? token = null)
    {
        var request = review.ApiRequest(new HttpMethod(method), "/api/v1/" + path, token);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return request;
    }
}
