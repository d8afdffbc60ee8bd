using Microsoft.Playwright;

namespace TrafficAudit.Benchmarks.Reviewing;

/// <summary>People at the review page: one Chromium, a window with cookies of its own for each.</summary>
internal sealed class Readers : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium";

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Readers(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Readers> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return new Readers(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu", "--no-first-run"] }));
    }

    /// <summary>A window that came in by the token link.</summary>
    public async Task<IPage> OpenAsync(Uri link)
    {
        var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 720 } });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        await page.GotoAsync(link.AbsoluteUri);
        await page.Locator("#filter:enabled").WaitForAsync();
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
