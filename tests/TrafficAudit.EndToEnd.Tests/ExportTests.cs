using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TrafficAudit.EndToEnd.Tests.Running;
using TrafficAudit.Testing;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>Exports of the sample case by the built program, judged by readers that others have written.</summary>
public sealed class ExportTests(SampleLab sample) : IClassFixture<SampleLab>
{
    private Laboratory Lab => sample.Lab;

    [Theory]
    [InlineData("har")]
    [InlineData("warc")]
    [InlineData("wacz")]
    public async Task Import_GivesTheSameFlowsAndFindings(string format)
    {
        var file = await sample.ExportAsync(format);

        var import = await Built.RunAsync(Lab, "import", file, "--case", $"from-{format}", "--persona", sample.Persona);

        Assert.True(import.ExitCode == 0, import.Error);
        Assert.Contains("40 flows imported, 0 entries skipped", import.Error, StringComparison.Ordinal);
        Assert.Equal(await LinesAsync("flows", SampleLab.Case), await LinesAsync("flows", $"from-{format}"));
        var findings = await LinesAsync("findings", SampleLab.Case);
        Assert.NotEmpty(findings);
        Assert.Equal(findings, await LinesAsync("findings", $"from-{format}"));
    }

    [Theory]
    [InlineData("har")]
    [InlineData("warc")]
    [InlineData("wacz")]
    [InlineData("ndjson")]
    [InlineData("csv")]
    public async Task Redacted_HoldsNoValueOfThePersona(string format)
    {
        var whole = Contents(await sample.ExportAsync(format, "--reveal")).ToList();
        var redacted = Contents(await sample.ExportAsync(format, "--redact")).ToList();

        Assert.ThrowsAny<Exception>(() => whole.ForEach(c => Leak.None(c, SampleLab.Shopper)));
        Assert.All(redacted, c => Leak.None(c, SampleLab.Shopper));
        Assert.Contains(redacted, c => c.Contains("[phone:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WithoutReveal_FindingsAreMasked()
    {
        var table = await File.ReadAllTextAsync(await sample.ExportAsync("csv"));

        Assert.All(table.Split("\r\n").Skip(1), l => Assert.DoesNotContain("gildong.hong@example.com", l, StringComparison.Ordinal));
        Assert.Contains("gi…om (24)", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_ChoosesFlows()
    {
        var lines = await File.ReadAllLinesAsync(await sample.ExportAsync("ndjson", "--filter", "host:graph.facebook.com"));

        Assert.NotEmpty(lines);
        Assert.All(lines, l => Assert.Equal("graph.facebook.com", JsonDocument.Parse(l).RootElement.GetProperty("flow").GetProperty("host").GetString()));
    }

    [Fact]
    public async Task Har_FitsTheSchemaOfHar()
    {
        var refusal = await ExportReaders.InstallAsync(Lab);
        Assert.SkipUnless(refusal is null, refusal ?? "");

        Assert.Equal("valid", await ExportReaders.SchemaAsync(Lab, await sample.ExportAsync("har")));
        Assert.Equal("valid", await ExportReaders.SchemaAsync(Lab, await sample.ExportAsync("har", "--redact")));
    }

    [Fact]
    public async Task Warc_IsReadByPublicReaders()
    {
        var refusal = await WarcReaders.InstallAsync(Lab);
        Assert.SkipUnless(refusal is null, refusal ?? "");
        var warc = Path.ChangeExtension(await sample.ExportAsync("warc"), ".warc.gz");
        File.Move(Path.ChangeExtension(Path.ChangeExtension(warc, null), ".warc"), warc);

        var gzip = await Built.RunOtherAsync("gzip", "-t", warc);
        var byWarcio = await WarcReaders.ReadAsync(Lab, "warcio.mjs", warc);
        var byNodeWarc = await WarcReaders.ReadAsync(Lab, "node-warc.cjs", warc);
        var index = (await WarcReaders.IndexAsync(Lab, warc)).Where(l => l.Contains("\"status\"", StringComparison.Ordinal));

        Assert.True(gzip.ExitCode == 0, gzip.Error);
        Assert.Equal(byWarcio.Select(Identity), byNodeWarc.Select(Identity));
        Assert.Equal(40, byWarcio.Count(r => r.StartsWith("request ", StringComparison.Ordinal)));
        Assert.Equal(byWarcio.Count(r => r.StartsWith("response ", StringComparison.Ordinal)), index.Count());

        static string Identity(string record) => record[..record.LastIndexOf(' ')];
    }

    [Fact]
    public async Task Wacz_IsSignedSortedAndStored()
    {
        var refusal = await ExportReaders.InstallAsync(Lab);
        Assert.SkipUnless(refusal is null, refusal ?? "");
        using var zip = ZipFile.OpenRead(await sample.ExportAsync("wacz"));
        zip.GetEntry("datapackage.json")!.ExtractToFile(Lab.PathOf("datapackage.json"), overwrite: true);
        zip.GetEntry("datapackage-digest.json")!.ExtractToFile(Lab.PathOf("digest.json"), overwrite: true);

        Assert.Equal("verified", await ExportReaders.SignatureAsync(Lab, Lab.PathOf("digest.json"), Lab.PathOf("datapackage.json")));
        var archive = zip.GetEntry("archive/data.warc.gz")!;
        Assert.Equal(archive.Length, archive.CompressedLength);
        using var index = new StreamReader(zip.GetEntry("indexes/index.cdx")!.Open());
        var lines = (await index.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(lines.Order(StringComparer.Ordinal), lines);
        using var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(Lab.PathOf("datapackage.json")));
        foreach (var part in manifest.RootElement.GetProperty("resources").EnumerateArray())
        {
            using var content = zip.GetEntry(part.GetProperty("path").GetString()!)!.Open();
            Assert.Equal(part.GetProperty("hash").GetString(), $"sha256:{Convert.ToHexStringLower(await SHA256.HashDataAsync(content))}");
        }
    }

    [Fact]
    public async Task Export_IsNotedInTheJournalWithItsDigest()
    {
        var file = await sample.ExportAsync("ndjson", "--redact", "--filter", "status:200");

        var digest = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file)));
        var entry = Assert.Single(Contents(Path.Combine(sample.Folder, "evidence-00001.warc.gz")).Single().Split('\n'), l => l.Contains(digest, StringComparison.Ordinal));
        using var json = JsonDocument.Parse(entry);
        var content = json.RootElement.GetProperty("content");
        Assert.Equal("exported", json.RootElement.GetProperty("kind").GetString());
        Assert.Equal("ndjson", content.GetProperty("format").GetString());
        Assert.Equal("status:200", content.GetProperty("filter").GetString());
        Assert.True(content.GetProperty("redacted").GetBoolean());
        Assert.Equal(Path.GetFileName(file), content.GetProperty("file").GetString());
        Assert.Equal((await File.ReadAllLinesAsync(file)).Length, content.GetProperty("flows").GetInt32());
    }

    [Fact]
    public async Task StandardOutput_GetsTheFileAndNothingElse()
    {
        var outcome = await Built.RunAsync(Lab, "export", "--case", SampleLab.Case, "--format", "har", "--out", "-");

        Assert.True(outcome.ExitCode == 0, outcome.Error);
        using var har = JsonDocument.Parse(outcome.Output);
        Assert.Equal(40, har.RootElement.GetProperty("log").GetProperty("entries").GetArrayLength());
    }

    [Fact]
    public async Task FileThatIsThere_IsNotOverwritten()
    {
        await File.WriteAllTextAsync(Lab.PathOf("precious.har"), "precious");

        await RefusedAsync("precious.har is there already", "export", "--case", SampleLab.Case, "--format", "har", "--out", Lab.PathOf("precious.har"));

        Assert.Equal("precious", await File.ReadAllTextAsync(Lab.PathOf("precious.har")));
    }

    [Theory]
    [InlineData("--redact and --reveal contradict", "export --case sample --format har --out x.har --redact --reveal")]
    [InlineData("no-such-folder", "export --case sample --format har --out no-such-folder/x.har")]
    [InlineData("is the name of a segment", "export --case sample --format warc --out evidence-00001.warc.gz")]
    [InlineData("filter, position 1: no such term", "export --case sample --format har --out x.har --filter nonsense:1")]
    [InlineData("pdf", "export --case sample --format pdf --out x.pdf")]
    public Task WrongUsage_IsOneLineAndExitCode2(string expected, string arguments) => RefusedAsync(expected, arguments.Split(' '));

    [Fact]
    public async Task WhileRecording_TheRecordingProcessExportsAndNotesIt()
    {
        await using var server = await WebServer.StartAsync("127.0.21.63", async context => await context.Response.Body.WriteAsync("answer"u8.ToArray()));
        await using var capture = await CaptureProcess.StartAsync(Lab, "recorded", "--resolve", "live.shop-cn.example:127.0.21.63");
        var curl = await Built.RunOtherAsync(
            "curl", "-sS", "--fail", "--proxy", $"http://{capture.Proxy}", "-o", "/dev/null", $"http://live.shop-cn.example:{server.Endpoint.Port}/");
        Assert.True(curl.ExitCode == 0, curl.Error);
        await capture.WaitForAsync("#1 ");

        var path = Lab.PathOf("live.warc.gz");
        var outcome = await Built.RunAsync(Lab, "export", "--case", "recorded", "--format", "warc", "--out", path);

        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.Contains("live.shop-cn.example", Contents(path).Single(), StringComparison.Ordinal);
        Assert.Equal(0, await capture.StopAsync());
        var digest = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path)));
        var evidence = Contents(Path.Combine(Lab.Folder, "captures", "recorded", "evidence-00001.warc.gz")).Single();
        Assert.Single(evidence.Split('\n'), l => l.Contains("\"exported\"", StringComparison.Ordinal) && l.Contains(digest, StringComparison.Ordinal));
    }

    private async Task RefusedAsync(string expected, params string[] arguments)
    {
        var outcome = await Built.RunAsync(Lab, arguments);

        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(outcome.Output);
    }

    /// <summary>The texts in a file, unpacked where they are packed.</summary>
    private static IEnumerable<string> Contents(string path)
    {
        if (path.EndsWith(".wacz", StringComparison.Ordinal))
        {
            using var zip = ZipFile.OpenRead(path);
            foreach (var entry in zip.Entries)
            {
                using var content = entry.Open();
                yield return Text(content);
            }
        }
        else
        {
            using var file = File.OpenRead(path);
            yield return Text(file);
        }
    }

    private static string Text(Stream content)
    {
        var bytes = new MemoryStream();
        content.CopyTo(bytes);
        bytes.Position = 0;
        using var reader = new StreamReader(
            bytes.ToArray() is [0x1F, 0x8B, ..] ? new GZipStream(bytes, CompressionMode.Decompress) : bytes, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>What a command lists, without what an import gives anew.</summary>
    private async Task<List<string>> LinesAsync(string command, string name)
    {
        var outcome = await Built.RunAsync(Lab, command, "--case", name, "--format", command == "flows" ? "ndjson" : "json", "--reveal");
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        using var array = JsonDocument.Parse(command == "flows" ? $"[{string.Join(',', outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))}]" : outcome.Output);
        return
        [
            .. array.RootElement.EnumerateArray().Select(
                e => string.Join(' ', e.EnumerateObject().Where(p => p.Name != "flow").Select(p => $"{p.Name}={p.Value}"))),
        ];
    }
}
