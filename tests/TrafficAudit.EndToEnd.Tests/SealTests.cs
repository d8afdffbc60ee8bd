using System.Text.Json;
using System.Text.RegularExpressions;
using TrafficAudit.EndToEnd.Tests.Running;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>A recording is sealed when it ends; the program, public tools and public readers verify it, and each finds a change.</summary>
public sealed partial class SealTests(SealedLab sealedLab) : IClassFixture<SealedLab>
{
    private Laboratory Lab => sealedLab.Lab;

    [Fact]
    public async Task RecordingThatEnds_IsSealedStampedAndSound()
    {
        var fingerprint = Fingerprint().Match(sealedLab.Terminal).Value;

        var outcome = await Built.RunAsync(Lab, "verify", "--case", SealedLab.Case, "--key", fingerprint, "--tsa-ca", sealedLab.Authority.Root);

        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Error);
        Assert.Contains("Not sealed  nothing", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("CN=lab-timestamps", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Faults      none", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Seal        1: 1 segment,", sealedLab.Terminal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SampleOfAnEarlierVersion_IsSoundAndNotSealed()
    {
        var outcome = await Built.RunAsync(Lab, "verify", "--case", Path.Combine(Built.Root, "captures", "sample"));

        Assert.True(outcome.ExitCode == 0, outcome.Output);
        Assert.Contains("Seal        none", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OtherKeyAndOtherAuthority_AreFaults()
    {
        var outcome = await Built.RunAsync(Lab, "verify", "--case", SealedLab.Case, "--key", new string('0', 64), "--tsa-ca", Lab.ServersCa, "--format", "json");

        Assert.Equal(1, outcome.ExitCode);
        using var json = JsonDocument.Parse(outcome.Output);
        var kinds = json.RootElement.GetProperty("faults").EnumerateArray().Select(f => f.GetProperty("kind").GetString());
        Assert.Equal(["other_key", "bad_timestamp"], kinds);
    }

    [Fact]
    public async Task ChangedByte_IsNamedByFileOffsetAndRecord()
    {
        var copy = sealedLab.Copy("changed");
        var segment = Path.Combine(copy, "evidence-00001.warc.gz");
        var line = File.ReadLines(Path.ChangeExtension(Path.ChangeExtension(segment, null), ".cdxj")).First(l => l.Contains("\"type\":\"request\"", StringComparison.Ordinal));
        using var json = JsonDocument.Parse(line[line.IndexOf('{', StringComparison.Ordinal)..]);
        var offset = long.Parse(json.RootElement.GetProperty("offset").GetString()!);
        await FlipAsync(segment, offset + 40);

        var outcome = await Built.RunAsync(Lab, "verify", "--case", "changed");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains($"changed  evidence-00001.warc.gz offset {offset} {json.RootElement.GetProperty("id").GetString()} request, flow ", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CaseJsonThatIsNoJsonAnyMore_IsAFault()
    {
        var copy = sealedLab.Copy("no-json");
        await File.WriteAllTextAsync(Path.Combine(copy, "case.json"), "{");

        var outcome = await Built.RunAsync(Lab, "verify", "--case", "no-json");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("changed  case.json", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GuidesCommands_VerifyWithoutTheProgram()
    {
        foreach (var (tool, package) in new[] { ("jq", "jq"), ("openssl", "openssl"), ("gzip", "gzip"), ("sha256sum", "coreutils") })
        {
            Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(p => File.Exists(Path.Combine(p, tool))), $"{tool} is not installed (apt-get install {package})");
        }

        var guide = await File.ReadAllTextAsync(Path.Combine(sealedLab.Original, "VERIFY.md"));
        var steps = Steps(guide);
        Assert.Equal(6, steps.Count);

        var copy = sealedLab.Copy("guide");
        Assert.All(await RunStepsAsync(copy, steps), s => Assert.True(s.ExitCode == 0 && s.Output.Contains("OK ", StringComparison.Ordinal), s.Output + s.Error));

        // In the compressed bytes of a record, where each of the steps must see it; what a fixed offset hits differs from run to run.
        await FlipAsync(Path.Combine(copy, "evidence-00001.warc.gz"), 200);
        var changed = await RunStepsAsync(copy, steps);
        Assert.Equal([0, 0, 1, 1, 1, 0], changed.Select(s => s.ExitCode));

        await FlipAsync(Path.Combine(copy, "seals", "00001.json"), 100);
        Assert.All((await RunStepsAsync(copy, steps)).Take(2), s => Assert.Equal(1, s.ExitCode));
    }

    [Fact]
    public async Task ErasedCase_IsVerifiedByTheGuideAndReadByPublicReaders()
    {
        var copy = sealedLab.Copy("erased");
        var erase = await Built.RunAsync(Lab, "erase", "--case", "erased", "--filter", "b=2 status:200 P%C3%A4th", "--reason", "not needed", "--yes");
        Assert.Contains("Nothing was erased", erase.Output, StringComparison.Ordinal);
        erase = await Built.RunAsync(Lab, "erase", "--case", "erased", "--filter", "host:seal.* status:200", "--reason", "not needed", "--yes");
        Assert.True(erase.ExitCode == 0, erase.Output + erase.Error);

        var steps = Steps(await File.ReadAllTextAsync(Path.Combine(copy, "VERIFY.md")));
        var outcomes = await RunStepsAsync(copy, steps);
        Assert.All(outcomes, s => Assert.True(s.ExitCode == 0 && s.Output.Contains("OK ", StringComparison.Ordinal), s.Output + s.Error));
        Assert.Contains("erased: 5 flows, 15 records", outcomes[2].Output, StringComparison.Ordinal);
        Assert.Contains("; 15 of them were erased", outcomes[4].Output, StringComparison.Ordinal);

        var refusal = await WarcReaders.InstallAsync(Lab);
        Assert.SkipUnless(refusal is null, refusal ?? "");
        var warc = Path.Combine(copy, "evidence-00001.warc.gz");
        foreach (var reader in new[] { "warcio.mjs", "node-warc.cjs" })
        {
            Assert.Equal(
                (await File.ReadAllLinesAsync(Path.Combine(copy, "evidence-00001.cdxj"))).Select(RecordOf),
                (await WarcReaders.ReadAsync(Lab, reader, warc)).Select(l => l[..l.LastIndexOf(' ')]));
        }
    }

    [Fact]
    public async Task PublicReaders_ReadEveryRecord()
    {
        var refusal = await WarcReaders.InstallAsync(Lab);
        Assert.SkipUnless(refusal is null, refusal ?? "");
        var warc = Path.Combine(sealedLab.Original, "evidence-00001.warc.gz");
        var lines = await File.ReadAllLinesAsync(Path.Combine(sealedLab.Original, "evidence-00001.cdxj"));
        var records = lines.Select(RecordOf).ToList();

        foreach (var reader in new[] { "warcio.mjs", "node-warc.cjs" })
        {
            Assert.Equal(records, (await WarcReaders.ReadAsync(Lab, reader, warc)).Select(l => l[..l.LastIndexOf(' ')]));
        }

        // Key, time, URL, type, status, length and offset of responses as warcio's own index has them.
        var theirs = (await WarcReaders.IndexAsync(Lab, warc)).Where(l => l.Contains("\"status\"", StringComparison.Ordinal)).Select(Comparable).ToList();
        Assert.Equal(5, theirs.Count);
        Assert.Equal(theirs, lines.Where(l => l.Contains("\"status\"", StringComparison.Ordinal)).Select(Comparable));
    }

    [Fact]
    public async Task Journal_SaysWhoRecordedWhatWithWhat()
    {
        var unpacked = (await Built.RunOtherAsync("gzip", "-dc", Path.Combine(sealedLab.Original, "evidence-00001.warc.gz"))).Output;

        Assert.Contains("\r\noperator: Kim Invented\r\nhostname: ", unpacked, StringComparison.Ordinal);
        Assert.Matches("\r\noptionsDigest: sha256:[0-9a-f]{64}\r\nclockSource: system clock.*\r\nclockOffset: ", unpacked);
        // Addresses are looked up while the rest goes on, so that their records come when they come.
        var entries = unpacked.Split("\r\n").Where(l => l.StartsWith("{\"kind\":", StringComparison.Ordinal)).Select(l => JsonDocument.Parse(l).RootElement)
            .Where(e => e.GetProperty("kind").GetString() != "lookup").ToList();
        string[] kinds = ["case_created", "number_block", "persona", "recording_started", "session_started", "session_stopped", "number_block", "sealed"];
        Assert.Equal(kinds, entries.Select(e => e.GetProperty("kind").GetString()));
        var session = entries[4].GetProperty("content");
        string[] said = ["Kim Invented", "Lee Invented", "8.1.0", "checkout-3", "198.51.100.7", "test shopper (invented)"];
        Assert.Equal(said, new[] { "operator", "second_person", "app_version", "scenario", "egress_ip", "persona" }.Select(n => session.GetProperty(n).GetString()));
        Assert.Equal((19, "app.apk"), (session.GetProperty("app_package").GetProperty("bytes").GetInt32(), session.GetProperty("app_package").GetProperty("file").GetString()));
        Assert.Equal("Kim Invented", entries[3].GetProperty("content").GetProperty("options").GetProperty("operator").GetString());
    }

    [Fact]
    public async Task TimestampGotElsewhere_IsAddedLater()
    {
        var copy = sealedLab.Copy("late");
        var seal = await Built.RunAsync(Lab, "seal", "--case", "late");
        Assert.True(seal.ExitCode == 0, seal.Error);
        var answer = Lab.PathOf("answer.tsr");
        await File.WriteAllBytesAsync(answer, await sealedLab.Authority.AnswerAsync(await File.ReadAllBytesAsync(Path.Combine(copy, "seals", "00002.tsq"))));

        var added = await Built.RunAsync(Lab, "seal", "--case", "late", "--timestamp", answer);
        var elsewhere = await Built.RunAsync(Lab, "seal", "--case", SealedLab.Case, "--timestamp", answer);

        Assert.Equal((0, ""), (added.ExitCode, added.Error));
        Assert.Contains("of seal 2", added.Output, StringComparison.Ordinal);
        Assert.Equal(2, elsewhere.ExitCode);
        var verified = await Built.RunAsync(Lab, "verify", "--case", "late", "--tsa-ca", sealedLab.Authority.Root, "--every-record");
        Assert.True(verified.ExitCode == 0, verified.Output);
        Assert.Contains("Timestamp   of seal 2", verified.Output, StringComparison.Ordinal);
        File.Delete(Path.Combine(copy, "seals", "00002.tsr"));
        Assert.Contains("missing  seals/00002.tsr", (await Built.RunAsync(Lab, "verify", "--case", "late")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AuthorityThatCantBeReached_LeavesASealWithoutTimestamp()
    {
        sealedLab.Copy("unstamped");

        var seal = await Built.RunAsync(Lab, "seal", "--case", "unstamped", "--tsa", "http://127.0.62.9:9/");

        Assert.Equal(1, seal.ExitCode);
        Assert.Contains("Timestamp   none: http://127.0.62.9:9/ can't be reached", seal.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Built.RunAsync(Lab, "verify", "--case", "unstamped")).ExitCode);
        Assert.Equal(2, (await Built.RunAsync(Lab, "seal", "--case", "unstamped", "--tsa", "nonsense")).ExitCode);
    }

    [Fact]
    public async Task SealBesideARecording_IsMadeByIt()
    {
        using var lab = new Laboratory();
        await using var capture = await CaptureProcess.StartAsync(lab, "beside");

        var seal = await Built.RunAsync(lab, "seal", "--case", "beside");
        var during = await Built.RunAsync(lab, "verify", "--case", "beside");

        Assert.Equal((0, ""), (seal.ExitCode, seal.Error));
        Assert.StartsWith("Seal        1: ", seal.Output, StringComparison.Ordinal);
        Assert.True(during.ExitCode == 0, during.Output);
        Assert.Contains("being recorded", during.Output, StringComparison.Ordinal);
        Assert.Equal(0, await capture.StopAsync());
        Assert.Contains("Seal        2: ", capture.Terminal, StringComparison.Ordinal);
        var after = await Built.RunAsync(lab, "verify", "--case", "beside");
        Assert.True(after.ExitCode == 0, after.Output);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task KeyThatOthersCanRead_IsRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix file modes");
        using var lab = new Laboratory();
        var key = Path.Combine(lab.Folder, "home", "seal-key.pem");
        Directory.CreateDirectory(Path.GetDirectoryName(key)!);
        await File.WriteAllTextAsync(key, "x");
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        var outcome = await Built.RunAsync(lab, "capture", "--case", "c", "--listen", "127.0.0.1:0", "--review", "127.0.0.1:0");

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("seal-key.pem", Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static List<string> Steps(string guide) => [.. guide.Split("```sh\n").Skip(1).Select(b => b[..b.IndexOf("```", StringComparison.Ordinal)])];

    /// <summary>Type and id of the record that a line of the index is of.</summary>
    private static string RecordOf(string line)
    {
        using var json = JsonDocument.Parse(line[line.IndexOf('{', StringComparison.Ordinal)..]);
        return $"{json.RootElement.GetProperty("type")} {json.RootElement.GetProperty("id")}";
    }

    private static string Comparable(string line)
    {
        var at = line.IndexOf('{', StringComparison.Ordinal);
        using var json = JsonDocument.Parse(line[at..]);
        return line[..at] + string.Join(' ', new[] { "url", "mime", "status", "length", "offset", "filename" }.Select(n => json.RootElement.TryGetProperty(n, out var v) ? v.GetString() : "-"));
    }

    private async Task<List<Outcome>> RunStepsAsync(string folder, List<string> steps)
    {
        var outcomes = new List<Outcome>();
        foreach (var step in steps)
        {
            outcomes.Add(await Built.RunOtherAsync("bash", "-c", $"cd '{folder}'; AUTHORITY='{sealedLab.Authority.Root}'\n{step}"));
        }

        return outcomes;
    }

    private static async Task FlipAsync(string path, long offset)
    {
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[offset] ^= 0x10;
        await File.WriteAllBytesAsync(path, bytes);
    }

    [GeneratedRegex(@"(?<=Key +SHA-256 )[0-9a-f]{64}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fingerprint();
}
