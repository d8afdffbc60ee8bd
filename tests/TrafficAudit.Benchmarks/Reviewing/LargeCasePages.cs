using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;
using TrafficAudit.Benchmarks.Comparison;
using TrafficAudit.Benchmarks.Imports;
using TrafficAudit.Benchmarks.Traffic;
using TrafficAudit.Testing;

namespace TrafficAudit.Benchmarks.Reviewing;

/// <summary>
/// What a reader waits for in a large case, in a real browser: the first list, filters, rows while scrolling; and what the server holds with several readers. The
/// case is a HAR that the built program imports; prints Markdown.
/// </summary>
internal sealed class LargeCasePages(string program, int flows, int readers, TimeProvider time)
{
    private const int BytesPerFlow = 1200;
    private const int Jumps = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    private static readonly string[] Filters = ["item:gaid", "item:*", "country:US", "host:*bench*", "status:>=400", "flow:>1000"];

    /// <summary>The rows that are there and whole where one looks; null while a part is blank.</summary>
    private const string Whole = """
        () => {
          const list = document.querySelector(".live-list"), frame = list.getBoundingClientRect();
          for (const y of [60, 200, 350]) {
            const row = document.elementFromPoint(frame.left + 300, frame.top + y)?.closest("tr");
            if (!row?.querySelector("th a")) { return null; }
          }
          return true;
        }
        """;

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        await ImportAsync(folder, cancellation);
        await using var review = Start(folder, "review", "--case", "bench", "--review", "127.0.0.1:0");
        var link = await RunningProgram.LinkAsync(folder.File("home"), time, cancellation);
        await using var browser = await Readers.StartAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{flows:N0} flows; resident before anybody reads: {ProcFigures.ResidentMebibytes(review.Id):N0} MiB\n"));
        Console.WriteLine("| what | median | worst | times |\n|---|---:|---:|---:|");
        var pages = new List<IPage>();
        var first = new List<double>();
        for (var reader = 0; reader < readers; reader++)
        {
            var startedAt = Stopwatch.GetTimestamp();
            pages.Add(await browser.OpenAsync(link));
            await pages[^1].Locator("tbody tr.row").First.WaitForAsync();
            first.Add(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
        }

        Print("first list, live", first);
        foreach (var filter in Filters)
        {
            Print($"filter `{filter}`", await FilterAsync(pages[0], filter));
        }

        Print("rows whole after a jump", await JumpAsync(pages[0]));
        foreach (var page in pages)
        {
            await JumpAsync(page);
            await FilterAsync(page, "item:*");
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"\nresident with {readers} readers: {ProcFigures.ResidentMebibytes(review.Id):N0} MiB, at its peak {ProcFigures.PeakMebibytes(review.Id):N0} MiB"));
        await review.TerminateAsync(cancellation);
    }

    private static void Print(string what, List<double> times) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"| {what} | {Medians.Of(times):N0} ms | {times.Max():N0} ms | {times.Count} |"));

    /// <summary>Types a filter and waits until the list is that of the filter, five times; between them the list is whole.</summary>
    private static async Task<List<double>> FilterAsync(IPage page, string filter)
    {
        var times = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            await ChooseAsync(page, "");
            times.Add(await ChooseAsync(page, filter));
        }

        return times;
    }

    // From the key to the next frame in which another list stands, measured by the page's own clock.
    private static Task<double> ChooseAsync(IPage page, string filter) => page.EvaluateAsync<double>(
        """
        (filter) => new Promise((resolve) => {
          const input = document.getElementById("filter"), table = document.querySelector(".live-list");
          if (input.value === filter) { resolve(0); return; }
          const startedAt = performance.now();
          const look = () => {
            const now = document.querySelector(".live-list");
            if (now && now !== table && (now.querySelector("tr.row th a") || now.querySelector(".empty"))) { resolve(performance.now() - startedAt); } else { requestAnimationFrame(look); }
          };
          input.value = filter;
          input.dispatchEvent(new Event("change", { bubbles: true }));
          look();
        })
        """,
        filter);

    private static async Task<List<double>> JumpAsync(IPage page)
    {
        var times = new List<double>();
        for (var i = 1; i <= Jumps; i++)
        {
            var startedAt = Stopwatch.GetTimestamp();
            await page.EvaluateAsync("share => { const list = document.querySelector('.live-list'); list.scrollTop = list.scrollHeight * share; }", i * 7919 % 1000 / 1000.0);
            await page.WaitForFunctionAsync(Whole);
            times.Add(Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
        }

        await page.EvaluateAsync("document.querySelector('.live-list').scrollTop = 0");
        await page.WaitForFunctionAsync(Whole);
        return times;
    }

    private async Task ImportAsync(TemporaryFolder folder, CancellationToken cancellation)
    {
        var (har, persona) = (folder.File("traffic.har"), folder.File("persona.json"));
        HarFile.Write(har, flows, (long)flows * BytesPerFlow);
        BenchPersona.Write(persona);
        await using var import = Start(folder, "import", har, "--case", "bench", "--persona", persona);
        await import.WaitForExitAsync(cancellation, Patience);
        File.Delete(har);
    }

    private Child Start(TemporaryFolder folder, string command, params IEnumerable<string> more) => Child.Start(
        $"trafficaudit {command}", folder.File($"{command}.err"), new Dictionary<string, string>(StringComparer.Ordinal), "dotnet",
        [program, command, .. more, "--captures", folder.File("captures"), "--home", folder.File("home")]);
}
