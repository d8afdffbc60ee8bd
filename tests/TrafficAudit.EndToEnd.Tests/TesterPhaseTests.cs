using Microsoft.Playwright;
using TrafficAudit.EndToEnd.Tests.Running;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>The tester says on the phone what happens there: Chromium is the phone, with the headers that browsers send.</summary>
public sealed class TesterPhaseTests
{
    [Fact]
    public async Task PhaseSetOnThePhonesPage_IsTheSessions_AndTheJournalSaysWhoSetIt()
    {
        if (!Browser.IsThere)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") is "true", "Chromium is not installed (apt-get install chromium)");
        }

        using var lab = new Laboratory();
        await using var capture = await CaptureProcess.StartAsync(
            lab, ["capture", "--case", "tester", "--listen", "127.0.33.24:0", "--review", "127.0.0.1:0"], new Dictionary<string, string>(StringComparer.Ordinal));

        using (var playwright = await Playwright.CreateAsync())
        {
            await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = ["--no-sandbox", "--disable-gpu"] });
            var phone = await browser.NewPageAsync(new() { Locale = "en-US" });
            await phone.GotoAsync(capture.PairingLink!.AbsoluteUri);
            await phone.FillAsync("input[name=name] >> nth=0", "Lab phone");
            await phone.ClickAsync("form[action='/pair'] button >> nth=0");
            await phone.ClickAsync("form[action='/phase'] button[value=refused] >> nth=0");
            await Assertions.Expect(phone.Locator("p[role=status]").First).ToHaveTextAsync("Phase now: refused.");
        }

        var devices = await Built.RunAsync(lab, "devices", "--format", "json");
        var byCommand = await Built.RunAsync(lab, "phase", "checkout", "--case", "tester");
        Assert.Equal(0, await capture.StopAsync());

        Assert.Contains("\"refused\"", devices.Output, StringComparison.Ordinal);
        Assert.Equal(0, byCommand.ExitCode);
        var evidence = await Built.RunOtherAsync("sh", "-c", $"zcat {Path.Combine(lab.Folder, "captures", "tester")}/*.warc.gz");
        Assert.Contains("\"name\":\"refused\",\"by\":\"tester on Lab phone\"", evidence.Output, StringComparison.Ordinal);
        Assert.Matches("\"name\":\"checkout\",\"by\":\"[^\"]+\"", evidence.Output);
    }
}
