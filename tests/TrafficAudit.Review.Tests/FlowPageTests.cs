using System.Collections.Immutable;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Review.Tests;

/// <summary>The page of one flow, and the filter above the lists.</summary>
public sealed class FlowPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task Flow_IsShownWithPlaceRecipientFindingsAndMessages()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Invented.Flow(7) with { RecipientCountry = "SG", GroupCountry = "CN", Carrier = "Fastly" }, Invented.Finding());
        review.Source.Flow.Lookup = Lookup("cf-ray", "ICN, Seoul");
        review.Source.Flow.Records[7] = Some.Flow(7, request: Some.Message("POST /v1/account HTTP/1.1\nHost: api.shop.example"));

        var html = await review.PageAsync("/flows/7");

        foreach (var expected in new[]
                 {
                     "edge header", "ICN, Seoul", ">confirms<", "Shop Holdings", "Singapore", "China", "Fastly", "exact head", ">Host</span>", "href=\"https://db-ip.com/\"",
                 })
        {
            Assert.Contains(expected, html, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("someone.invented@example.com", html, StringComparison.Ordinal);
        Assert.Contains("This case has no flow #8.", await review.PageAsync("/flows/8"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(HostileContentTests.Corpus), MemberType = typeof(HostileContentTests))]
    public async Task HostileText_IsInertOnTheFlowsPage(string payload)
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Invented.Flow(1) with { Host = payload, Path = payload, Recipient = payload, Carrier = payload, Cloaks = payload, Session = payload }, Invented.Finding(payload));
        review.Source.Flow.Lookup = Lookup(payload, payload);
        HostileContentTests.AssertInert(await review.PageAsync("/flows/1"), payload);
    }

    [Fact]
    public async Task Filter_IsInTheAddress_AndItsFaultIsSaid()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Invented.Flow(1) with { Host = "one.example" });
        review.Source.Add(Invented.Flow(2) with { Host = "two.example" });

        var one = await review.PageAsync("/flows?filter=one.example");
        var wrong = await review.PageAsync("/flows?filter=nonsense:x");

        Assert.Contains("flow-1", one, StringComparison.Ordinal);
        Assert.DoesNotContain("flow-2", one, StringComparison.Ordinal);
        Assert.Contains("/findings", one, StringComparison.Ordinal);
        Assert.Contains("filter, position 1: no such &lt;term&gt;", wrong, StringComparison.Ordinal);
        Assert.DoesNotContain("flow-1", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transfer_LeadsToItsFlows()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Transfers = [Invented.Transfer(), Invented.Transfer() with { Country = null, Recipient = "a \"quoted\" name" }];

        var html = await review.PageAsync("/transfers");

        Assert.Contains("href=\"/flows?filter=item%3Aemail%20country%3AUS%20recipient%3A%22Social%20Platforms%22\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/flows?filter=item%3Aemail%20-country%3A%2A\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FilterTypedInABrowser_IsAppliedAndAFlowOpened()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Add(Invented.Flow(1) with { Host = "one.example" });
        review.Source.Add(Invented.Flow(2) with { Host = "two.example" });
        review.Source.Flow.Records[1] = Some.Flow(1);
        await using var tab = await chromium.OpenAsync(review);
        await tab.ExpectTextAsync("#live-state", "Live");

        await tab.Page.FillAsync("#filter", "one.example");
        await tab.Page.PressAsync("#filter", "Enter");
        await tab.ExpectTextAsync("tbody tr.row >> nth=0", "one.example");
        Assert.EndsWith("/flows?filter=one.example", tab.Page.Url, StringComparison.Ordinal);
        await tab.Page.ClickAsync("tbody tr.row >> nth=0 >> th a");

        await tab.ExpectTextAsync("#request pre", "Host: api.shop.example");
        Assert.EndsWith("/flows/1", tab.Page.Url, StringComparison.Ordinal);
        Assert.Empty(tab.Errors);
    }

    private static AddressLookup Lookup(string name, string detail) => new()
    {
        Address = "192.0.2.10",
        Country = "KR",
        Grade = CountryGrade.Edge,
        Observations = ImmutableArray.Create(new Observation(ObservationSource.EdgeHeader, name, "KR") { Detail = detail, Bearing = Bearing.Confirms }),
    };
}
