using Microsoft.Playwright;
using TrafficAudit.EndToEnd.Tests.Running;

namespace TrafficAudit.EndToEnd.Tests.Journeys;

/// <summary>Pictures of every page in both languages and both schemes of colours, of a recording that is under way, for people to look at.</summary>
internal static class Screenshots
{
    private static readonly string[] Languages = ["en", "ko"];
    private static readonly string[] Themes = ["light", "dark"];

    private static readonly (string Name, string Path)[] Pages =
    [
        ("flows", "/flows"), ("filtered", "/flows?filter=item%3Aphone"), ("fault", "/flows?filter=item%3Aphone%20nonsense%3Ax"), ("flow", "/flows/5"),
        ("searched", "/flows?filter=field%3Amobile"), ("findings", "/findings"), ("transfers", "/transfers"), ("matrix", "/transfers?as=matrix"),
        ("countries", "/transfers?as=countries"), ("recipients", "/transfers?as=recipients"), ("map", "/transfers?as=map"), ("timeline", "/timeline"),
        ("compare", "/compare"), ("judging", "/decisions"), ("devices", "/devices"), ("users", "/setup/users"), ("account", "/account"),
        ("sessions", "/setup/sessions"), ("personas", "/setup/personas"), ("case", "/setup/case"), ("databases", "/setup/databases"), ("authority", "/setup/ca"),
        ("storage", "/setup/storage"),
    ];

    /// <summary>Makes them in a folder.</summary>
    public static async Task<int> TakeAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        using var lab = new Laboratory();
        await using var site = await ShoppingSite.StartAsync(lab);
        using var playwright = await Playwright.CreateAsync();
        await JourneyTests.AddReviewerAsync(lab);
        await using var capture = await CaptureProcess.StartAsync(lab, [.. ShoppingSite.Options, "--accept-devices", "all", "--app", "com.bazaar.example"], "bazaar");
        await Browser.VisitAsync(ShoppingSite.Address, ["--proxy-server=http://" + capture.Proxy, "--proxy-bypass-list=<-loopback>"], har: null);
        await capture.WaitForAsync("/b ");
        var origin = capture.Review.GetLeftPart(UriPartial.Authority);
        foreach (var language in Languages)
        {
            await using var window = await Window.OpenAsync(playwright, language);
            await window.Page.GotoAsync(origin + "/sign-in");
            await ShootAsync(window, folder, $"sign-in-{language}");
            await window.Page.GotoAsync(capture.Review.AbsoluteUri);
            foreach (var theme in Themes)
            {
                await window.Page.GotoAsync($"{origin}/preferences?theme={theme}&back=/flows");
                foreach (var (name, path) in Pages)
                {
                    await window.Page.GotoAsync(origin + path);
                    await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
                    await ShootAsync(window, folder, $"{name}-{language}-{theme}");
                }
            }
        }

        await capture.StopAsync();
        await Console.Out.WriteLineAsync($"{Directory.GetFiles(folder, "*.png").Length} pictures in {folder}");
        return 0;
    }

    private static Task ShootAsync(Window window, string folder, string name) =>
        window.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = false });
}
