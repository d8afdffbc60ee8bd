using Microsoft.Extensions.Time.Testing;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Evidence.Tests.Recording;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Evidence.Tests.WebArchives;

/// <summary>Segments of another case of this program give the same flows.</summary>
public sealed class SegmentFormatTests : IDisposable
{
    private readonly TestCase _first = new();
    private readonly TestCase _second = new();

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public async Task Flows_AreTheSameButForTheirNumbers()
    {
        await using (var writer = await _first.OpenAsync())
        {
            var flow = Some.Flow(writer.TakeNumber());
            await writer.RecordAsync(flow with { Metadata = flow.Metadata with { Session = "s1", Phase = "consented", Device = "d1", Connection = 7 } }, default);
            await writer.RecordAsync(TestCase.Large(writer.TakeNumber(), 3_000_000), default);
            var chat = Some.WebSocket(writer.TakeNumber(), 2) with
            {
                Messages = new MemoryConversation([Some.WebSocketMessage(0, "one"), Some.WebSocketMessage(1, "two")]),
            };
            await writer.RecordAsync(chat, default);
        }

        var result = await ImportAsync(_first.FirstSegment);

        Assert.Equal((3, 0, "evidence of TrafficAudit"), (result.Imported, result.NoteCount, result.Format));
        var (expected, actual) = (_first.Flows(), _second.Flows());
        Assert.Equal(["#1", "#2", "#3"], actual.Select(f => f.Metadata.Source!.Place));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equivalent(
                expected[i].Metadata with { Session = i == 0 ? "s1" : actual[i].Metadata.Session, Number = actual[i].Metadata.Number, Source = actual[i].Metadata.Source },
                actual[i].Metadata);
            Assert.Equal(expected[i].Request!.Head.ToArray(), actual[i].Request!.Head.ToArray());
            Assert.Equal(expected[i].Request!.Body.ToMemory().ToArray(), actual[i].Request!.Body.ToMemory().ToArray());
        }

        Assert.Equal([.. "one"u8], actual[2].Messages!.Read().First().Payload.ToArray());
    }

    [Fact]
    public async Task MessagesInSegmentsThatAreNotThere_AreSaidToBeMissing()
    {
        await using (var writer = await _first.OpenAsync(TestCase.Options with { SegmentFlows = 1 }))
        {
            var chat = Some.WebSocket(writer.TakeNumber());
            await writer.OpenAsync(chat, default);
            await writer.AppendAsync(1, [Some.WebSocketMessage(0, "one")], default);
            await writer.FlushAsync(default);
            await writer.RecordAsync(Some.Flow(writer.TakeNumber()), default);
            await writer.AppendAsync(1, [Some.WebSocketMessage(1, "two")], default);
            await writer.RecordAsync(chat with { Metadata = chat.Metadata with { Messages = new MessageCounts(2, 0) } }, default);
        }

        using var alone = new TemporaryFolder();
        var copy = alone.File("moved.warc.gz");
        File.Copy(_first.Folder.SegmentPath(2), copy);

        var result = await ImportAsync(copy);

        Assert.Equal(new ImportRemark("#1", "1 of 2 messages lie in segments that are not beside this file, or are damaged"), Assert.Single(result.Notes));
        Assert.Equal([.. "two"u8], Assert.Single(_second.Flows().Single().Messages!.Read()).Payload.ToArray());
    }

    [Fact]
    public async Task DamagedRecord_CostsItsFlowAlone()
    {
        await _first.RecordAsync(3);
        var bytes = await File.ReadAllBytesAsync(_first.FirstSegment, TestContext.Current.CancellationToken);
        var damage = (int)_first.Reader.ReadAll().First(e => e.Flow?.Flow.Metadata.Number == 2).Flow!.Position.Offset + 40;
        bytes[damage] ^= 0xFF;
        using var alone = new TemporaryFolder();
        await File.WriteAllBytesAsync(alone.File("a.warc.gz"), bytes, TestContext.Current.CancellationToken);

        var result = await ImportAsync(alone.File("a.warc.gz"));

        Assert.Equal(["#1", "#3"], _second.Flows().Select(f => f.Metadata.Source!.Place));
        Assert.NotEqual(0, result.NoteCount);
    }

    private async Task<ImportResult> ImportAsync(string path)
    {
        await using var writer = await _second.OpenAsync();
        return await new FileImporter(_second.Folder, writer, new FakeTimeProvider(Some.Time)).ImportAsync(
            path, new ImportOptions(), null, TestContext.Current.CancellationToken);
    }
}
