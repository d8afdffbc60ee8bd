using System.Diagnostics;
using System.Text;
using TrafficAudit.Evidence.Har;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Evidence.Mitmproxy;
using TrafficAudit.Evidence.Tests.Har;
using TrafficAudit.Evidence.Tests.Imports;
using TrafficAudit.Evidence.Tests.Mitmproxy;
using TrafficAudit.Evidence.Tests.WebArchives;
using TrafficAudit.Evidence.WebArchives;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Tests.Fuzzing;

/// <summary>A parser, whole inputs for it, and the words of its format.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Format">The parser.</param>
/// <param name="Corpus">Whole inputs.</param>
/// <param name="Words">Stretches that mean something to it.</param>
internal sealed record FuzzTarget(string Name, IImportFormat Format, IReadOnlyList<byte[]> Corpus, IReadOnlyList<byte[]> Words)
{
    /// <summary>No input of at most 64 KiB may allocate more on its way through a parser; the buffers of archives and their double reading are most of it.</summary>
    private const long MostAllocated = 256 * 1024 * 1024;

    /// <summary>Far over what any input needs, also on a machine under load.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private static byte[][] Records { get; } =
    [
        WarcText.Info("fuzz"), WarcText.Request("a"),
        WarcText.Response("b", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nA: b\r\n\r\n", fields: WarcText.ConcurrentTo("a") + "WARC-Payload-Digest: sha1:A\r\n"),
        WarcText.Record("revisit", "c", "HTTP/1.1 200 OK\r\n\r\n", fields: "WARC-Refers-To: <urn:uuid:b>\r\nWARC-Payload-Digest: sha1:A\r\n"),
        WarcText.Record("resource", "d", "x", contentType: "text/plain", fields: $"WARC-Block-Digest: {WarcText.Sha1("x")}\r\n"),
    ];

    private static byte[][] WarcWords { get; } =
        [.. "\r\n\r\n|\n\n|WARC/1.0\r\n|WARC-Type: revisit\r\n|Content-Length: |ffffffffffffffff\r\n|WARC-Target-URI: http://[::1|Transfer-Encoding: chunked\r\n|HTTP/1.1 101 X\r\n".Split('|').Select(Bytes)];

    /// <summary>Every parser. Made after what it is made of.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } = [Har(), Warc(), Gzip(), Wacz(), Tnetstring(), Segment()];

    /// <summary>Gives an input to the parser.</summary>
    /// <param name="input">The input.</param>
    /// <param name="folder">For the file, and for spooled bodies.</param>
    /// <returns>What is wrong with what it did; null when it behaved.</returns>
    public async Task<string?> TryAsync(byte[] input, string folder)
    {
        var path = Path.Combine(folder, "input");
        await File.WriteAllBytesAsync(path, input);
        var (before, clock) = (GC.GetTotalAllocatedBytes(), Stopwatch.StartNew());
        try
        {
            _ = Format.Recognises(input);
            await using var content = OriginalFile.Open(path);
            var sink = new FlowList();
            var result = await Format.ImportAsync(content, "input", sink, spoolFolder: folder, cancellation: CancellationToken.None);
            foreach (var flow in sink.Flows)
            {
                _ = flow.Messages?.Read().Count();
                flow.Dispose();
            }

            if (result.Skipped.Concat(result.Notes).Select(r => r.Text).Append(result.Fault ?? "").Any(t => t.Contains('\n')))
            {
                return "a remark has two lines";
            }
        }
        catch (ImportException)
        {
            // Refused in one line: what a file that is none is for.
        }
        catch (Exception e)
        {
            return e.ToString();
        }

        var allocated = GC.GetTotalAllocatedBytes() - before;
        return clock.Elapsed > Longest ? $"it took {clock.Elapsed}"
            : allocated > MostAllocated ? $"it allocated {allocated} bytes"
            : Directory.EnumerateFiles(folder).Count() > 1 ? "it left files in the spool folder"
            : null;
    }

    private static FuzzTarget Har() => new(
        "har",
        new HarFormat(),
        [
            Bytes(HarText.File(HarText.Entry(), HarText.Entry(HarText.Post("""{"mimeType":"multipart/form-data; boundary=b","params":[{"name":"a","value":"\ud83d\ude00"}]}""")))),
            Bytes(HarText.File(HarText.Entry(response: HarText.Ok.Replace("\"ok\"", "\"AAECAw==\",\"encoding\":\"base64\"", StringComparison.Ordinal),
                more: """ "_webSocketMessages":[{"type":"send","time":1767323046.5,"opcode":2,"data":"AAEC"}],"_webSocketClose":{"code":1000} """))),
            Bytes("""{"log":{"_tlsErrors":[{"startedDateTime":"2026-01-02T03:04:05Z","hostname":"a.example","cause":"closed","tlsMetadata":{"sniHostname":"b"}}],"entries":[]}}"""),
        ],
        [.. "{}|[]|,|:|\"|\\u|\\ud800|null|\"log\"|\"entries\"|[|{|\uFEFF|\"headers\":[|\"_content\":{".Split('|').Select(Bytes)]);

    private static FuzzTarget Warc() => new("warc", new WarcFormat(), [WarcText.Plain(Records)], WarcWords);

    private static FuzzTarget Gzip() => new("gzip", new WarcFormat(), [WarcText.Members(Records), WarcText.Gzip(WarcText.Plain(Records))], [[0x1F, 0x8B, 8, 4], [0, 0, 0xFF, 0xFF]]);

    private static FuzzTarget Wacz() => new("wacz", new WaczFormat(), [WaczText.Zip(("archive/a.warc.gz", WarcText.Members(Records)))], [.. WarcWords, [.. "PK"u8, 1, 2], [.. "PK"u8, 5, 6]]);

    private static FuzzTarget Tnetstring() => new(
        "tnetstring",
        new FlowFileFormat(),
        [Tnet.Of(Flows.Http(5)), Tnet.Of(Flows.Http(21)), Tnet.Of(Flows.WebSocket(17)), Tnet.Of(Flows.Tcp(17, (true, "x"))), [.. Flows.OldWebSocket(9).SelectMany(Tnet.Of)]],
        [.. "0:~|4:true!|0:]|0:}|1:5#|3:1.5^|7:version;|4:type;|:|}|]|9999999:".Split('|').Select(Bytes)]);

    private static FuzzTarget Segment() => new("segment", new SegmentFormat(), [SegmentBytes.Value], [[0x1F, 0x8B, 8, 4], [12, 0, (byte)'s', (byte)'l', 8, 0]]);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
