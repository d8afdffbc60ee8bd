using TrafficAudit.Model;
using TrafficAudit.Review.Pages;

namespace TrafficAudit.Review.Tests;

/// <summary>Sessions over time and side by side, and setting their phases.</summary>
public sealed class SessionViewTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Comparison_SaysWhatWasAddedWhatIsGoneAndWhatChanged()
    {
        var same = Invented.Transfer();
        var compared = ComparedTransfer.Of(
            [same, same with { Item = "gone" }, same with { Item = "moved" }, same with { Item = "hashed", States = [FindingState.Clear] }, same with { Item = "often" }],
            [
                same, same with { Item = "added" }, same with { Item = "moved", Country = "SG" }, same with { Item = "hashed", States = [FindingState.Hashed] },
                same with { Item = "often", Flows = [1] },
            ]);

        Assert.Equal(
            [
                ("added", TransferChange.Added), ("gone", TransferChange.Gone), ("hashed", TransferChange.Changed), ("moved", TransferChange.Changed),
                ("often", TransferChange.Counts), ("email", TransferChange.Same),
            ],
            compared.Select(c => (c.Item, c.Change)));
        Assert.True(compared[2].HasOtherStates);
        Assert.True(compared[3].HasOtherCountries);
    }

    [Fact]
    public async Task Compared_EachSideOpensItsFlows_AndTheSidesCanBeSwapped()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.SessionRows = [Session("s1"), Session("s2")];
        review.Source.TransfersOf = filter => filter.EndsWith("session:s1", StringComparison.Ordinal) ? [Invented.Transfer()] : [];

        var html = await review.PageAsync("/compare?left=s1&right=s2&filter=host%3Aa.example");

        Assert.Contains("0 added, 1 gone, 0 changed", html, StringComparison.Ordinal);
        Assert.Contains("filter=" + Uri.EscapeDataString("host:a.example session:s1 item:email recipient:\"Social Platforms\""), html, StringComparison.Ordinal);
        Assert.Contains("href=\"/compare?left=s2&amp;right=s1&amp;filter=host%3Aa.example\"", html, StringComparison.Ordinal);
        Assert.Contains("refuse all", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timeline_MarksOpenTheFlowsOfTheirTimeAndItems_AndTheTableSaysTheSame()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.SessionRows = [Session("s1")];
        review.Source.Timeline = Timeline(new TimelineMark(1, "contact", "SG", ["email", "phone"], 12));

        var html = await review.PageAsync("/timeline?session=s1");

        var link = "filter=" + Uri.EscapeDataString("session:s1 item:email,phone country:SG time:2026-01-02T03:04:15Z..2026-01-02T03:04:25Z");
        Assert.Equal(2, html.Split(link).Length - 1);
        Assert.Contains("SG Singapore", html, StringComparison.Ordinal);
        Assert.Contains("before_consent", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void ManyCountries_ShareALane_AndNoFlowIsLost()
    {
        var layout = new TimelineLayout(Timeline([.. Enumerable.Range(0, 9).Select(i => new TimelineMark(i % 3, "contact", $"A{(char)('A' + i)}", ["email"], 10 - i))]));

        Assert.Equal(TimelineLayout.MostCountries + 1, layout.Lanes.Length);
        Assert.Equal(54, layout.Marks.Sum(m => m.Mark.Flows));
        Assert.All(layout.Marks, m => Assert.InRange(layout.X(Start.AddSeconds(10 * m.Mark.Slice)), TimelineLayout.Gutter, TimelineLayout.Width));
    }

    [Fact]
    public async Task Phase_IsSetByAButton()
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Devices = new FakeDevices();
        review.Source.SessionRows = [Session("s1")];
        await using var tab = await chromium.OpenAsync(review);

        await tab.Page.GotoAsync(new Uri(review.Host.Address, "/timeline").AbsoluteUri);
        await tab.ExpectTextAsync("#live-state", "Live");
        await tab.Page.ClickAsync(".phases-fold summary");
        await tab.Page.ClickAsync(".phases-fold button >> text=refused");
        await tab.ExpectTextAsync(".phases-fold [role=status]", "UTC: refused");

        Assert.Equal(["refused"], review.Source.Phases);
        Assert.Empty(tab.Errors);
    }

    private static SessionRow Session(string id) => new(
        new SessionExtent(id, "device-0123456789ab", 20, 5, Start, Start.AddMinutes(5), [new SessionPhase("before_consent", Start)]),
        new SessionLabel("Lab phone", "com.shop.example 1.2") { Scenario = "refuse all", Persona = "invented", Began = Start });

    private static Timeline Timeline(params TimelineMark[] marks) => new(
        Start, TimeSpan.FromSeconds(10), 12, [new TimelineBand("before_consent", Start, Start.AddSeconds(60)), new TimelineBand("consented", Start.AddSeconds(60), Start.AddSeconds(115))], [.. marks]);
}
