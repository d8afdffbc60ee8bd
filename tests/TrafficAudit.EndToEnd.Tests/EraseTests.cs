using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TrafficAudit.EndToEnd.Tests.Running;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>What curl has sent through the program is erased by the program, and nothing of it is left in any file of the case.</summary>
public sealed class EraseTests
{
    private const string Gone = "gone.shop-cn.example";
    private const string Kept = "kept.shop-cn.example";
    private const string Secret = "invented-secret-4711";

    [Fact]
    public async Task FlowsOfAFilter_AreErasedFromEveryFileAndTheCaseStillVerifies()
    {
        using var lab = new Laboratory();
        await RecordAsync(lab, "erased", 5);
        var before = await Built.RunAsync(lab, "show", "--case", "erased", "--flow", "2", "--reveal");
        Assert.Contains("kept-2", before.Output, StringComparison.Ordinal);
        Assert.NotEmpty(FilesWith(lab, "erased", Secret));
        Assert.NotEmpty(await FindingsAsync(lab, Gone));
        await AssertSoundAsync(lab, "erased");

        var erase = await Built.RunAsync(lab, "erase", "--case", "erased", "--filter", $"host:{Gone}", "--reason", "not needed any more", "--operator", "Kim Invented", "--yes");

        Assert.True(erase.ExitCode == 0, erase.Output + erase.Error);
        Assert.Contains("Erased      5 flows, 15 records in 1 segment,", erase.Output, StringComparison.Ordinal);
        Assert.Contains("personas", erase.Output, StringComparison.Ordinal);
        Assert.Empty(FilesWith(lab, "erased", Secret));
        var verified = await AssertSoundAsync(lab, "erased");
        Assert.Contains("Erased      5 flows, 15 records", verified, StringComparison.Ordinal);
        Assert.Contains("by Kim Invented: not needed any more", verified, StringComparison.Ordinal);

        Assert.Equal(before.Output, (await Built.RunAsync(lab, "show", "--case", "erased", "--flow", "2", "--reveal")).Output);
        var shown = await Built.RunAsync(lab, "show", "--case", "erased", "--flow", "1", "--reveal");
        Assert.True(shown.ExitCode == 0, shown.Error);
        Assert.Contains("by Kim Invented: not needed any more", shown.Output, StringComparison.Ordinal);
        Assert.Contains($"http://{Gone}:", shown.Output, StringComparison.Ordinal);
        Assert.Empty(await FindingsAsync(lab, Gone));
        Assert.NotEmpty(await FindingsAsync(lab, Kept));
        Assert.DoesNotContain(Gone, (await Built.RunAsync(lab, "transfers", "--case", "erased", "--format", "csv")).Output, StringComparison.Ordinal);
        Assert.Empty(FilesWith(lab, "erased", Secret));

        // It can be recorded on, looked at, and sealed again.
        await RecordAsync(lab, "erased", 1);
        await AssertSoundAsync(lab, "erased");
        var flows = (await Built.RunAsync(lab, "flows", "--case", "erased", "--format", "ndjson")).Output;
        Assert.Equal([true, false, true, false, true, false, true, false, true, false, false, false], Lines(flows).Select(f => f.GetProperty("erased").GetBoolean()));
    }

    [Fact]
    public async Task WithoutYes_NothingChanges()
    {
        using var lab = new Laboratory();
        await RecordAsync(lab, "report", 2);

        var report = await Built.RunAsync(lab, "erase", "--case", "report", "--retention", "0");
        var young = await Built.RunAsync(lab, "erase", "--case", "report", "--retention", "30", "--yes");
        var dry = await Built.RunAsync(lab, "erase", "--case", "report", "--filter", $"host:{Gone}", "--reason", "r", "--yes", "--dry-run");

        Assert.True(report.ExitCode == 0, report.Error);
        Assert.Contains("Flows       4, of ", report.Output, StringComparison.Ordinal);
        Assert.Contains("Sessions    1: ", report.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was erased", report.Output, StringComparison.Ordinal);
        Assert.Contains("Flows       0\n", young.Output, StringComparison.Ordinal);
        Assert.Contains("Flows       2, of ", dry.Output, StringComparison.Ordinal);
        Assert.NotEmpty(FilesWith(lab, "report", Secret));
        await AssertSoundAsync(lab, "report");
    }

    [Fact]
    public async Task FlowsOverTheirRetention_AreErased()
    {
        using var lab = new Laboratory();
        await RecordAsync(lab, "old", 2);

        var erase = await Built.RunAsync(lab, "erase", "--case", "old", "--retention", "0", "--yes");

        Assert.True(erase.ExitCode == 0, erase.Output + erase.Error);
        Assert.Contains("retention of 0 days is over", await AssertSoundAsync(lab, "old"), StringComparison.Ordinal);
        Assert.Empty(FilesWith(lab, "old", Secret));
        Assert.Empty(FilesWith(lab, "old", "kept-2"));
    }

    [Fact]
    public async Task WrongUse_IsOneLine()
    {
        using var lab = new Laboratory();
        await using var capture = await CaptureProcess.StartAsync(lab, "busy");
        var recording = await Built.RunAsync(lab, "erase", "--case", "busy", "--filter", "host:*", "--reason", "r", "--yes");
        Assert.Equal(0, await capture.StopAsync());

        Assert.Equal(2, recording.ExitCode);
        Assert.Contains($"process {capture.Id}", Assert.Single(Lined(recording.Error)), StringComparison.Ordinal);
        foreach (var (more, said) in new (string[], string)[]
        {
            ([], "--filter"), (["--filter", " "], "--filter"), (["--filter", "host:*", "--yes"], "--reason is missing"), (["--retention", "-1"], "--retention"),
            (["--filter", "host:*", "--reason", "a\nb", "--yes"], "--reason takes"),
        })
        {
            var outcome = await Built.RunAsync(lab, ["erase", "--case", "busy", .. more]);
            Assert.Equal(2, outcome.ExitCode);
            Assert.Contains(said, Assert.Single(Lined(outcome.Error)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task FilterThatMayHoldAPersonsValue_IsNotJournalled()
    {
        using var lab = new Laboratory();
        await RecordAsync(lab, "words", 2);

        var erase = await Built.RunAsync(lab, "erase", "--case", "words", "--filter", $"{Secret}", "--reason", "asked for", "--yes");

        Assert.True(erase.ExitCode == 0, erase.Output + erase.Error);
        Assert.Contains("Erased      2 flows", erase.Output, StringComparison.Ordinal);
        Assert.Empty(FilesWith(lab, "words", Secret));
        Assert.NotEmpty(FilesWith(lab, "words", "\"filter_withheld\":true"));
        await AssertSoundAsync(lab, "words");
    }

    [Fact]
    public async Task EraseThatIsKilledAnywhere_IsFinishedByTheNext()
    {
        using var lab = new Laboratory();
        await RecordAsync(lab, "origin", 60);
        await Built.RunAsync(lab, "flows", "--case", "origin");
        string[] erase = ["--filter", $"host:{Gone}", "--reason", "not needed", "--yes"];
        var (unfinished, at) = (0, 0);
        foreach (var sign in new[] { "erasure.json", "evidence-00001.warc.gz.erasing", "evidence-00001.warc.gz", "VERIFY.md", "00002.sig", "00002.json" })
        {
            var name = $"killed-{at++}";
            var folder = CaseOf(lab, name);
            await Built.RunOtherAsync("cp", "-r", CaseOf(lab, "origin"), folder);
            await KillAtAsync(lab, folder, sign, ["erase", "--case", name, .. erase]);

            unfinished += File.Exists(Path.Combine(folder, "erasure.json")) ? 1 : 0;
            var finished = await Built.RunAsync(lab, "erase", "--case", name);
            if (finished.ExitCode != 0)
            {
                // It was killed before it had begun, or when it had just ended.
                Assert.Contains("Say what to erase", finished.Error, StringComparison.Ordinal);
                Assert.Equal(0, (await Built.RunAsync(lab, ["erase", "--case", name, .. erase])).ExitCode);
            }

            await AssertSoundAsync(lab, name);
            Assert.True(FilesWith(lab, name, Secret).Count == 0, $"killed at {sign}: {string.Join(' ', FilesWith(lab, name, Secret))}");
            Assert.Equal(120, Lines((await Built.RunAsync(lab, "flows", "--case", name, "--format", "ndjson")).Output).Count);
        }

        TestContext.Current.SendDiagnosticMessage($"{unfinished} of {at} kills came in the middle");
        Assert.True(unfinished > 0, "no kill came in the middle");
    }

    /// <summary>Starts the program and kills it as soon as a file of this name appears.</summary>
    private static async Task KillAtAsync(Laboratory lab, string folder, string sign, string[] arguments)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true };
        watcher.Created += (_, e) => Look(e.Name);
        watcher.Renamed += (_, e) => Look(e.Name);
        watcher.EnableRaisingEvents = true;
        using var process = Process.Start(Built.StartInfo(lab, arguments))!;
        var reading = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await Task.WhenAny(seen.Task, process.WaitForExitAsync());
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
        await reading;

        void Look(string? name)
        {
            if (Path.GetFileName(name) == sign)
            {
                seen.TrySetResult();
            }
        }
    }

    /// <summary>Odd flows go to one host with the secret everywhere, even ones to another.</summary>
    private static async Task RecordAsync(Laboratory lab, string name, int pairs)
    {
        await using var gone = await WebServer.StartAsync("127.0.21.91", context => context.Response.WriteAsync($"answer {Secret}"));
        await using var kept = await WebServer.StartAsync("127.0.21.92", context => context.Response.WriteAsync("answer"));
        await using var capture = await CaptureProcess.StartAsync(
            lab, name, "--resolve", $"{Gone}:127.0.21.91", "--resolve", $"{Kept}:127.0.21.92");
        var config = new StringBuilder();
        for (var i = 1; i <= 2 * pairs; i++)
        {
            var (host, port, value) = i % 2 == 1 ? (Gone, gone.Endpoint.Port, Secret) : (Kept, kept.Endpoint.Port, $"kept-{i}");
            config.Append(
                $"""
                {(i == 1 ? "" : "next")}
                silent
                proxy = "http://{capture.Proxy}"
                output = "/dev/null"
                url = "http://{host}:{port}/{value}?email={Laboratory.Email}&v={value}"
                header = "X-Value: {value}"
                data = "name={value}"

                """);
        }

        var curl = await Built.RunOtherAsync("curl", "--config", await FileOfAsync(lab, config));
        Assert.True(curl.ExitCode == 0, curl.Error);
        Assert.Equal(0, await capture.StopAsync());
    }

    private static async Task<string> FileOfAsync(Laboratory lab, StringBuilder config)
    {
        var path = lab.PathOf("curl.config");
        await File.WriteAllTextAsync(path, config.ToString());
        return path;
    }

    private static async Task<string> AssertSoundAsync(Laboratory lab, string name)
    {
        var outcome = await Built.RunAsync(lab, "verify", "--case", name);
        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Error);
        return outcome.Output;
    }

    private static async Task<string[]> FindingsAsync(Laboratory lab, string host) =>
        Lined((await Built.RunAsync(lab, "findings", "--case", "erased", "--filter", $"host:{host}", "--format", "csv")).Output)[1..];

    private static string CaseOf(Laboratory lab, string name) => Path.Combine(lab.Folder, "captures", name);

    /// <summary>The files of a case that hold a text, whatever they are; segments inflated.</summary>
    private static List<string> FilesWith(Laboratory lab, string name, string text) =>
    [
        .. Directory.EnumerateFiles(CaseOf(lab, name), "*", SearchOption.AllDirectories).Where(f =>
        {
            using var file = File.OpenRead(f);
            using var content = new MemoryStream();
            using Stream input = f.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
            input.CopyTo(content);
            return content.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
        }),
    ];

    private static List<JsonElement> Lines(string ndjson) => Lined(ndjson).Select(l => JsonDocument.Parse(l).RootElement).ToList();

    private static string[] Lined(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
