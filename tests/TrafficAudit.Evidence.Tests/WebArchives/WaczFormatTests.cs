using System.Text;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Evidence.Tests.Imports;
using TrafficAudit.Evidence.WebArchives;
using static TrafficAudit.Evidence.Tests.WebArchives.WaczText;
using static TrafficAudit.Evidence.Tests.WebArchives.WarcText;

namespace TrafficAudit.Evidence.Tests.WebArchives;

/// <summary>WACZ files, whole and tampered with.</summary>
public sealed class WaczFormatTests
{
    private static readonly byte[] First = Members(Info("browsertrix"), Response("first", fields: "WARC-Payload-Digest: sha256:aa\r\n"));

    private static readonly byte[] Second = Members(
        Record("revisit", "again", "HTTP/1.1 200 OK\r\n\r\n", Shop + "2", "WARC-Profile: x/identical-payload-digest\r\nWARC-Payload-Digest: sha256:aa\r\n"));

    [Fact]
    public async Task Archive_IsImportedWithRevisitsOverItsFiles()
    {
        var (result, flows) = await ImportAsync(Zip(("archive/b.warc.gz", Second), ("archive/a.warc.gz", First)));

        Assert.Equal((2, null), (result.Imported, result.Fault));
        Assert.Equal(["archive/a.warc.gz record 1", "archive/b.warc.gz record 0"], flows.Select(f => f.Metadata.Source!.Place));
        Assert.All(flows, f => Assert.Equal("ok", f.Response.BodyText()));
        Assert.DoesNotContain(result.Notes, n => n.Text.Contains("digest", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatDisagreesWithTheDataPackage_IsSaid()
    {
        var package = Package(("archive/a.warc.gz", Second), ("pages/pages.jsonl", First));

        var (result, flows) = await ImportAsync(Zip(package, null, ("archive/a.warc.gz", First), ("archive/c.warc.gz", First)));

        Assert.Equal(2, flows.Count);
        Assert.Equal(
            [
                new ImportRemark("datapackage.json", "has another digest than datapackage-digest.json says"),
                new ImportRemark("archive/a.warc.gz", $"has {First.Length} bytes; datapackage.json says {Second.Length}"),
                new ImportRemark("archive/a.warc.gz", "has another digest than datapackage.json says"),
                new ImportRemark("pages/pages.jsonl", "is named in datapackage.json and is not there"),
                new ImportRemark("archive/c.warc.gz", "is not named in datapackage.json"),
            ],
            result.Notes.Take(5));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"resources":[1,{"path":7},{"path":"archive/a.warc.gz","hash":"md5:00","bytes":"x"}]}""")]
    [InlineData("no JSON")]
    public async Task OddDataPackage_StopsNothing(string package)
    {
        var (result, flows) = await ImportAsync(Zip(Encoding.UTF8.GetBytes(package), null, ("archive/a.warc.gz", First)));

        Assert.Single(flows);
        Assert.NotEqual(0, result.NoteCount);
    }

    [Fact]
    public async Task OtherZip_IsRefused()
    {
        var exception = await Assert.ThrowsAsync<ImportException>(() => ImportAsync(Zip(("word/document.xml", First))));

        Assert.Equal("a.file is a ZIP but no WACZ: it has no archive/*.warc.gz; unpack it and import what is in it", exception.Message);
    }

    [Fact]
    public async Task EveryTruncation_IsRefusedInOneLine()
    {
        var zip = Zip(("archive/a.warc.gz", First));
        for (var length = 4; length < zip.Length; length += 7)
        {
            var exception = await Assert.ThrowsAsync<ImportException>(() => ImportAsync(zip[..length]));
            Assert.DoesNotContain('\n', exception.Message);
        }
    }

    [Fact]
    public async Task HugeDirectory_IsRefusedBeforeItIsRead()
    {
        var zip = Zip(("archive/a.warc.gz", First));
        byte[] padded = [.. zip[..^22], .. new byte[ZipDirectory.LongestDirectory], .. zip[^22..]];

        var exception = await Assert.ThrowsAsync<ImportException>(() => ImportAsync(padded));

        Assert.Contains("whose directory is longer than", exception.Message, StringComparison.Ordinal);
    }

    private static Task<(ImportResult Result, List<Model.FlowRecord> Flows)> ImportAsync(byte[] zip) => new WaczFormat().ImportAsync(zip);
}
