using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using TrafficAudit.Benchmarks.Comparison;
using TrafficAudit.Benchmarks.Endurance;
using TrafficAudit.Benchmarks.Load;

namespace TrafficAudit.Benchmarks.Reviewing;

/// <summary>
/// What the live page costs the proxy at full load, and how old the newest flow is that it shows then. Load without and with readers by turns, in one run; the browser
/// draws on the same processors. Prints Markdown.
/// </summary>
internal sealed class LiveLoad(string program, int readers, int rounds, int seconds, TimeProvider time)
{
    /// <summary>Every frame: how old the newest flow in the list is. Flows come many a millisecond, so that age is how late they are shown.</summary>
    private const string Watch = """
        window.ages = [];
        (function look() {
          const time = document.querySelector("tbody tr.row time");
          if (time) { window.ages.push(Date.now() - Date.parse(time.dateTime)); }
          window.watching = requestAnimationFrame(look);
        })();
        """;

    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var rig = await Rig.StartAsync(program, time, cancellation);
        var link = await RunningProgram.LinkAsync(Path.Combine(rig.Folder, "home"), time, cancellation);
        await using var browser = await Readers.StartAsync();
        await MeasureAsync(rig, cancellation);
        Console.WriteLine("| readers | requests/s | median, ms | 99th, ms | program's CPU, cores | newest flow shown: median age, ms | 99th | resident, MiB |\n|---:|---:|---:|---:|---:|---:|---:|---:|");
        var (alone, watched) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            alone.Add(await PrintAsync(rig, [], cancellation));
            var pages = new List<IPage>();
            for (var reader = 0; reader < readers; reader++)
            {
                pages.Add(await browser.OpenAsync(link));
            }

            watched.Add(await PrintAsync(rig, pages, cancellation));
            foreach (var page in pages)
            {
                await page.Context.DisposeAsync();
            }
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"\nwith {readers} readers, medians: {Medians.Of(watched) / Medians.Of(alone):P0} of the requests a second without"));
        await rig.StopAsync(cancellation);
    }

    private async Task<double> PrintAsync(Rig rig, List<IPage> pages, CancellationToken cancellation)
    {
        foreach (var page in pages)
        {
            await page.EvaluateAsync(Watch);
        }

        var before = ProcFigures.CpuSeconds(rig.Program.Id);
        var startedAt = time.GetTimestamp();
        var load = await MeasureAsync(rig, cancellation, async () =>
        {
            foreach (var page in pages)
            {
                await page.EvaluateAsync("window.ages = []");
            }
        });
        var cores = (ProcFigures.CpuSeconds(rig.Program.Id) - before) / time.GetElapsedTime(startedAt).TotalSeconds;
        var ages = new List<double>();
        foreach (var page in pages)
        {
            ages.AddRange(await page.EvaluateAsync<double[]>("() => { cancelAnimationFrame(window.watching); return window.ages; }"));
        }

        ages.Sort();
        var shown = ages.Count == 0 ? "– | –" : string.Create(CultureInfo.InvariantCulture, $"{ages[ages.Count / 2]:N0} | {ages[ages.Count * 99 / 100]:N0}");
        var rate = load.Measured / load.Seconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {pages.Count} | {rate:N0} | {load.P50:N1} | {load.P99:N1} | {cores:N2} | {shown} | {ProcFigures.ResidentMebibytes(rig.Program.Id):N0} |"));
        return rate;
    }

    private async Task<LoadResult> MeasureAsync(Rig rig, CancellationToken cancellation, Func<Task>? warm = null)
    {
        await using var load = Itself.Start(
            "load", rig.Folder,
            ["load", "--proxy", $"{rig.Proxy}", "--target", $"{rig.Target}", "--warm-up", "3", "--duration", seconds.ToString(CultureInfo.InvariantCulture)]);
        await load.Output.ReadLineAsync(cancellation);
        await (warm?.Invoke() ?? Task.CompletedTask);
        var result = JsonSerializer.Deserialize<LoadResult>(await load.Output.ReadLineAsync(cancellation) ?? "null") ?? throw new ComparisonException("The load said nothing.");
        await load.CloseInputAndWaitAsync(cancellation);
        return result.Errors == 0 ? result : throw new ComparisonException($"{result.Errors} requests failed.");
    }
}
