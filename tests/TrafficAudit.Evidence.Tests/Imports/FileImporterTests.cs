using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Evidence.Tests.Har;
using TrafficAudit.Evidence.Tests.Mitmproxy;
using TrafficAudit.Evidence.Tests.Recording;
using TrafficAudit.Evidence.Tests.WebArchives;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Evidence.Tests.Imports;

/// <summary>Files into a case: chosen by content, journalled, once each.</summary>
public sealed class FileImporterTests : IDisposable
{
    private readonly TestCase _case = new();
    private readonly TemporaryFolder _files = new();

    private static byte[] Har { get; } = Encoding.UTF8.GetBytes(HarText.File(
        Enumerable.Range(0, 20).Select(i => HarText.Entry(HarText.Get.Replace("id=1", $"id={i}", StringComparison.Ordinal)))));

    public void Dispose()
    {
        _case.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task Kind_IsToldByTheContentWhateverTheName()
    {
        var results = new List<ImportResult>();
        foreach (var content in new[] { Har, WarcText.Members(WarcText.Response("a")), WarcText.Plain(WarcText.Response("b")), Tnet.Of(Flows.Http(17)) })
        {
            results.Add(await ImportAsync(Save($"{results.Count}.txt", content)));
        }

        Assert.Equal(["HAR 1.2", "WARC", "WARC", "mitmproxy flows"], results.Select(r => r.Format));
        Assert.Equal(["har", "mitmproxy", "warc"], _case.Flows().Select(f => f.Metadata.Origin).Distinct().Order());
    }

    [Theory]
    [InlineData("", "a.txt is empty; export it again")]
    [InlineData("hello", "a.txt is none of the formats that can be imported (evidence of TrafficAudit, WARC, WACZ, mitmproxy flows, HAR 1.2); export it as one of them")]
    [InlineData("\u001F\u008B\b\0", "a.txt is none of the formats that can be imported (evidence of TrafficAudit, WARC, WACZ, mitmproxy flows, HAR 1.2); export it as one of them")]
    public async Task OtherContent_IsRefusedInOneLine(string content, string message)
    {
        var exception = await Assert.ThrowsAsync<ImportException>(() => ImportAsync(Save("a.txt", Encoding.Latin1.GetBytes(content))));

        Assert.Equal(message, exception.Message);
        Assert.Empty(_case.Journal(JournalKinds.ImportStarted));
    }

    [Fact]
    public async Task Journal_HasNameSizeAndDigest()
    {
        var result = await ImportAsync(Save("a.har", Har), new ImportOptions("consented"));

        var content = Assert.Single(_case.Journal(JournalKinds.Import)).Content;
        Assert.Equal(
            ("a.har", Har.Length, Convert.ToHexStringLower(SHA256.HashData(Har)), 20, "HAR 1.2"),
            (content.GetProperty("file").GetString(), content.GetProperty("bytes").GetInt32(), content.GetProperty("sha256").GetString(),
                content.GetProperty("imported").GetInt32(), content.GetProperty("format").GetString()));
        Assert.Equal(20, result.Imported);
        Assert.All(_case.Flows(), f => Assert.Equal((content.GetProperty("import").GetString(), "consented"), (f.Metadata.Session, f.Metadata.Phase)));
        Assert.All(_case.Flows(), f => Assert.Equal(f.Metadata.Session, f.Metadata.Source!.Import));
    }

    [Fact]
    public async Task SameFileTwice_AddsNothing()
    {
        await ImportAsync(Save("a.har", Har));
        var second = await ImportAsync(Save("another name.har", Har));

        Assert.Equal((0, Some.Time), (second.Imported, second.ImportedBefore));
        Assert.Equal(20, _case.Flows().Count);
        Assert.Single(_case.Journal(JournalKinds.Import));
    }

    [Fact]
    public async Task SameFileTwiceInOneRun_AddsNothing()
    {
        await using var writer = await _case.OpenAsync();
        var importer = new FileImporter(_case.Folder, writer, new FakeTimeProvider(Some.Time));
        var path = Save("a.har", Har);

        await importer.ImportAsync(path, new ImportOptions(), null, default);

        Assert.NotNull((await importer.ImportAsync(path, new ImportOptions(), null, default)).ImportedBefore);
    }

    [Fact]
    public async Task InterruptedImport_GoesOnWhereItWas()
    {
        var path = Save("a.har", Har);
        using var source = new CancellationTokenSource();
        await using (var writer = await _case.OpenAsync())
        {
            var progress = new Report(p =>
            {
                if (p.Imported == 7)
                {
                    source.Cancel();
                }
            });
            var importer = new FileImporter(_case.Folder, writer, new FakeTimeProvider(Some.Time));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => importer.ImportAsync(path, new ImportOptions(), progress, source.Token));
        }

        Assert.Equal(7, _case.Flows().Count);
        var again = await ImportAsync(path);

        Assert.Equal((13, 7, null), (again.Imported, again.Present, again.ImportedBefore));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"entries[{i}]"), _case.Flows().Select(f => f.Metadata.Source!.Place));
        Assert.Equal(20, _case.Journal(JournalKinds.Import)[0].Content.GetProperty("imported").GetInt32());
        Assert.NotNull((await ImportAsync(path)).ImportedBefore);
    }

    [Fact]
    public async Task KeptOriginal_LiesUnderItsDigest()
    {
        await ImportAsync(Save("a.har", Har), new ImportOptions(KeepOriginal: true));

        var content = Assert.Single(_case.Journal(JournalKinds.OriginalKept)).Content;
        var path = Path.Combine(_case.Folder.Path, content.GetProperty("path").GetString()!);
        Assert.Equal(Har, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal($"{content.GetProperty("sha256").GetString()}.har", Path.GetFileName(path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public async Task BrokenFile_IsImportedOnceAsFarAsItGoes()
    {
        var path = Save("a.har", Har[..^30]);

        var first = await ImportAsync(path);

        Assert.NotNull(first.Fault);
        Assert.Equal(first.Fault, _case.Journal(JournalKinds.Import)[0].Content.GetProperty("fault").GetString());
        Assert.NotNull((await ImportAsync(path)).ImportedBefore);
    }

    [Fact]
    public async Task SegmentOfThisCase_IsRefused()
    {
        await ImportAsync(Save("a.har", Har));

        var exception = await Assert.ThrowsAsync<ImportException>(() => ImportAsync(_case.FirstSegment));

        Assert.Equal("evidence-00001.warc.gz is evidence of this very case; import it into another one", exception.Message);
    }

    private string Save(string name, byte[] content)
    {
        var path = _files.File(name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private async Task<ImportResult> ImportAsync(string path, ImportOptions? options = null)
    {
        await using var writer = await _case.OpenAsync();
        return await new FileImporter(_case.Folder, writer, new FakeTimeProvider(Some.Time)).ImportAsync(
            path, options ?? new ImportOptions(), null, TestContext.Current.CancellationToken);
    }

    private sealed class Report(Action<ImportProgress> report) : IProgress<ImportProgress>
    {
        void IProgress<ImportProgress>.Report(ImportProgress value) => report(value);
    }
}
