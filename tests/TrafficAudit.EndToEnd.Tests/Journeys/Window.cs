using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace TrafficAudit.EndToEnd.Tests.Journeys;

/// <summary>A browser window of one person, with cookies of its own; what it complains of in its console is kept.</summary>
internal sealed class Window : IAsyncDisposable
{
    public const string Executable = "/usr/bin/chromium";

    private static readonly string[] Quiet =
        ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private readonly IBrowser _browser;

    private Window(IBrowser browser, IPage page)
    {
        _browser = browser;
        Page = page;
        page.SetDefaultTimeout(60_000);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Errors.Enqueue(message.Text);
            }
        };
        page.PageError += (_, error) => Errors.Enqueue(error);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings; a breach of the content security policy is one.</summary>
    public ConcurrentQueue<string> Errors { get; } = [];

    /// <summary>Opens a window.</summary>
    /// <param name="playwright">What drives it.</param>
    /// <param name="language">Of the person.</param>
    /// <param name="more">More arguments for Chromium.</param>
    public static async Task<Window> OpenAsync(IPlaywright playwright, string language = "en", params string[] more)
    {
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Executable, Args = [.. Quiet, .. more] });
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            IgnoreHTTPSErrors = true,
            Locale = language,
            ViewportSize = new ViewportSize { Width = 1280, Height = 720 },
        });
        return new Window(browser, await context.NewPageAsync());
    }

    /// <summary>Waits until the element holds the text.</summary>
    public Task ExpectAsync(string selector, string text) =>
        Assertions.Expect(Page.Locator(selector).First).ToContainTextAsync(text, new() { Timeout = 60_000 });

    public async ValueTask DisposeAsync() => await _browser.DisposeAsync();
}
