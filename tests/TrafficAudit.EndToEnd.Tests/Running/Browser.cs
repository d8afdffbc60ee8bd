using Microsoft.Playwright;

namespace TrafficAudit.EndToEnd.Tests.Running;

/// <summary>The system's Chromium, driven by Playwright.</summary>
internal static class Browser
{
    private const string Executable = "/usr/bin/chromium";

    public static bool IsThere => File.Exists(Executable);

    /// <summary>Opens a page and waits until it says that it has sent everything.</summary>
    /// <param name="url">The page.</param>
    /// <param name="arguments">More arguments for Chromium.</param>
    /// <param name="har">Where Chromium's own record of the visit goes; null for none.</param>
    public static async Task VisitAsync(string url, IEnumerable<string> arguments, string? har)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", .. arguments],
        });
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            IgnoreHTTPSErrors = true,
            RecordHarPath = har,
            RecordHarContent = HarContentPolicy.Embed,
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync(url);
        await page.WaitForFunctionAsync("document.title === 'done'");

        // The page has its answers before Chromium has told that they ended; a HAR that is closed in between lacks their addresses.
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await context.CloseAsync();
    }
}
