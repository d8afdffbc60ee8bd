using System.Net;
using System.Text;
using TrafficAudit.Assessment.Decisions;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Tests;

/// <summary>Judging on the page and over the API.</summary>
public sealed class DecisionTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static FindingSubject Email => FindingSubject.Of(7, Invented.Finding());

    [Fact]
    public async Task Rows_SayWhereTheirJudgingStands()
    {
        await using var review = await StartAsync();
        await review.Source.Decisions!.DecideAsync(Reject(7) with { Reason = "own words <b>", Tags = ["<i>"] }, "Kim", CancellationToken.None);

        var findings = await review.PageAsync("/findings");
        var queue = await review.PageAsync("/decisions?of=findings&filter=");

        foreach (var html in new[] { findings, queue })
        {
            Assert.Contains("<span class=\"decision rejected\">rejected</span>", html, StringComparison.Ordinal);
            Assert.Contains("own words &lt;b&gt;", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<i>", html, StringComparison.Ordinal);
            Assert.DoesNotContain("someone.invented", html, StringComparison.Ordinal);
        }

        Assert.Contains("<span class=\"decision open\">open</span>", await review.PageAsync("/transfers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queue_IsKorean_WhereThatIsWanted()
    {
        await using var review = await StartAsync();
        using var request = review.Request(HttpMethod.Get, "/decisions?of=transfers");
        request.Headers.Add("Accept-Language", "ko");
        using var response = await review.SendAsync(request);

        var html = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Contains(">미판단<", html, StringComparison.Ordinal);
        Assert.Contains("내 마지막 판단 되돌리기", html, StringComparison.Ordinal);
        Assert.DoesNotContain(">Confirm<", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Panel_ConfirmsCommentsAndTakesBack()
    {
        await using var review = await StartAsync();
        await using var tab = await chromium.OpenAsync(review);
        await tab.Page.GotoAsync(new Uri(review.Host.Address, "/findings").AbsoluteUri);
        await tab.ExpectTextAsync("#live-state", "Live");

        await tab.Page.ClickAsync("details.judging summary");
        await tab.Page.FillAsync(".panel textarea", "seen in the app");
        await tab.Page.ClickAsync(".panel >> text=Comment only");
        await tab.ExpectTextAsync(".panel .history", "seen in the app");
        await tab.Page.ClickAsync(".panel button:text-is('Confirm')");
        await tab.ExpectTextAsync(".panel .decision", "confirmed");
        Assert.Equal(DecisionState.Confirmed, review.Source.Decisions!.Book.Of(Email).State);

        await tab.Page.ClickAsync(".panel .history li:nth-child(2) >> text=Undo");
        await tab.ExpectTextAsync(".panel .decision", "open");
        await tab.ExpectTextAsync(".panel .history", "taken back by");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Bulk_RejectsWhatIsChosen_AndIsUndoneAtOnce()
    {
        await using var review = await StartAsync();
        await using var tab = await chromium.OpenAsync(review);
        await tab.Page.GotoAsync(new Uri(review.Host.Address, "/decisions?of=findings&filter=").AbsoluteUri);
        await tab.ExpectTextAsync("#live-state", "Live");

        await tab.Page.ClickAsync(".bulk >> text=all on this page");
        await tab.ExpectTextAsync(".bulk [role=status]", "2 chosen");
        await tab.Page.SelectOptionAsync(".bulk select", "duplicate");
        await tab.Page.ClickAsync(".bulk button:text-is('Reject')");
        await tab.ExpectTextAsync("tbody tr:nth-child(2)", "duplicate");
        Assert.Equal(2, review.Source.Decisions!.Book.Newest(9).Single().Decision.Subjects.Length);

        await tab.Page.ClickAsync(".bulk >> text=Undo my last");
        await tab.ExpectTextAsync("tbody tr:nth-child(2) .decision", "open");
        Assert.Empty(tab.Errors);
    }

    [Fact]
    public async Task Api_DecidesAndUndoes()
    {
        await using var review = await StartAsync();

        var (status, told) = await PostAsync(review, "/api/v1/decisions", """{"request":{"findings":[{"flow":7,"item":"email","path":"udff[em]","message":"request","part":"query"}],"outcome":"confirmed"},"by":"Kim"}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("1 finding, 0 transfers", told, StringComparison.Ordinal);
        Assert.Equal(["Kim"], review.Source.Decisions!.Book.Of(Email).By);
        var id = review.Source.Decisions.Book.Newest(1)[0].Decision.Id;
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(review, $"/api/v1/decisions/{id}/undo", """{"by":"Lee"}""")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(review, $"/api/v1/decisions/{id}/undo", """{"by":"Lee"}""")).Status);
        Assert.Equal(DecisionState.Open, review.Source.Decisions.Book.Of(Email).State);
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.BadRequest)]
    [InlineData("{}", HttpStatusCode.Conflict)]
    [InlineData("""{"by":"Kim"}""", HttpStatusCode.Conflict)]
    [InlineData("""{"request":{"outcome":"maybe"},"by":"Kim"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"request":{"outcome":"confirmed"},"by":" "}""", HttpStatusCode.Conflict)]
    public async Task Api_RefusesWhatItCantUse(string body, HttpStatusCode expected)
    {
        await using var review = await StartAsync();

        var (status, told) = await PostAsync(review, "/api/v1/decisions", body);

        Assert.Equal(expected, status);
        Assert.Single(told.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(review.Source.Decisions!.Book.Newest(9));
    }

    private static async Task<RunningReview> StartAsync()
    {
        var review = await RunningReview.StartAsync();
        review.Source.Decisions = new FakeDecisions(review.Source.Raise);
        review.Source.Add(Invented.Flow(6), Invented.Finding("phone"));
        review.Source.Add(Invented.Flow(7), Invented.Finding());
        review.Source.Transfers = [Invented.Transfer()];
        return review;
    }

    private static DecisionRequest Reject(long flow) => new()
    {
        Findings = [new FindingName(flow, "email", "udff[em]", MessageKind.Request, MessagePart.Query)],
        Outcome = Outcome.Rejected,
        Reason = "false_positive",
    };

    private static async Task<(HttpStatusCode Status, string Told)> PostAsync(RunningReview review, string path, string body)
    {
        using var request = review.ApiRequest(HttpMethod.Post, path);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await review.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
