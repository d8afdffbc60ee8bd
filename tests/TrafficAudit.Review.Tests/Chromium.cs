using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace TrafficAudit.Review.Tests;

/// <summary>One browser for a class of tests: the system's Chromium.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";

    private static readonly string[] Quiet =
        ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (File.Exists(Program) || Environment.GetEnvironmentVariable("CI") is not null)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = Quiet });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>A tab of its own that came in by the token link and has its live connection.</summary>
    internal async Task<Tab> OpenAsync(RunningReview review)
    {
        var tab = await OpenAsync(review.Host.TokenLink);
        await tab.ExpectTextAsync("#live-state", "Live");
        return tab;
    }

    /// <summary>A tab of its own at an address.</summary>
    internal async Task<Tab> OpenAsync(Uri address)
    {
        Assert.SkipWhen(_browser is null, $"{Program} is not installed");
        var context = await _browser!.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 720 } });
        var tab = new Tab(context, await context.NewPageAsync());
        await tab.Page.GotoAsync(address.AbsoluteUri);
        return tab;
    }

    internal sealed class Tab : IAsyncDisposable
    {
        private readonly IBrowserContext _context;

        public Tab(IBrowserContext context, IPage page)
        {
            _context = context;
            Page = page;
            page.SetDefaultTimeout(10_000);
            page.Console += (_, message) => NoteError(message.Type, message.Text);
            page.PageError += (_, error) => Errors.Enqueue(error);
            page.Dialog += (_, dialog) => Errors.Enqueue(dialog.Message);
        }

        public IPage Page { get; }

        /// <summary>Errors in the console (a breach of the content security policy is one), uncaught exceptions, dialogs.</summary>
        public ConcurrentQueue<string> Errors { get; } = [];

        /// <summary>Waits until the element contains the text.</summary>
        public Task ExpectTextAsync(string selector, string text) =>
            Assertions.Expect(Page.Locator(selector)).ToContainTextAsync(text, new() { Timeout = 10_000 });

        /// <summary>Waits until the address contains the text. A navigation that another one takes over is no fault, as it is for WaitForURLAsync.</summary>
        public Task ExpectAddressAsync(string part, int seconds = 10) =>
            Assertions.Expect(Page).ToHaveURLAsync(new Regex(Regex.Escape(part), RegexOptions.None, TimeSpan.FromSeconds(1)), new() { Timeout = seconds * 1000 });

        /// <summary>Waits until the page has its live connection. A page that is left while it connects says so in its console.</summary>
        public Task ExpectLiveAsync() => Assertions.Expect(Page.Locator("#filter")).ToBeEnabledAsync(new() { Timeout = 10_000 });

        public ValueTask DisposeAsync() => _context.DisposeAsync();

        private void NoteError(string type, string text)
        {
            if (type is "error" or "warning")
            {
                Errors.Enqueue($"{type}: {text}");
            }
        }
    }
}
