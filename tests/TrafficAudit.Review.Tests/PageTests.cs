using TrafficAudit.Model;

namespace TrafficAudit.Review.Tests;

public sealed class PageTests
{
    [Fact]
    public async Task FlowsView_ShowsEveryColumn()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Invented.Flow(7), Invented.Finding(), Invented.Finding("phone", "010-0000-1234"));

        var html = await review.PageAsync();

        Assert.Contains(">#7<", html, StringComparison.Ordinal);
        Assert.Contains("datetime=\"2026-01-02T03:04:12.678Z\"", html, StringComparison.Ordinal);
        Assert.Contains(">03:04:12.678<", html, StringComparison.Ordinal);
        Assert.Contains(">POST<", html, StringComparison.Ordinal);
        Assert.Contains("<b>api.shop.example</b>", html, StringComparison.Ordinal);
        Assert.Contains(">/v1/account<", html, StringComparison.Ordinal);
        Assert.Contains(">200<", html, StringComparison.Ordinal);
        Assert.Contains(">312 B<", html, StringComparison.Ordinal);
        Assert.Contains(">12.3 kB<", html, StringComparison.Ordinal);
        Assert.Contains(">Shop Holdings<", html, StringComparison.Ordinal);
        Assert.Contains("title=\"Singapore\">SG<", html, StringComparison.Ordinal);
        Assert.Contains(">disputed<", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"chip\">email</span><span class=\"chip\">phone</span>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FailedFlow_MarkedWithItsToken()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Invented.Flow() with
        {
            Kind = FlowKind.Opaque, Scheme = "tls", Method = "", Path = "", Status = null, Failure = FlowFailure.ClientRejectedCertificate, Country = null,
            CountryGrade = CountryGrade.Unknown,
        });

        var html = await review.PageAsync();

        Assert.Contains(">client_rejected_certificate<", html, StringComparison.Ordinal);
        Assert.Contains(">TLS<", html, StringComparison.Ordinal);
        Assert.Contains("<dd id=\"count-failures\">1</dd>", html, StringComparison.Ordinal);
        Assert.Contains(">unknown<", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Header_SaysHowManyConnectionsWereRead()
    {
        await using var review = await RunningReview.StartAsync();
        Assert.DoesNotContain("count-read", await review.PageAsync(), StringComparison.Ordinal);

        review.Source.ReadPercent = 93;

        Assert.Contains("<dt>read</dt><dd id=\"count-read\">93 %</dd>", await review.PageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindingsView_ShowsMaskedValuesOnly()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Invented.Flow(7), Invented.Finding());

        var html = await review.PageAsync("/findings");

        Assert.Contains("href=\"/flows/7\">#7</a>", html, StringComparison.Ordinal);
        Assert.Contains(">hashed<", html, StringComparison.Ordinal);
        Assert.Contains(">certain<", html, StringComparison.Ordinal);
        Assert.Contains("request query <code>udff[em]</code>", html, StringComparison.Ordinal);
        Assert.Contains("as SHA-256.", html, StringComparison.Ordinal);
        Assert.Contains(">so…om (28)<", System.Net.WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.DoesNotContain("someone.invented", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FlowWithVeryManyFindings_SaysHowManyAreLeft()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Invented.Flow(7), [.. Enumerable.Repeat(Invented.Finding(), 1234)]);

        var html = await review.PageAsync("/findings");

        Assert.Contains("1184 more in this flow", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TransfersView_ShowsEveryColumn()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Transfers = [Invented.Transfer()];

        var html = await review.PageAsync("/transfers");

        Assert.Contains(">Social Platforms<", html, StringComparison.Ordinal);
        Assert.Contains(">United States<", html, StringComparison.Ordinal);
        Assert.Contains(">located<", html, StringComparison.Ordinal);
        Assert.Contains("graph.social.example, www.social.example", html, StringComparison.Ordinal);
        Assert.Contains("before_consent, checkout", html, StringComparison.Ordinal);
        Assert.Contains(">2026-01-02 03:07:05<", html, StringComparison.Ordinal);
        Assert.Contains(">certain<", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/flows")]
    [InlineData("/findings")]
    [InlineData("/transfers")]
    public async Task EveryViewWithCountries_LinksTheirSource(string path)
    {
        await using var review = await RunningReview.StartAsync();

        var html = await review.PageAsync(path);

        Assert.Contains("href=\"https://db-ip.com/\"", html, StringComparison.Ordinal);
        Assert.Contains(">IP geolocation by DB-IP</a>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DatabaseThatIsTooOld_IsSaid()
    {
        await using var review = await RunningReview.StartAsync();
        Assert.DoesNotContain("class=\"warning\"", await review.PageAsync(), StringComparison.Ordinal);
        review.Source.Warnings = ["lab.mmdb is 46 days old: <b>'trafficaudit geo update'</b>"];

        Assert.Contains("<p class=\"warning\">lab.mmdb is 46 days old: &lt;b&gt;", await review.PageAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("map")]
    [InlineData("matrix")]
    public async Task TransfersAsAPicture_AreLinkedAndServed(string kind)
    {
        await using var review = await RunningReview.StartAsync();

        Assert.Contains($"href=\"/pictures/{kind}.svg\"", await review.PageAsync("/transfers"), StringComparison.Ordinal);
        Assert.Equal($"transfers format={kind}", await review.PageAsync($"/pictures/{kind}.svg"));
    }

    [Fact]
    public async Task NoAttributionNeeded_NoneShown()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.CountryAttribution = null;

        Assert.DoesNotContain("Countries:", await review.PageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FlowsBelowANumber_AreTheOlderOnes()
    {
        await using var review = await RunningReview.StartAsync();
        for (var number = 1; number <= 90; number++)
        {
            review.Source.Add(Invented.Flow(number));
        }

        var older = await review.PageAsync("/flows?before=51");

        Assert.Contains(">#50<", older, StringComparison.Ordinal);
        Assert.Contains(">#1<", older, StringComparison.Ordinal);
        Assert.DoesNotContain(">#51<", older, StringComparison.Ordinal);
        Assert.Contains("Back to the newest", older, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MoreFindingsThanAPage_OlderOnesAreLinked()
    {
        await using var review = await RunningReview.StartAsync();
        for (var number = 1; number <= 150; number++)
        {
            review.Source.Add(Invented.Flow(number), Invented.Finding(), Invented.Finding("phone"));
        }

        var html = await review.PageAsync("/findings");

        Assert.Contains("href=\"/findings?before=51\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/flows?before=-3")]
    [InlineData("/flows?before=99999999999999999999")]
    [InlineData("/flows?before=abc")]
    public async Task AddressThatMakesNoSense_ShowsTheNewestFlows(string path)
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Invented.Flow(7));

        Assert.Contains(">#7<", await review.PageAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_HaveCaptionAndScopes()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Invented.Flow(), Invented.Finding());
        review.Source.Transfers = [Invented.Transfer()];

        foreach (var view in new[] { "flows", "findings", "transfers" })
        {
            var html = await review.PageAsync("/" + view);
            Assert.Contains("<caption>", html, StringComparison.Ordinal);
            Assert.DoesNotMatch("<th(?![^>]*scope=)[ >]", html);
            Assert.Contains("<th scope=\"row\"", html, StringComparison.Ordinal);
        }
    }
}
