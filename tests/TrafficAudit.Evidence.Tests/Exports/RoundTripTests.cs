using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TrafficAudit.Evidence.Exports;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Evidence.Tests.Recording;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Evidence.Tests.Exports;

/// <summary>What was exported whole and imported again is the same, whatever the format.</summary>
public sealed class RoundTripTests : IDisposable
{
    private static readonly ExportInfo Info = new("TrafficAudit/1.2.3", "lab", Some.Time, "host:*.example", false, []);

    private readonly TestCase _case = new();
    private readonly TestCase _other = new();
    private readonly TemporaryFolder _files = new();

    public void Dispose()
    {
        _case.Dispose();
        _other.Dispose();
        _files.Dispose();
    }

    [Theory]
    [InlineData("har")]
    [InlineData("warc")]
    [InlineData("wacz")]
    public async Task Import_GivesTheSameFlows(string format)
    {
        await RecordAsync(
            Some.Flow(1),
            Some.Flow(2, request: Some.Message("POST /a?b=%20c HTTP/1.1\nhost: x.example\nX-A: 1\nX-A: 2", [0, 1, 255, 254])),
            Some.Flow(3, response: Gzipped("{\"ok\":\"한국어\"}")),
            Some.Flow(4, response: Some.Message("HTTP/1.1 204 \nX-Empty:")),
            TestCase.Large(5, 3 * 1024 * 1024),
            Opaque(6),
            Some.Flow(7, response: Some.Message("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nContent-Type: text/plain; charset=euc-kr", [0xC7, 0xD1, 0xB1, 0xDB])),
            Conversation(8));

        await ImportAsync(Export(format));

        Assert.Equal(_case.Flows().ConvertAll(Described), _other.Flows().ConvertAll(Described));
    }

    [Fact]
    public async Task Har_WhoseContentWasChanged_SaysSoOnImport()
    {
        await RecordAsync(Some.Flow(1));
        var path = Export("har");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("{\\\"ok\\\":true}", "{\\\"ok\\\":null}", StringComparison.Ordinal));

        await ImportAsync(path);

        var flow = Assert.Single(_other.Flows());
        Assert.Equal("{\"ok\":null}", Encoding.UTF8.GetString(flow.Response!.Body.ToMemory().Span));
        Assert.Equal([FlowNote.DigestMismatch], flow.Metadata.Notes!.Value);
    }

    [Fact]
    public async Task Har_WithAStrangersMember_IsReadAsAnyOther()
    {
        await RecordAsync(Some.Flow(1));
        var path = Export("har");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("\"flow\":{\"number\"", "\"flow\":{\"nombre\"", StringComparison.Ordinal));

        await ImportAsync(path);

        Assert.Equal("har", Assert.Single(_other.Flows()).Metadata.Origin);
    }

    [Fact]
    public async Task Originals_AreTheRecordsOfTheEvidence()
    {
        await RecordAsync(Some.Flow(1));
        var stored = _case.Reader.ReadAll().Select(e => e.Flow).OfType<StoredFlow>().Single();

        var originals = OriginalRecord.Of(_case.Folder, stored.Position, 1);

        Assert.Equal(["request", "response", "metadata"], originals.Select(o => o.Type));
        Assert.All(originals, o => Assert.StartsWith("sha256:", o.ContentDigest, StringComparison.Ordinal));
        Assert.Equal(originals.Select(o => o.Sequence), originals.Select(o => o.Sequence).Order());
    }

    private static FlowRecord Opaque(long number)
    {
        var flow = Some.Flow(number);
        return new FlowRecord(
            flow.Metadata with
            {
                Kind = FlowKind.Opaque, Scheme = "tls", Failure = FlowFailure.ClientRejectedCertificate, FirstBytes = [22, 3, 1], Request = null, Response = null,
                BytesSent = 517,
            },
            null,
            null);
    }

    private static FlowRecord Conversation(long number)
    {
        var flow = Some.WebSocket(number, sent: 3);
        return flow with
        {
            Metadata = flow.Metadata with { Messages = new MessageCounts(3, 1) },
            Messages = new MemoryConversation(
            [
                Some.WebSocketMessage(0, "hello"), Some.WebSocketMessage(1, [0, 255], WebSocketMessageType.Binary),
                Some.WebSocketMessage(2, [255, 254]) with { Length = 9, Sha256 = Body.EmptySha256, IsComplete = false },
                Some.WebSocketMessage(3, [3, 232], WebSocketMessageType.Close, sent: false),
            ]),
        };
    }

    private static Message Gzipped(string text)
    {
        var coded = new MemoryStream();
        using (var gzip = new GZipStream(coded, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return Some.Message("HTTP/1.1 200 OK\nContent-Type: application/json\nContent-Encoding: gzip", coded.ToArray());
    }

    private async Task RecordAsync(params FlowRecord[] flows)
    {
        await using var writer = await _case.OpenAsync();
        foreach (var flow in flows)
        {
            writer.TakeNumber();
            await writer.RecordAsync(flow, default);
        }
    }

    private string Export(string format)
    {
        var path = _files.File($"out.{format}");
        using var key = SealingKey.FromPem(SealingKey.NewPem());
        using (var stream = format == "har" ? File.Create(path) : Stream.Null)
        using (IFlowExport export = format switch
        {
            "har" => new HarExport(stream, Info, Plain),
            "warc" => new WarcExport(path, Info),
            _ => new WaczExport(path, Info, key),
        })
        {
            foreach (var entry in _case.Reader.ReadAll())
            {
                if (entry.Flow is { } stored)
                {
                    export.Add(new ExportedFlow(stored.Flow, new AnalyzedFlow(Summary(stored.Flow.Metadata), []), []));
                }
            }

            export.Complete();
        }

        return path;
    }

    /// <summary>Undoes what these tests use.</summary>
    private static ReadOnlyMemory<byte>? Plain(Message message)
    {
        if (HttpHead.Parse(message.Head.Span)["Content-Encoding"] != "gzip")
        {
            return null;
        }

        var plain = new MemoryStream();
        using var gzip = new GZipStream(message.Body.OpenRead(), CompressionMode.Decompress);
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    private static FlowSummary Summary(FlowMetadata m) => new()
    {
        Number = m.Number, Kind = m.Kind, Time = m.Started, Method = "", Scheme = m.Scheme, Host = m.Host, Port = m.Port, Path = "",
    };

    private async Task ImportAsync(string path)
    {
        await using var writer = await _other.OpenAsync();
        var result = await new FileImporter(_other.Folder, writer, TimeProvider.System).ImportAsync(path, new ImportOptions(), null, default);
        Assert.Null(result.Fault);
        Assert.Empty(result.Skipped);
        Assert.Empty(result.Notes);
    }

    /// <summary>All of a flow but what an import gives it: number, session and source.</summary>
    private static string Described(FlowRecord flow)
    {
        var metadata = JsonSerializer.Serialize(flow.Metadata with { Number = 0, Session = null, Source = null }, ModelJson.Default.FlowMetadata);
        var messages = flow.Messages?.Read().Select(
            m => $"{m.Index} {m.Time:O} {m.Kind} {m.Type} {m.Length} {Convert.ToHexString(m.Payload.Span)} {m.Sha256} {m.IsComplete}") ?? [];
        return string.Join('\n', [metadata, Described(flow.Request), Described(flow.Response), .. messages]);
    }

    private static string Described(Message? message) =>
        message is null ? "" : $"{TestCase.HeadText(message)}{Convert.ToHexString(SHA256.HashData(message.Body.ToMemory().Span))}";
}
