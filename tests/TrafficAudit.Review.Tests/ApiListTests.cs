using System.Net;
using System.Text.Json;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Review.Tests;

/// <summary>The lists of the HTTP API, over real sockets.</summary>
public sealed class ApiListTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Flows_PageByPage_AreEachOnceNewestFirst_AlsoWhileOthersCome()
    {
        await using var review = await StartAsync(flows: 7);

        var numbers = await AllAsync(review, "/api/v1/flows?limit=3", r => r.GetProperty("flow").GetInt64(), () => review.Source.Add(Invented.Flow(100)));

        Assert.Equal([7, 6, 5, 4, 3, 2, 1], numbers);
    }

    [Fact]
    public async Task Findings_PageByPage_AreEachOnce_AndMasked()
    {
        await using var review = await RunningReview.StartAsync();
        for (var number = 1; number <= 3; number++)
        {
            review.Source.Add(Invented.Flow(number), Invented.Finding(), Invented.Finding("phone", "010-0000-1234"));
        }

        var found = await AllAsync(
            review, "/api/v1/findings?limit=2", r => $"{r.GetProperty("flow")} {r.GetProperty("item")} {r.GetProperty("location").GetProperty("path")} {r.GetProperty("value")}");

        Assert.Equal(["3", "3", "2", "2", "1", "1"], found.Select(f => f.Split(' ')[0]));
        Assert.Contains("udff[em]", found[0], StringComparison.Ordinal);
        Assert.DoesNotContain(found, f => f.Contains("someone.invented", StringComparison.Ordinal) || f.Contains("0000-1234", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Transfers_PageByPage_AreEachOnce_WithTheirStanding()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Transfers = [.. new[] { "Alpha", "Beta", "Gamma" }.Select(r => Invented.Transfer() with { Recipient = r })];

        Assert.Equal(["Alpha kr", "Beta kr", "Gamma kr"], await AllAsync(review, "/api/v1/transfers?limit=1", r => $"{r.GetProperty("recipient")} {r.GetProperty("profile")}"));
        Assert.Equal(["eu", "eu", "eu"], await AllAsync(review, "/api/v1/transfers?limit=2&profile=eu", r => r.GetProperty("profile").GetString()!));
    }

    [Fact]
    public async Task Sessions_HaveTheirNamesAndPhases()
    {
        await using var review = await RunningReview.StartAsync();
        var extent = new SessionExtent("s1", "d1", 3, 2, Some.Time, Some.Time.AddMinutes(1), [new SessionPhase("before_consent", Some.Time)]);
        review.Source.SessionRows =
        [
            new SessionRow(extent, new SessionLabel("Galaxy A", "com.shop 1.2") { Scenario = "reinstall" }), new SessionRow(extent with { Session = "s2" }, null),
        ];

        var sessions = await AllAsync(review, "/api/v1/sessions?limit=1", r => $"{r.GetProperty("session")} {r.GetProperty("device_name")} {r.GetProperty("scenario")} {r.GetProperty("phases")[0].GetProperty("name")}");

        Assert.Equal(["s1 Galaxy A reinstall before_consent", "s2   before_consent"], sessions);
    }

    [Fact]
    public async Task Decisions_NewestFirst_AndOnTheFindingTheyAreAbout()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Decisions = new FakeDecisions(review.Source.Raise);
        review.Source.Add(Invented.Flow(7), Invented.Finding());
        for (var i = 0; i < 3; i++)
        {
            var decided = await review.PostAsync("/api/v1/decisions", """{"request":{"findings":[{"flow":7,"item":"email","path":"udff[em]","message":"request","part":"query"}],"outcome":"confirmed"},"by":"Kim"}""");
            Assert.Equal(HttpStatusCode.OK, decided.Status);
        }

        Assert.Equal([3, 2, 1], await AllAsync(review, "/api/v1/decisions?limit=2", r => Convert.ToInt32(r.GetProperty("id").GetString(), 16)));
        Assert.Equal(["confirmed"], await AllAsync(review, "/api/v1/findings", r => r.GetProperty("decision").GetString()!));
    }

    [Theory]
    [InlineData("flows?filter=nonsense", "position 1")]
    [InlineData("flows?limit=0", "from 1 to 1000")]
    [InlineData("flows?limit=-5", "from 1 to 1000")]
    [InlineData("flows?limit=100000", "from 1 to 1000")]
    [InlineData("flows?limit=", "from 1 to 1000")]
    [InlineData("flows?limit=1&limit=2", "more than once")]
    [InlineData("flows?cursor=!!!", "cursor")]
    [InlineData("flows?cursor=MTo5OTk", "cursor")]
    [InlineData("flows?limt=5", "the parameters are filter")]
    [InlineData("flows?filter=body:secret", "/api/v1/searches")]
    [InlineData("flows?search=0123456789abcdef", "post its filter")]
    [InlineData("flows?profile=nowhere", "nowhere")]
    [InlineData("findings?filter=nonsense", "position 1")]
    [InlineData("flows/events?filter=nonsense", "position 1")]
    [InlineData("status?verbose=", "no parameters")]
    public async Task WrongRequest_IsAProblemThatSaysWhat(string path, string said)
    {
        await using var review = await StartAsync(flows: 1);

        using var response = await review.SendAsync(review.ApiRequest(HttpMethod.Get, "/api/v1/" + path));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(said, await RunningReview.DetailAsync(response), StringComparison.Ordinal);
        Assert.Null(response.Headers.ETag);
    }

    [Theory]
    [InlineData("flows?limit=1&filter=api.shop.example")]
    [InlineData("flows?limit=1&profile=eu")]
    [InlineData("findings?limit=1")]
    public async Task CursorOfAnotherListOrFilter_IsRefused(string path)
    {
        await using var review = await StartAsync(flows: 3);
        using var page = await review.JsonAsync("/api/v1/flows?limit=1");

        using var response = await review.SendAsync(review.ApiRequest(HttpMethod.Get, $"/api/v1/{path}&cursor={page.RootElement.GetProperty("next").GetString()}"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("leave it out for the first page", await RunningReview.DetailAsync(response), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CursorAtSomethingThatIsGone_IsRefused()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Transfers = [.. new[] { "Alpha", "Beta" }.Select(r => Invented.Transfer() with { Recipient = r })];
        using var page = await review.JsonAsync("/api/v1/transfers?limit=1");
        review.Source.Transfers = [Invented.Transfer() with { Recipient = "Beta" }];

        using var response = await review.SendAsync(review.ApiRequest(HttpMethod.Get, $"/api/v1/transfers?limit=1&cursor={page.RootElement.GetProperty("next").GetString()}"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("flows")]
    [InlineData("findings")]
    [InlineData("counters")]
    [InlineData("flows/50")]
    public async Task Unchanged_IsNotSentAgain_Changed_Is(string what)
    {
        await using var review = await RunningReview.StartAsync();
        var flow = Some.Flow(50, request: Some.Message("GET /?mail=someone.invented@example.com HTTP/1.1\nHost: shop.example", ""));
        review.Source.Add(flow, Invented.Persona);
        using var first = await review.SendAsync(review.ApiRequest(HttpMethod.Get, "/api/v1/" + what));
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        var tag = first.Headers.ETag!.ToString();

        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(review, what, tag));
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(review, what, $"\"other\", W/{tag}"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(review, what, "\"other\""));
        review.Source.Add(Invented.Flow(51), Invented.Finding());
        Assert.Equal(what == "flows/50" ? HttpStatusCode.NotModified : HttpStatusCode.OK, await StatusAsync(review, what, tag));
    }

    [Fact]
    public async Task FilterThatLooksIntoContent_IsPosted_AndNamedByItsId()
    {
        await using var review = await StartAsync(flows: 2);
        var (status, text) = await review.PostAsync("/api/v1/searches", """{"filter": " body:secret "}""");
        Assert.True(status == HttpStatusCode.OK, text);
        using var kept = JsonDocument.Parse(text);
        var id = kept.RootElement.GetProperty("search").GetString();

        // The source of this test takes a filter for a host: none has this one.
        using var page = await review.JsonAsync($"/api/v1/flows?search={id}");
        Assert.Empty(page.RootElement.GetProperty("results").EnumerateArray());
        using var both = await review.SendAsync(review.ApiRequest(HttpMethod.Get, $"/api/v1/flows?search={id}&filter=x"));
        Assert.Equal(HttpStatusCode.BadRequest, both.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await review.PostAsync("/api/v1/searches", """{"filter": "nonsense"}""")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await review.PostAsync("/api/v1/searches", """{"filter": " "}""")).Status);
    }

    private static async Task<RunningReview> StartAsync(int flows)
    {
        var review = await RunningReview.StartAsync();
        for (var number = 1; number <= flows; number++)
        {
            review.Source.Add(Invented.Flow(number));
        }

        return review;
    }

    /// <summary>Every result of a list, page by page.</summary>
    private static async Task<List<T>> AllAsync<T>(RunningReview review, string path, Func<JsonElement, T> read, Action? betweenPages = null)
    {
        var all = new List<T>();
        string? next = null;
        do
        {
            using var page = await review.JsonAsync(next is null ? path : $"{path}&cursor={next}");
            all.AddRange(page.RootElement.GetProperty("results").EnumerateArray().Select(read));
            next = page.RootElement.GetProperty("next").GetString();
            betweenPages?.Invoke();
        }
        while (next is not null);

        return all;
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningReview review, string what, string tag)
    {
        var request = review.ApiRequest(HttpMethod.Get, "/api/v1/" + what);
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        using var response = await review.SendAsync(request);
        Assert.Equal(response.StatusCode == HttpStatusCode.NotModified, (await response.Content.ReadAsByteArrayAsync(Cancellation)).Length == 0);
        return response.StatusCode;
    }
}
