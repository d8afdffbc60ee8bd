using System.IO.Compression;
using System.Text;
using System.Text.Json;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Evidence.Tests.Recording;

public sealed class ConversationTests : IDisposable
{
    private readonly TestCase _case = new();

    public void Dispose() => _case.Dispose();

    [Fact]
    public async Task MessagesOfEveryKind_ComeBackAsTheyWere()
    {
        WebSocketMessage[] given =
        [
            Some.WebSocketMessage(0, "{\"이름\":\"<홍길동>\\n\"}"),
            Some.WebSocketMessage(1, [0, 255, 10, 13], type: WebSocketMessageType.Binary, sent: false),
            Some.WebSocketMessage(2, [0xFF, 0xFE]) with { Length = 900, Sha256 = Body.EmptySha256 },
            Some.WebSocketMessage(3, [], type: WebSocketMessageType.Ping),
            Some.WebSocketMessage(4, ""),
            Some.WebSocketMessage(5, "half", sent: false) with { IsComplete = false },
            Some.WebSocketMessage(6, [3, 232], type: WebSocketMessageType.Close),
        ];
        await using (var writer = await _case.OpenAsync())
        {
            var number = writer.TakeNumber();
            await writer.OpenAsync(Some.WebSocket(number), default);
            await writer.AppendAsync(number, given[..4], default);
            await writer.RecordAsync(Some.Flow(writer.TakeNumber()), default);
            await writer.AppendAsync(number, given[4..], default);
            await writer.RecordAsync(Some.WebSocket(number, given.Length), default);
        }

        var read = _case.Flows().Single(f => f.Metadata.Kind == FlowKind.WebSocket);
        AssertSame(given, read.Messages);
        AssertSame(given, _case.Committed.Single(f => f.Flow.Metadata.Number == 1).Flow.Messages);
        Assert.Equal([2, 1], _case.Flows().Select(f => f.Metadata.Number));
        WarcCheck.AssertSound([_case.FirstSegment]);
    }

    [Fact]
    public async Task RecordOfMessages_IsOneJsonObjectALine()
    {
        await RecordAsync(Some.WebSocket(1, 2), Some.WebSocketMessage(0, "안녕"), Some.WebSocketMessage(1, [1], WebSocketMessageType.Binary, sent: false));

        await using var gzip = new GZipStream(File.OpenRead(_case.FirstSegment), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip, Encoding.UTF8);
        var lines = (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n').Where(l => l.StartsWith("{\"index\":", StringComparison.Ordinal));

        Assert.Equal(
            [
                """{"index":0,"time":"2026-01-02T03:04:05.678Z","message":"ws_sent","type":"text","length":6,"text":"안녕"}""",
                """{"index":1,"time":"2026-01-02T03:04:05.679Z","message":"ws_received","type":"binary","length":1,"base64":"AQ=="}""",
            ],
            lines);
    }

    [Fact]
    public async Task FlowThatBringsItsMessages_IsStoredTheSameWay()
    {
        WebSocketMessage[] given = [.. Enumerable.Range(0, 700).Select(i => Some.WebSocketMessage(i, new string('x', 1000)))];

        await RecordAsync(Some.WebSocket(1, given.Length) with { Messages = new MemoryConversation(given) });

        AssertSame(given, _case.Flows().Single().Messages);
        Assert.Equal(3, WarcCheck.Read(_case.FirstSegment).Count(r => r["TA-Part"] == "messages"));
    }

    [Fact]
    public async Task ConversationOverSegments_IsReadWholeAndBelongsToItsLast()
    {
        WebSocketMessage[] given = [.. Enumerable.Range(0, 60).Select(i => Some.WebSocketMessage(i, $"{i}"))];
        await using (var writer = await _case.OpenAsync(TestCase.Options with { SegmentFlows = 4 }))
        {
            await writer.OpenAsync(Some.WebSocket(writer.TakeNumber()), default);
            foreach (var message in given)
            {
                await writer.AppendAsync(1, [message], default);
                await writer.RecordAsync(Some.Flow(writer.TakeNumber()), default);
            }

            await writer.RecordAsync(Some.WebSocket(1, given.Length), default);
        }

        Assert.True(_case.Folder.Segments.Count > 10);
        var stored = _case.Reader.ReadSegment(_case.Folder.Segments[^1]).Select(e => e.Flow).Single(f => f?.Flow.Metadata.Kind == FlowKind.WebSocket);
        AssertSame(given, stored!.Flow.Messages);
        AssertSame(given, _case.Reader.ReadFlow(stored.Position)!.Messages);
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(3)]
    public async Task Killed_NextStartCompletesItAsInterrupted(int segmentFlows)
    {
        var options = TestCase.Options with { SegmentFlows = segmentFlows };
        WebSocketMessage[] given = [.. Enumerable.Range(0, 20).Select(i => Some.WebSocketMessage(i, $"{i:00}", sent: i % 4 != 0))];
        await using (var writer = await _case.OpenAsync(options))
        {
            await writer.OpenAsync(Some.WebSocket(writer.TakeNumber()), default);
            foreach (var message in given)
            {
                await writer.AppendAsync(1, [message], default);
                await writer.RecordAsync(Some.Flow(writer.TakeNumber()), default);
            }

            await writer.FlushAsync(default);
            await CopyAsKilledAsync("killed");
        }

        var killed = CaseFolder.Open(_case.Folder.Path + "-killed");
        Assert.DoesNotContain(Flows(killed), f => f.Metadata.Number == 1);
        for (var start = 0; start < 2; start++)
        {
            await using var again = await TestCase.OpenAsync(killed, options);
        }

        var flow = Flows(killed).Single(f => f.Metadata.Number == 1);
        Assert.Equal(FlowFailure.Interrupted, flow.Metadata.Failure);
        Assert.Equal((new MessageCounts(15, 5), 30L, 10L), (flow.Metadata.Messages, flow.Metadata.BytesSent, flow.Metadata.BytesReceived));
        Assert.Equal(given[^1].Time - flow.Metadata.Started, flow.Metadata.Duration);
        Assert.StartsWith("GET /chat HTTP/1.1\r\n", TestCase.HeadText(flow.Request), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 101 ", TestCase.HeadText(flow.Response), StringComparison.Ordinal);
        AssertSame(given, flow.Messages);
        WarcCheck.AssertSound(killed.Segments.Select(killed.SegmentPath));
    }

    [Fact]
    public async Task KilledAtAnyByte_MessagesCommittedBeforeAreThere()
    {
        await using (var writer = await _case.OpenAsync())
        {
            await writer.OpenAsync(Some.WebSocket(writer.TakeNumber()), default);
            for (var i = 0; i < 3; i++)
            {
                await writer.AppendAsync(1, [Some.WebSocketMessage(i, $"{i}")], default);
                await writer.FlushAsync(default);
            }

            await CopyAsKilledAsync("torn");
        }

        var killed = CaseFolder.Open(_case.Folder.Path + "-torn");
        var whole = await File.ReadAllBytesAsync(killed.SegmentPath(1), TestContext.Current.CancellationToken);
        var batches = WarcCheck.Read(killed.SegmentPath(1)).Where(r => r["TA-Part"] == "messages").ToList();
        for (var cut = (int)batches[1].Offset; cut <= whole.Length; cut += 53)
        {
            await File.WriteAllBytesAsync(killed.SegmentPath(1), whole[..cut], TestContext.Current.CancellationToken);
            await using (await TestCase.OpenAsync(killed))
            {
            }

            Assert.Equal(batches.Count(b => b.End <= cut), Flows(killed).Single().Messages!.Read().Count());
        }
    }

    [Fact]
    public async Task StreamThatWasOpened_CompletedAsInterruptedWithoutMessages()
    {
        await using (var writer = await _case.OpenAsync())
        {
            await writer.OpenAsync(Some.Flow(writer.TakeNumber()), default);
        }

        var flow = Assert.Single(_case.Flows());
        Assert.Equal((FlowKind.Http, FlowFailure.Interrupted), (flow.Metadata.Kind, flow.Metadata.Failure));
        Assert.Null(flow.Messages);
    }

    [Fact]
    public async Task DamagedBatch_CostsItsMessagesAlone()
    {
        await using (var writer = await _case.OpenAsync())
        {
            await writer.OpenAsync(Some.WebSocket(writer.TakeNumber()), default);
            for (var i = 0; i < 3; i++)
            {
                await writer.AppendAsync(1, [Some.WebSocketMessage(i, $"{i}")], default);
            }

            await writer.RecordAsync(Some.WebSocket(1, 3), default);
        }

        var middle = WarcCheck.Read(_case.FirstSegment).Where(r => r["TA-Part"] == "messages").ElementAt(1);
        var bytes = await File.ReadAllBytesAsync(_case.FirstSegment, TestContext.Current.CancellationToken);
        bytes[(middle.Offset + middle.End) / 2] ^= 1;
        await File.WriteAllBytesAsync(_case.FirstSegment, bytes, TestContext.Current.CancellationToken);

        var damaged = new List<FlowPosition>();
        var flow = new EvidenceReader(_case.Folder, damaged.Add).ReadAll().Single(e => e.Flow is not null).Flow!.Flow;

        Assert.Equal([0, 2], flow.Messages!.Read().Select(m => m.Index));
        Assert.Equal(3, flow.Messages.Count);
        Assert.Equal(middle.Offset, Assert.Single(damaged).Offset);
    }

    [Fact]
    public async Task MessagesOfTheFlowsMetadata_AreCountedInItsJson()
    {
        await RecordAsync(Some.WebSocket(1, 1), Some.WebSocketMessage(0, "x"));

        var block = WarcCheck.Read(_case.FirstSegment).Single(r => r.Type == "metadata" && r["TA-Flow"] == "1" && r["TA-Part"] is null).Block;
        var json = JsonDocument.Parse(block).RootElement;

        Assert.Equal(1, json.GetProperty("flow").GetProperty("messages").GetProperty("sent").GetInt64());
        Assert.Equal(1, json.GetProperty("batches")[0].GetProperty("totals").GetProperty("sent").GetInt32());
    }

    private static void AssertSame(IReadOnlyList<WebSocketMessage> expected, Conversation? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (e, a) in expected.Zip(actual.Read().ToList(), (e, a) => (e, a)))
        {
            Assert.Equal(e with { Payload = default }, a with { Payload = default });
            Assert.Equal(e.Payload.ToArray(), a.Payload.ToArray());
        }

        Assert.Equal(expected.Count, actual.Read().Count());
    }

    private static List<FlowRecord> Flows(CaseFolder folder) =>
        [.. new EvidenceReader(folder).ReadAll().Where(e => e.Flow is not null).Select(e => e.Flow!.Flow)];

    private async Task RecordAsync(FlowRecord flow, params WebSocketMessage[] messages)
    {
        await using var writer = await _case.OpenAsync();
        var number = writer.TakeNumber();
        if (messages.Length > 0)
        {
            await writer.OpenAsync(flow, default);
            await writer.AppendAsync(number, messages, default);
        }

        await writer.RecordAsync(flow, default);
    }

    /// <summary>The case as a process that is killed now leaves it, in a folder of its own beside it.</summary>
    private async Task CopyAsKilledAsync(string suffix)
    {
        var copy = Directory.CreateDirectory($"{_case.Folder.Path}-{suffix}").FullName;
        foreach (var path in Directory.GetFiles(_case.Folder.Path).Where(p => p.EndsWith("case.json", StringComparison.Ordinal) || p.Contains("evidence-", StringComparison.Ordinal)))
        {
            await using var from = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await using var to = File.Create(Path.Combine(copy, Path.GetFileName(path)));
            await from.CopyToAsync(to);
        }
    }
}
