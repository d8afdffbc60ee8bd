using System.Security.Cryptography;
using System.Text;
using TrafficAudit.Evidence.Har;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Evidence.Tests.Imports;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Evidence.Tests.Har;

public sealed class HarFormatTests
{
    [Fact]
    public async Task Entry_BecomesAFlowWithEverythingItSays()
    {
        var sink = new FlowList();
        var entry = HarText.Entry(HarText.Post("""{"mimeType":"application/json","text":"{\"a\":1}"}""", HarText.Header("Content-Type", "application/json")));
        var result = await new HarFormat().ImportAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(HarText.File(entry))), "a.har", sink, new ImportLabels("s1", "checkout", "phone-1"));

        Assert.Equal((1, 0, 0, null), (result.Imported, result.SkippedCount, result.NoteCount, result.Fault));
        var flow = Assert.Single(sink.Flows);
        var metadata = flow.Metadata;
        Assert.Equal(1, metadata.Number);
        Assert.Equal(FlowKind.Http, metadata.Kind);
        Assert.Equal(Some.Time, metadata.Started);
        Assert.Equal(TimeSpan.Zero, metadata.Started.Offset);
        Assert.Equal(TimeSpan.FromMilliseconds(120.5), metadata.Duration);
        Assert.Equal(TimeSpan.FromMilliseconds(83.25), metadata.TimeToResponse);
        Assert.Equal(("s1", "checkout", "phone-1"), (metadata.Session, metadata.Phase, metadata.Device));
        Assert.Equal(("har", new FlowSource("s1", "entries[0]")), (metadata.Origin, metadata.Source));
        Assert.Equal(("https", "shop.example", 443), (metadata.Scheme, metadata.Host, metadata.Port));
        Assert.Equal(new Peer("192.0.2.10", 443, "HTTP/1.1"), metadata.Upstream);
        Assert.Equal("file", metadata.Resolution!.Source);
        Assert.Equal(["192.0.2.10"], metadata.Resolution.Addresses);
        Assert.Null(metadata.Client);
        Assert.Null(metadata.Failure);
        Assert.Null(metadata.FailureDetail);

        Assert.Equal("POST /submit HTTP/1.1\r\nHost: shop.example\r\nContent-Type: application/json\r\n\r\n", flow.Request.Head());
        Assert.Equal("{\"a\":1}", flow.Request.BodyText());
        Assert.Equal("HTTP/1.1 200 OK\r\n\r\n", flow.Response.Head());
        Assert.Equal("ok", flow.Response.BodyText());
        Assert.Equal(
            new MessageFacts
            {
                Head = HeadForm.Reconstructed,
                BodyLength = 2,
                BodyCaptured = 2,
                BodySha256 = Convert.ToHexStringLower(SHA256.HashData("ok"u8)),
                Complete = true,
            },
            metadata.Response);
        Assert.Equal(7, metadata.Request!.BodyLength);
    }

    [Fact]
    public async Task Entries_KeepTheirOrderAndGetNumbersOnlyWhenUsable()
    {
        var (result, flows) = await HarText.ImportAsync(HarText.File(
            HarText.Entry(HarText.Get.Replace("id=1", "id=0")),
            HarText.Entry(more: "\"startedDateTime\":\"yesterday\""),
            HarText.Entry(HarText.Get.Replace("id=1", "id=2"))));

        Assert.Equal(["/items?id=0", "/items?id=2"], flows.Select(f => HttpHead.Parse(f.Request!.Head.Span).Target));
        Assert.Equal([1, 2], flows.Select(f => f.Metadata.Number));
        Assert.Equal([new ImportRemark("entries[1]", "startedDateTime is no ISO 8601 time with an offset")], result.Skipped);
    }

    [Fact]
    public async Task ManySkippedEntries_AreCountedButNotAllKept()
    {
        var (result, _) = await HarText.ImportAsync(HarText.File(Enumerable.Repeat("{}", 250)));

        Assert.Equal(250, result.SkippedCount);
        Assert.Equal(ImportResult.MaxRemarks, result.Skipped.Length);
        Assert.Equal("entries[99]", result.Skipped[^1].Place);
        Assert.All(result.Skipped, r => Assert.Equal("request.url is missing", r.Text));
    }

    [Theory]
    [InlineData("""{"log":{"entries":[]}}""")]
    [InlineData("""  { "x" : 1.5e3 , "log" : { "pages" : [ { "id" : "[}" } ] , "entries" : [ ] , "comment" : null } , "y" : "\"]}" }  """)]
    public async Task FileWithoutEntries_ImportsNothingWithoutFault(string json)
    {
        var (result, flows) = await HarText.ImportAsync(json);

        Assert.Empty(flows);
        Assert.Equal((0, 0, null), (result.Imported, result.SkippedCount, result.Fault));
    }

    [Fact]
    public async Task MembersAroundTheEntries_ArePassedOver()
    {
        var entry = HarText.Entry();
        foreach (var json in new[]
        {
            $$$"""{"log":{"entries":[{{{entry}}}],"pages":[{"title":"}]"}]}}""",
            $$$"""{"log":{"pages":[[[{}]]],"comment":"\\\"","entries":[{{{entry}}}]},"more":[true,false]}""",
            $$$"""{"entries":[1,2],"log":null,"\u006cog":{"entries":null,"entr\u0069es":[{{{entry}}}]}}""",
            "\uFEFF" + HarText.File(entry),
        })
        {
            var (result, flows) = await HarText.ImportAsync(json);

            Assert.Null(result.Fault);
            Assert.Single(flows);
        }
    }

    [Theory]
    [InlineData("", "a.har is empty; export it again as HAR 1.2")]
    [InlineData("  \n ", "a.har is no HAR: the file ends, before log, at byte 4 (line 2); export it again as HAR 1.2")]
    [InlineData("<html>", "a.har is no HAR: a JSON object is missing, before log, at byte 0 (line 1); export it again as HAR 1.2")]
    [InlineData("PK\u0003\u0004", "a.har is no HAR: a JSON object is missing, before log, at byte 0 (line 1); export it again as HAR 1.2")]
    [InlineData("[{\"log\":{}}]", "a.har is no HAR: a JSON object is missing, before log, at byte 0 (line 1); export it again as HAR 1.2")]
    [InlineData("{log:{}}", "a.har is no HAR: a key in quotes is missing, before log, at byte 1 (line 1); export it again as HAR 1.2")]
    [InlineData("{\"log\" 1}", "a.har is no HAR: a colon is missing, before log, at byte 7 (line 1); export it again as HAR 1.2")]
    [InlineData("{\"a\":}", "a.har is no HAR: a value is missing, before log, at byte 5 (line 1); export it again as HAR 1.2")]
    [InlineData("{\"log\":{\n\"version\":\"1.", "a.har is no HAR: the file ends inside a value, in log, at byte 22 (line 2); export it again as HAR 1.2")]
    [InlineData("{\"a\":1}", "a.har is JSON but no HAR: it has no array log.entries; export it again as HAR 1.2")]
    [InlineData("{\"log\":{\"entries\":{}}}", "a.har is JSON but no HAR: it has no array log.entries; export it again as HAR 1.2")]
    [InlineData("{\"log\":[1]}", "a.har is JSON but no HAR: it has no array log.entries; export it again as HAR 1.2")]
    public async Task WhatIsNoHar_IsRefusedInOneLine(string content, string message)
    {
        var exception = await Assert.ThrowsAsync<ImportException>(() => HarText.ImportAsync(content));

        Assert.Equal(message, exception.Message);
    }

    [Fact]
    public async Task Utf16_IsRefusedWithItsReason()
    {
        var exception = await Assert.ThrowsAsync<ImportException>(
            () => HarText.ImportAsync([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(HarText.File())]));

        Assert.Contains("UTF-16", exception.Message);
    }

    [Fact]
    public async Task EveryTruncation_ImportsExactlyTheWholeEntriesBeforeTheCut()
    {
        var entries = Enumerable.Range(0, 3).Select(i => HarText.Entry(HarText.Get.Replace("id=1", $"id={i}"))).ToArray();
        var whole = HarText.File(entries);
        var ends = entries.Select(e => whole.IndexOf(e, StringComparison.Ordinal) + e.Length).ToArray();
        var start = whole.IndexOf('[') + 1;
        for (var length = 0; length < whole.Length; length++)
        {
            var cut = whole[..length];
            if (length < start)
            {
                await Assert.ThrowsAsync<ImportException>(() => HarText.ImportAsync(cut));
                continue;
            }

            var (result, _) = await HarText.ImportAsync(cut);
            Assert.Equal(ends.Count(e => e <= length), result.Imported);
            Assert.Equal(0, result.SkippedCount);
            Assert.StartsWith("a.har breaks off ", result.Fault);
            Assert.Contains($"at byte {length} (line {cut.Count(c => c == '\n') + 1})", result.Fault);
        }
    }

    [Fact]
    public async Task HalfAFile_SaysInWhichEntryItBreaksOff()
    {
        var whole = HarText.File(HarText.Entry(), HarText.Entry());
        var cut = whole[..^20];

        var (result, _) = await HarText.ImportAsync(cut);

        Assert.Equal(
            $"a.har breaks off in entry 1, at byte {cut.Length} (line {cut.Count(c => c == '\n') + 1}): the file ends inside a value; "
            + "what came before is imported, export the file again to have the rest",
            result.Fault);
    }

    [Theory]
    [InlineData("} x", "after the JSON's end")]
    [InlineData("", "after log")]
    [InlineData(",}", "after log")]
    public async Task BreakAfterTheEntries_KeepsThemAndIsAFault(string tail, string place)
    {
        var (result, flows) = await HarText.ImportAsync(HarText.File(HarText.Entry())[..^1] + tail);

        Assert.Single(flows);
        Assert.Contains(place, result.Fault);
    }

    [Fact]
    public async Task BreakBetweenEntries_KeepsThoseBefore()
    {
        var (result, flows) = await HarText.ImportAsync($$$"""{"log":{"entries":[{{{HarText.Entry()}}} {{{HarText.Entry()}}}]}}""");

        Assert.Single(flows);
        Assert.Contains("before entry 1", result.Fault);
        Assert.Contains("the next entry or the end of the entries is missing", result.Fault);
    }

    [Fact]
    public async Task EntryThatIsNoJson_IsSkippedAndTheNextOneImported()
    {
        var (result, flows) = await HarText.ImportAsync(HarText.File("{\"request\":{\"url\":tru}}", "17", "null", "\"text\"", HarText.Entry()));

        Assert.Single(flows);
        Assert.Null(result.Fault);
        Assert.Equal("the entry is no valid JSON, line 1 of the entry, byte 21", result.Skipped[0].Text);
        Assert.Equal(["the entry is no JSON object", "the entry is no JSON object", "the entry is no JSON object"], result.Skipped[1..].Select(s => s.Text));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4093)]
    public async Task StreamInSmallPieces_GivesTheSameFlows(int piece)
    {
        var entries = Enumerable.Range(0, 40).Select(i => HarText.Entry(
            HarText.Get.Replace("id=1", $"id={i}"),
            HarText.Ok.Replace("\"ok\"", "\"" + string.Concat(Enumerable.Repeat("\\u0041\\\\\\\"한{[", i * 100)) + "\"")));
        var bytes = Encoding.UTF8.GetBytes(HarText.File(entries));

        var (_, expected) = await HarText.ImportAsync(bytes);
        var (result, flows) = await HarText.ImportAsync(new PiecewiseStream(bytes, piece));

        Assert.Null(result.Fault);
        Assert.Equal(40, flows.Count);
        Assert.Equal(expected.Select(f => f.Metadata.Response!.BodySha256), flows.Select(f => f.Metadata.Response!.BodySha256));
        Assert.Equal(expected.Select(f => f.Request.Head()), flows.Select(f => f.Request.Head()));
        Assert.Equal(3 * 39 * 100 + (39 * 100 * (3 + 2)), flows[^1].Metadata.Response!.BodyLength);
    }

    [Fact]
    public async Task EntryOverTheBound_IsSkippedAndTheOthersImported()
    {
        var large = HarText.Entry(response: HarText.Ok.Replace("\"ok\"", $"\"{new string('x', 300_000)}\""));

        var (result, flows) = await HarText.ImportAsync(HarText.File(HarText.Entry(), large, HarText.Entry()), maxEntryBytes: 200_000);

        Assert.Equal(2, flows.Count);
        Assert.Null(result.Fault);
        Assert.Equal([new ImportRemark("entries[1]", "the entry is larger than 200000 bytes")], result.Skipped);
    }

    [Fact]
    public async Task Progress_IsToldAndEndsAtTheFilesEnd()
    {
        var bytes = Encoding.UTF8.GetBytes(HarText.File(Enumerable.Repeat(
            HarText.Entry(response: HarText.Ok.Replace("\"ok\"", $"\"{new string('x', 100_000)}\"")), 50)));
        var reports = new ReportList();

        await new HarFormat().ImportAsync(new MemoryStream(bytes), "a.har", new FlowList(), progress: reports);

        Assert.InRange(reports.Count, 45, 55);
        Assert.Equal(reports.OrderBy(r => r.Share), reports);
        Assert.Equal(new ImportProgress(1, 50, 0), reports[^1]);
    }

    [Fact]
    public async Task Cancellation_EndsTheImportAndKeepsWhatWasHandedOver()
    {
        using var source = new CancellationTokenSource();
        var sink = new FlowList { OnRecord = n => { if (n == 3) { source.Cancel(); } } };
        var bytes = Encoding.UTF8.GetBytes(HarText.File(Enumerable.Repeat(HarText.Entry(), 10)));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new HarFormat().ImportAsync(
            new MemoryStream(bytes), "a.har", sink, cancellation: source.Token));

        Assert.Equal(3, sink.Count);
    }

    private sealed class ReportList : List<ImportProgress>, IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => Add(value);
    }
}
