using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Evidence.Tests.Recording;

public sealed class RoundTripTests : IDisposable
{
    private const string ChunkedHead = "HTTP/1.1 200 OK\r\nTRANSFER-encoding:  chunked\r\nX: 1\r\nTransfer-Encoding: gzip\r\nx: \u00E9\r\n\r\n";

    private readonly TestCase _case = new();

    public void Dispose() => _case.Dispose();

    [Fact]
    public async Task SmallFlow_ComesBackByteForByte()
    {
        var flow = await RoundTripAsync(Some.Flow());

        AssertSame(Some.Flow(), flow);
    }

    [Fact]
    public async Task OddHead_ComesBackByteForByte()
    {
        var head = Encoding.Latin1.GetBytes("get  http://x/ HTTP/1.1\r\nhost:a\r\nHOST: b\nno colon\r\n folded\u00FF\r\n\r\n");

        var flow = await RoundTripAsync(Some.Flow() with { Request = new Message(head, Body.Empty) });

        Assert.Equal(head, flow.Request!.Head.ToArray());
    }

    [Fact]
    public async Task ChunkedHead_IsRestoredExactly_AndRenamedInTheBlock()
    {
        var head = Encoding.Latin1.GetBytes(ChunkedHead);

        var flow = await RoundTripAsync(Some.Flow() with { Response = new Message(head, Some.Body("dechunked")) });

        Assert.Equal(head, flow.Response!.Head.ToArray());
        Assert.Equal("dechunked", Encoding.UTF8.GetString(flow.Response.Body.ToMemory().Span));
        var block = Encoding.Latin1.GetString(WarcCheck.Read(_case.FirstSegment).Single(r => r.Type == "response").Block);
        Assert.Contains("\r\nX-Archive-Orig-TRANSFER-encoding:  chunked\r\n", block, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\nTransfer-Encoding", block, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task EmptyMessages_ComeBackEmpty()
    {
        var empty = Some.Flow() with { Request = new Message(ReadOnlyMemory<byte>.Empty, Body.Empty), Response = null };

        var flow = await RoundTripAsync(empty);

        Assert.Equal(0, flow.Request!.Head.Length);
        Assert.Equal(0, flow.Request.Body.Length);
        Assert.Null(flow.Response);
    }

    [Fact]
    public async Task TruncatedBody_SaysSoInItsRecord()
    {
        var given = Some.Flow();
        var facts = given.Metadata.Response! with { BodyLength = 1_000_000, Complete = false };

        var flow = await RoundTripAsync(given with { Metadata = given.Metadata with { Response = facts } });

        Assert.Equal(facts, flow.Metadata.Response);
        var record = WarcCheck.Read(_case.FirstSegment).Single(r => r.Type == "response");
        Assert.Equal("length", record["WARC-Truncated"]);
        Assert.Null(record["WARC-Payload-Digest"]);
    }

    [Fact]
    public async Task BrokenOffBody_SaysSoInItsRecord()
    {
        var given = Some.Flow();

        await RoundTripAsync(given with { Metadata = given.Metadata with { Response = given.Metadata.Response! with { Complete = false } } });

        Assert.Equal("disconnect", WarcCheck.Read(_case.FirstSegment).Single(r => r.Type == "response")["WARC-Truncated"]);
    }

    [Fact]
    public async Task OpaqueFlow_ComesBackWithItsFirstBytes()
    {
        var metadata = Some.Flow().Metadata with
        {
            Kind = FlowKind.Opaque, Scheme = "tcp", Host = "", Port = 0, Request = null, Response = null,
            BytesSent = 7, BytesReceived = 9, FirstBytes = [0, 1, 255], Failure = FlowFailure.NotHttp,
        };

        var flow = await RoundTripAsync(new FlowRecord(metadata, null, null));

        AssertSame(new FlowRecord(metadata, null, null), flow);
        Assert.Equal([0, 1, 255], flow.Metadata.FirstBytes);
    }

    [Fact]
    public async Task LargeFileBody_IsStreamedAndItsFileStaysTheReceivers()
    {
        const int length = 40 * 1024 * 1024;
        using var folder = new TemporaryFolder();
        var bytes = RandomNumberGenerator.GetBytes(length);
        await File.WriteAllBytesAsync(folder.File("spooled"), bytes, TestContext.Current.CancellationToken);
        var given = Some.Flow() with { Request = new Message(Some.Flow().Request!.Head, new FileBody(folder.File("spooled"), length)) };

        using var flow = await RoundTripAsync(given);

        Assert.Equal(length, flow.Request!.Body.Length);
        await using var body = flow.Request.Body.OpenRead();
        Assert.Equal(SHA256.HashData(bytes), await SHA256.HashDataAsync(body, TestContext.Current.CancellationToken));
        Assert.Equal(given.Request!.Head.ToArray(), flow.Request.Head.ToArray());
        Assert.True(File.Exists(folder.File("spooled")));
        Assert.Empty(Directory.GetFileSystemEntries(_case.Folder.SpoolFolder));
    }

    [Fact]
    public async Task LargeBodyBehindAChangedHead_ComesBackExactly()
    {
        var head = Encoding.Latin1.GetBytes(ChunkedHead);
        var bytes = RandomNumberGenerator.GetBytes(3_000_000);

        using var flow = await RoundTripAsync(Some.Flow() with { Response = new Message(head, new MemoryBody(bytes)) });

        Assert.Equal(head, flow.Response!.Head.ToArray());
        Assert.Equal(bytes, flow.Response.Body.ToMemory().ToArray());
    }

    [Fact]
    public async Task LargeBodyOfASegmentThatIsGone_IsAnIOException()
    {
        using var flow = await RoundTripAsync(TestCase.Large(1, 2_000_000));
        File.Delete(_case.FirstSegment);

        Assert.ThrowsAny<IOException>(() => flow.Request!.Body.ToMemory());
    }

    [Fact]
    public async Task LongAddress_IsCutInTheHeaderOnly()
    {
        var request = Some.Message("GET /?q=" + new string('\u00E9', 60_000) + " HTTP/1.1\nHost: api.shop.example");

        await using (var writer = await _case.OpenAsync())
        {
            await writer.RecordAsync(Some.Flow(1, request: request), default);
            await writer.RecordAsync(Some.Flow(2), default);
        }

        await using (await _case.OpenAsync())
        {
            Assert.Equal([1, 2], _case.Flows().Select(f => f.Metadata.Number));
        }

        Assert.Equal(request.Head.ToArray(), _case.Flows()[0].Request!.Head.ToArray());
        Assert.Empty(_case.Journal(JournalKinds.Recovered));
    }

    [Fact]
    public async Task LineBreaksInAPeersFacts_StartNoHeaderLine()
    {
        var given = Some.Flow();
        var upstream = given.Metadata.Upstream! with { Address = "192.0.2.1\r\nTA-Flow: 99", HttpVersion = "HTTP/9\r\n\r\n" };

        var flow = await RoundTripAsync(given with { Metadata = given.Metadata with { Upstream = upstream } });

        Assert.Equal(upstream.Address, flow.Metadata.Upstream!.Address);
        Assert.Equal("1", WarcCheck.Read(_case.FirstSegment).Single(r => r.Type == "request")["TA-Flow"]);
    }

    [Fact]
    public async Task JournalEntry_ComesBackWithItsContent()
    {
        await using (var writer = await _case.OpenAsync())
        {
            await writer.RecordAsync(JournalKinds.Phase, new JsonObject { ["name"] = "before_consent", ["n"] = new JsonArray(1, null) }, default);
        }

        var entry = Assert.Single(_case.Journal(JournalKinds.Phase));
        Assert.Equal(Some.Time, entry.Time);
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse("""{"name":"before_consent","n":[1,null]}""").RootElement, entry.Content));
    }

    [Fact]
    public async Task NewCase_BeginsWithItsCreation()
    {
        await using var writer = await _case.OpenAsync();

        Assert.Equal([JournalKinds.CaseCreated, JournalKinds.NumberBlock], _case.Reader.ReadAll().Select(e => e.Entry!.Kind));
        Assert.Equal("lab", _case.Journal(JournalKinds.CaseCreated)[0].Content.GetProperty("name").GetString());
    }

    [Fact]
    public async Task EachFlow_IsFoundAgainByItsPosition()
    {
        await _case.RecordAsync(5, TestCase.Options with { SegmentFlows = 2 });

        Assert.Equal(5, _case.Committed.Count);
        foreach (var stored in _case.Committed)
        {
            Assert.Equal(stored.Flow.Metadata.Number, _case.Reader.ReadFlow(stored.Position)!.Metadata.Number);
        }

        var read = _case.Reader.ReadAll().Where(e => e.Flow is not null).Select(e => (e.Flow!.Position, e.Flow.End));
        Assert.Equal(_case.Committed.Select(s => (s.Position, s.End)), read);
        Assert.Null(_case.Reader.ReadFlow(new FlowPosition(9, 0)));
        Assert.Null(_case.Reader.ReadFlow(new FlowPosition(1, -5)));
        Assert.Null(_case.Reader.ReadFlow(new FlowPosition(1, long.MaxValue)));
    }

    [Fact]
    public async Task PositionInsideAFlow_GivesNoHalfFlow()
    {
        await _case.RecordAsync(1);

        foreach (var record in WarcCheck.Read(_case.FirstSegment).Where(r => r["TA-Flow"] is not null && r.Type != "request"))
        {
            Assert.Null(_case.Reader.ReadFlow(new FlowPosition(1, record.Offset)));
        }
    }

    [Fact]
    public async Task ReadingOnFromAFlowsEnd_GivesWhatFollows()
    {
        await _case.RecordAsync(3);

        var rest = _case.Reader.ReadSegment(1, _case.Committed.First().End).Where(e => e.Flow is not null).Select(e => e.Flow!.Flow.Metadata.Number);

        Assert.Equal([2, 3], rest);
        Assert.Equal(new FileInfo(_case.FirstSegment).Length, _case.Reader.SegmentLength(1));
    }

    [Fact]
    public async Task ReadingBesideAWriter_EndsWithAWholeFlow()
    {
        await using var writer = await _case.OpenAsync();
        var recording = Task.Run(async () =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                await writer.RecordAsync(Some.Flow(writer.TakeNumber()), default);
            }
        });
        do
        {
            var numbers = _case.Flows().Select(f => f.Metadata.Number).ToList();
            Assert.Equal(Enumerable.Range(1, numbers.Count).Select(n => (long)n), numbers);
        }
        while (!recording.IsCompleted);

        await recording;
        await writer.FlushAsync(default);
        Assert.Equal(2_000, _case.Flows().Count);
    }

    private static void AssertSame(FlowRecord expected, FlowRecord actual)
    {
        Assert.Equal(
            JsonSerializer.Serialize(expected.Metadata, ModelJson.Default.FlowMetadata),
            JsonSerializer.Serialize(actual.Metadata, ModelJson.Default.FlowMetadata));
        foreach (var (e, a) in new[] { (expected.Request, actual.Request), (expected.Response, actual.Response) })
        {
            Assert.Equal(e?.Head.ToArray(), a?.Head.ToArray());
            Assert.Equal(e?.Body.ToMemory().ToArray(), a?.Body.ToMemory().ToArray());
        }
    }

    private async Task<FlowRecord> RoundTripAsync(FlowRecord flow)
    {
        await using (var writer = await _case.OpenAsync())
        {
            await writer.RecordAsync(flow, default);
        }

        return Assert.Single(_case.Flows());
    }
}
