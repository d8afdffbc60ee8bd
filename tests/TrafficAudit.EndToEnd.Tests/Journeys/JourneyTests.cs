using System.Text.Json;
using Microsoft.Playwright;
using TrafficAudit.EndToEnd.Tests.Running;

namespace TrafficAudit.EndToEnd.Tests.Journeys;

/// <summary>What the three people do, each in a browser of their own, from an empty folder to a judged transfer.</summary>
public sealed class JourneyTests
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task InvestigatorTesterAndReviewer_FromAnEmptyFolderToAJudgedTransfer()
    {
        if (!File.Exists(Window.Executable))
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") is "true", "Chromium is not installed (apt-get install chromium)");
        }

        using var lab = new Laboratory();
        await using var site = await ShoppingSite.StartAsync(lab);
        using var playwright = await Playwright.CreateAsync();

        // The investigator adds a reviewer, starts a recording, and has the link to pair a phone.
        await AddReviewerAsync(lab);
        await using var capture = await CaptureProcess.StartAsync(lab, ShoppingSite.Options, "bazaar");
        await using var investigator = await Window.OpenAsync(playwright);
        await investigator.Page.GotoAsync(capture.Review.AbsoluteUri);
        await investigator.ExpectAsync(".empty", "No flows here yet");
        await investigator.Page.ClickAsync("nav >> text=Set-up");
        await investigator.Page.ClickAsync("nav >> text=Devices");
        var link = await investigator.Page.InnerTextAsync("#pairing-link");

        // The tester pairs the phone with it and shops.
        await using (var phone = await Window.OpenAsync(playwright))
        {
            await phone.Page.GotoAsync(link);
            await phone.Page.FillAsync("input[name=name]", "Test phone");
            await phone.Page.ClickAsync("form button >> nth=0");
            await phone.Page.WaitForLoadStateAsync();
        }

        await investigator.ExpectAsync(".devices", "Test phone");
        await investigator.Page.ClickAsync("nav >> text=Flows");
        await Browser.VisitAsync(ShoppingSite.Address, ["--proxy-server=http://" + capture.Proxy, "--proxy-bypass-list=<-loopback>"], har: null);

        // The investigator sees it without loading the page again.
        await investigator.ExpectAsync("tbody", "/order");
        await investigator.ExpectAsync("tbody", "Test phone");
        await investigator.ExpectAsync("tbody", "postal_address");

        // The reviewer, who has never seen the traffic, signs in, looks at it, has the values shown, and judges.
        await using var reviewer = await Window.OpenAsync(playwright);
        await SignInAsync(reviewer, capture.Review);
        await reviewer.Page.ClickAsync("nav >> text=Transfers");
        var transfer = reviewer.Page.Locator("table.transfers tbody tr", new() { HasText = "phone" }).First;
        await transfer.Locator("a[title]").First.ClickAsync();
        await reviewer.Page.ClickAsync("tbody tr.row >> nth=0 >> th a");
        await reviewer.Page.ClickAsync("#reveal");
        await reviewer.ExpectAsync("#revealed", "journal");
        await reviewer.ExpectAsync("#content", Laboratory.Phone);

        await reviewer.Page.ClickAsync("nav >> text=Judging");
        await reviewer.Page.ClickAsync(".subviews >> text=Transfers");
        var row = reviewer.Page.Locator("table.queue tbody tr", new() { HasText = "phone" }).First;
        await row.Locator("details.judging > summary").ClickAsync();
        await reviewer.Page.Locator(".panel textarea").FillAsync("Seen in the order, as the policy says.");
        await reviewer.Page.Locator(".panel button", new() { HasText = "Confirm" }).ClickAsync();
        await reviewer.ExpectAsync(".panel", "reviewer");

        using var transfers = JsonDocument.Parse((await Built.RunAsync(lab, "transfers", "--case", "bazaar", "--format", "json")).Output);
        var judged = Assert.Single(transfers.RootElement.EnumerateArray(), t => t.GetProperty("decision").GetString() == "confirmed");
        Assert.Equal("phone", judged.GetProperty("item").GetString());
        Assert.Equal("reviewer", judged.GetProperty("decided_by")[0].GetString());
        Assert.Empty(investigator.Errors);
        Assert.Empty(reviewer.Errors);
        Assert.Equal(0, await capture.StopAsync());
        Assert.Equal(0, (await Built.RunAsync(lab, "verify", "--case", "bazaar")).ExitCode);
    }

    internal static async Task AddReviewerAsync(Laboratory lab)
    {
        await File.WriteAllTextAsync(lab.PathOf("password"), Password);
        var added = await Built.RunAsync(lab, "users", "add", "reviewer", "--role", "reviewer", "--password-file", lab.PathOf("password"));
        Assert.True(added.ExitCode == 0, added.Error);
    }

    internal static async Task SignInAsync(Window window, Uri review)
    {
        await window.Page.GotoAsync(review.GetLeftPart(UriPartial.Authority) + "/flows");
        await window.Page.FillAsync("#name", "reviewer");
        await window.Page.FillAsync("#password", Password);
        await window.Page.ClickAsync("button.main");
        await window.ExpectAsync("#live-state", "Live");
    }
}
