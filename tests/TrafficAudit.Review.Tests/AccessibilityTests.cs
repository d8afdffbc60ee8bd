using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Tests;

/// <summary>WCAG 2.1, levels A and AA, as far as axe-core can tell, on every page in both languages and both schemes of colours.</summary>
public sealed class AccessibilityTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly AxeRunOptions Rules = new() { RunOnly = RunOnlyOptions.Tags("wcag2a", "wcag2aa", "wcag21a", "wcag21aa") };

    public static TheoryData<string, string, string> Pages => [.. from path in
            new[] { "/flows", "/flows?filter=nonsense:x", "/flows/1", "/flows/2", "/findings", "/transfers", "/decisions", "/devices", "/setup/users", "/setup/sessions", "/setup/personas", "/setup/case", "/setup/databases", "/setup/ca", "/setup/storage", "/account", "/sign-in" }
        from look in new[] { ("en", "light"), ("ko", "dark") }
        select (path, look.Item1, look.Item2)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_BreaksNoRule(string path, string language, string theme)
    {
        await using var review = await RunningReview.StartAsync();
        review.Source.Devices = new FakeDevices();
        review.Source.Setup = new FakeSetup().Sources;
        review.Source.Add(Invented.Flow(1), Invented.Finding(), Invented.Finding("phone"));
        review.Source.Add(Invented.Flow(2) with { Kind = FlowKind.Opaque, Scheme = "tls", Method = "", Path = "", Status = null, Failure = FlowFailure.ClientRejectedCertificate });
        review.Source.Transfers = [Invented.Transfer()];
        await using var tab = await chromium.OpenAsync(review);
        var origin = review.Host.Address.GetLeftPart(UriPartial.Authority);
        await tab.Page.GotoAsync($"{origin}/preferences?language={language}&theme={theme}&back=/flows");
        await tab.Page.GotoAsync(origin + path);
        await tab.Page.Locator("#content :is(h1, h2, table, form, .fault, .empty):visible").First.WaitForAsync();

        var result = await tab.Page.RunAxe(Rules);

        Assert.Empty(result.Violations.Select(v => $"{v.Id}: {v.Help} {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}"));
    }
}
