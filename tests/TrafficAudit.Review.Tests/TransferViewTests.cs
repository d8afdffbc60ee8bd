using System.Net;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Review.Tests;

/// <summary>The page of transfers in its forms, as it is served.</summary>
public sealed class TransferViewTests
{
    [Fact]
    public async Task Matrix_CellsSayCountriesFlowsAndFirstPhase_AndOpenTheirFlows()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Transfers =
        [
            Invented.Transfer() with { Phases = ["checkout"], First = Some.Time.AddHours(1) },
            Invented.Transfer() with { Country = "SG", Flows = [11] },
            Invented.Transfer() with { Item = "phone", Recipient = "Say \"No\", Inc", Country = null },
        ];

        var html = await review.PageAsync("/transfers?as=matrix&filter=host%3Aa.example");

        Assert.Contains("aria-label=\"email to Social Platforms, flows: 3\"", html, StringComparison.Ordinal);
        Assert.Contains("<small>before_consent</small>", html, StringComparison.Ordinal);
        Assert.Contains("filter=" + Uri.EscapeDataString("host:a.example item:email recipient:\"Social Platforms\""), html, StringComparison.Ordinal);
        Assert.Contains("filter=" + Uri.EscapeDataString("host:a.example item:phone recipient:Say**No***Inc"), html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LargeMatrix_IsBounded_AndSaysHowManyMoreThereAre()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Transfers = [.. Enumerable.Range(0, 75).Select(i => Invented.Transfer() with { Item = $"item_{i}", Recipient = $"Company {i}" })];

        var html = await review.PageAsync("/transfers?as=matrix");

        Assert.Contains("15 more items", html, StringComparison.Ordinal);
        Assert.Contains("15 more recipients", html, StringComparison.Ordinal);
        Assert.Equal(60 + 1, html.Split("<tr>").Length - 1);
    }

    [Theory]
    [InlineData("countries", "filter=consent%3Abefore%20item%3A%2A%20country%3ASG")]
    [InlineData("recipients", "filter=consent%3Abefore%20item%3A%2A%20recipient%3ASG")]
    public async Task Sums_OpenTheirFlows_WithinTheFilter(string form, string link)
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Sums = [new TransferSum("SG", ["email"], ["KR"], 1_234, 5_000, Some.Time, Some.Time, CountryGrade.Edge)];

        var html = await review.PageAsync($"/transfers?as={form}&consent=before");

        Assert.Contains(link, html, StringComparison.Ordinal);
        Assert.Contains(">1,234</a>", html, StringComparison.Ordinal);
        Assert.Contains("5.0 kB", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("?consent=before", "consent:before")]
    [InlineData("?consent=after&filter=country%3ACN", "country:CN consent:after")]
    [InlineData("?consent=after&filter=item%3Aa%20or%20item%3Ab", "(item:a or item:b) consent:after")]
    [InlineData("?consent=nonsense", "")]
    public async Task Consent_IsAFilterOnTopOfTheFilter_AndSaidSo(string query, string filter)
    {
        await using var review = await RunningReview.StartAsync();

        var html = await review.PageAsync("/transfers" + query);

        Assert.All(review.Source.Filters, f => Assert.Equal(filter, f));
        Assert.NotEmpty(review.Source.Filters);
        Assert.Equal(filter.Contains("consent", StringComparison.Ordinal), html.Contains("On top of the filter:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Map_IsDrawnWithTheSameFilter()
    {
        await using var review = await RunningReview.StartAsync();

        var html = await review.PageAsync("/transfers?as=map&filter=country%3ACN&consent=before");

        Assert.Contains("src=\"/pictures/map.svg?filter=country%3ACN%20consent%3Abefore&amp;state=0\"", html, StringComparison.Ordinal);
        Assert.Equal("transfers filter=country:CN format=map", await review.PageAsync("/pictures/map.svg?filter=country%3ACN&state=3"));
    }

    [Fact]
    public async Task PictureOfNoFilter_Refused()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Results = (_, _, _, _) => throw new RejectedFilterException("filter, position 1: no such term", 1, new FormatException());

        using var answer = await review.SendAsync(review.Request(HttpMethod.Get, "/pictures/map.svg?filter=nonsense"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("filter, position 1: no such term\n", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/transfers?as=countries", "서버 국가별 이전")]
    [InlineData("/transfers?as=matrix&consent=before", "동의 전은 before_consent 단계에서 시작한 통신과")]
    [InlineData("/timeline", "통신이 있는 세션이 아직 없습니다.")]
    [InlineData("/compare", "세션이 둘 미만입니다.")]
    public async Task Korean_IsSpoken(string page, string text)
    {
        await using var review = await RunningReview.StartAsync();
        using var request = review.Request(HttpMethod.Get, page);
        request.Headers.AcceptLanguage.ParseAdd("ko");

        using var answer = await review.SendAsync(request);

        Assert.Contains(text, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
    }
}
