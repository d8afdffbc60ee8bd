using System.Text;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Evidence.Tests.Imports;
using TrafficAudit.Evidence.WebArchives;
using TrafficAudit.Model;
using TrafficAudit.Testing;
using static TrafficAudit.Evidence.Tests.WebArchives.WarcText;

namespace TrafficAudit.Evidence.Tests.WebArchives;

/// <summary>WARC files in the forms of several writers.</summary>
public sealed class WarcFormatTests
{
    [Fact]
    public async Task Pair_BecomesAFlowWithEverythingItSays()
    {
        const string Facts = "WARC-IP-Address: 192.0.2.10\r\nWARC-Protocol: http/1.1\r\nWARC-Protocol: tls/1.3\r\nWARC-Cipher-Suite: TLS_AES_128_GCM_SHA256\r\n";

        var flow = await OneAsync(Plain(Info("warcio"), Response("b", fields: Facts), Request("a", fields: ConcurrentTo("b"))));

        var m = flow.Metadata;
        Assert.Equal((FlowKind.Http, "warc", new FlowSource("i1", "record 2")), (m.Kind, m.Origin, m.Source));
        Assert.Equal("2026-01-02T03:04:05.6789010+00:00", m.Started.ToString("o"));
        Assert.Equal(("https", "shop.example", 443), (m.Scheme, m.Host, m.Port));
        Assert.Equal(("192.0.2.10", 443, "HTTP/1.1"), (m.Upstream!.Address, m.Upstream.Port, m.Upstream.HttpVersion));
        Assert.Equal(("TLSv1.3", "TLS_AES_128_GCM_SHA256"), (m.Upstream.Tls!.Version, m.Upstream.Tls.CipherSuite));
        Assert.Equal(Get, flow.Request.Head());
        Assert.Equal("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n", flow.Response.Head());
        Assert.Equal("ok", flow.Response.BodyText());
        Assert.Equal((HeadForm.Exact, 2, true), (m.Response!.Head, m.Response.BodyLength, m.Response.Complete));
        Assert.Null(m.Notes);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("members")]
    [InlineData("one member")]
    public async Task EveryForm_OfFileIsRead(string form)
    {
        byte[][] records =
        [
            Info("test"), Request("a"), Response("b", fields: ConcurrentTo("a")), Request("c", uri: Shop + "0"), Response("d", uri: Shop + "0", fields: ConcurrentTo("c")),
        ];

        var (result, flows) = await new WarcFormat().ImportAsync(
            form switch { "plain" => Plain(records), "members" => Members(records), _ => Gzip(Plain(records)) });

        Assert.Equal((2, 0, 0, null), (result.Imported, result.SkippedCount, result.NoteCount, result.Fault));
        Assert.All(flows, f => Assert.Equal("ok", f.Response.BodyText()));
    }

    [Fact]
    public async Task ApartAndWithoutALink_RequestAndResponseAreBroughtTogether()
    {
        // Heritrix: response, request, metadata. wget: WARC/1.0, the URI in angle brackets. Others: no WARC-Concurrent-To at all.
        var (result, flows) = await new WarcFormat().ImportAsync(Plain(
            Response("b", uri: "http://one.example/"), Request("x", uri: "http://two.example/"), Request("a", uri: "http://one.example/", fields: ConcurrentTo("b")),
            Record("metadata", "m", "fetchTimeMs: 12\r\n", contentType: "application/warc-fields"),
            Response("y", uri: "<http://two.example/>"), Response("z", uri: "http://three.example/"), Request("w", uri: "http://three.example/")));

        Assert.Equal((3, 0), (result.Imported, result.SkippedCount));
        Assert.Equal(["one.example", "two.example", "three.example"], flows.Select(f => f.Metadata.Host));
        Assert.All(flows, f => Assert.NotNull(f.Response));
        Assert.All(flows, f => Assert.Null(f.Metadata.Notes));
    }

    [Fact]
    public async Task ResponseAlone_IsAFlowWhoseRequestIsAssumed()
    {
        var flow = await OneAsync(Plain(Response("b", uri: "http://shop.example:8080/a?phone=010-0000-0000")));

        Assert.Equal("GET /a?phone=010-0000-0000 HTTP/1.1\r\nHost: shop.example:8080\r\n\r\n", flow.Request.Head());
        Assert.Equal(HeadForm.Reconstructed, flow.Metadata.Request!.Head);
        Assert.Equal([FlowNote.RequestAssumed], flow.Metadata.Notes!.Value);
    }

    [Fact]
    public async Task RequestAlone_IsAFlowWithoutResponse()
    {
        var flow = await OneAsync(Plain(Request("a")));

        Assert.Null(flow.Response);
        Assert.Equal("The imported file has no response.", flow.Metadata.FailureDetail);
    }

    [Fact]
    public async Task Resource_IsAFlowWhoseHeadsAreAssumed()
    {
        var (result, flows) = await new WarcFormat().ImportAsync(Plain(
            Record("resource", "r", "<p>x</p>", contentType: "text/html"), Record("resource", "s", "log", "urn:pageinfo:https://shop.example/", contentType: "text/plain")));

        var flow = Assert.Single(flows);
        Assert.Equal("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", flow.Response.Head());
        Assert.Equal([FlowNote.RequestAssumed, FlowNote.ResponseAssumed], flow.Metadata.Notes!.Value);
        Assert.Equal(new ImportRemark("record 1", "a resource record that is no HTTP exchange"), Assert.Single(result.Skipped));
    }

    [Theory]
    [InlineData("2\r\nok\r\n0\r\n\r\n", "ok", true, null)]
    [InlineData("2;x=1\r\nok\r\n3\r\n!!!\r\n0\r\nGrpc-Status: 0\r\n\r\n", "ok!!!", true, "Grpc-Status")]
    [InlineData("2\r\nok\r\n5\r\nab", "okab", false, null)]
    [InlineData("2\r\nok\r\n", "ok", false, null)]
    [InlineData("<p>no chunks</p>", "<p>no chunks</p>", true, null)]
    public async Task ChunkedBlock_IsTakenOutOfItsFrames(string body, string expected, bool complete, string? trailer)
    {
        var flow = await OneAsync(Plain(Request("a"), Response("b", $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body}", fields: ConcurrentTo("a"))));

        Assert.Equal(expected, flow.Response.BodyText());
        Assert.Equal((expected.Length, complete), (flow.Metadata.Response!.BodyLength, flow.Metadata.Response.Complete));
        Assert.Equal(trailer, flow.Metadata.Response.Trailers?[0].Name);
        Assert.Contains("Transfer-Encoding: chunked", flow.Response.Head(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ShortBody_IsNotComplete()
    {
        var flow = await OneAsync(Plain(Response("b", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nok", fields: "WARC-Truncated: length\r\n")));

        Assert.Equal((10, 2, false), (flow.Metadata.Response!.BodyLength, flow.Metadata.Response.BodyCaptured, flow.Metadata.Response.Complete));
    }

    [Theory]
    [InlineData("HEAD", 200)]
    [InlineData("GET", 304)]
    public async Task AnswerThatHasNoBody_IsComplete(string method, int status)
    {
        var flow = await OneAsync(Plain(
            Request("a", Get.Replace("GET", method, StringComparison.Ordinal)),
            Response("b", $"HTTP/1.1 {status} X\r\nContent-Length: 10\r\n\r\n", fields: ConcurrentTo("a"))));

        Assert.Equal((0, true), (flow.Metadata.Response!.BodyLength, flow.Metadata.Response.Complete));
    }

    [Fact]
    public async Task BlockDigest_IsHeldAgainstTheBlock()
    {
        var (result, flows) = await new WarcFormat().ImportAsync(Plain(
            Response("a", fields: $"WARC-Block-Digest: {Sha1(Ok)}\r\n"), Response("b", uri: Shop + "2", fields: $"WARC-Block-Digest: {Sha1(Get)}\r\n"),
            Response("c", uri: Shop + "3", fields: "WARC-Block-Digest: blake3:AAAA\r\n")));

        Assert.Equal([false, true, false], flows.Select(f => f.Metadata.Notes!.Value.Contains(FlowNote.DigestMismatch)));
        Assert.Contains(new ImportRemark("record 1", "WARC-Block-Digest does not fit the block"), result.Notes);
    }

    [Fact]
    public async Task LargeBody_LiesInTheSpoolFolderUntilItIsDisposed()
    {
        using var folder = new TemporaryFolder();
        var body = new string('x', 3_000_000);

        var (_, flows) = await new WarcFormat().ImportAsync(Gzip(Plain(Response("b", $"HTTP/1.1 200 OK\r\n\r\n{body}"))), folder.Path);

        Assert.Single(Directory.GetFiles(folder.Path));
        Assert.Equal(body, flows[0].Response.BodyText());
        flows[0].Dispose();
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task MoreThanTheWindowHolds_IsHandedOverAlone()
    {
        var requests = Enumerable.Range(0, ExchangeWindow.Size + 10).Select(i => Request($"r{i}", uri: $"http://shop.example/{i}"));

        var (result, flows) = await new WarcFormat().ImportAsync(Plain([.. requests, Response("late", uri: "http://shop.example/0")]));

        Assert.Equal(ExchangeWindow.Size + 11, result.Imported);
        Assert.Equal("record 0", flows[0].Metadata.Source!.Place);
    }

    [Theory]
    [InlineData("WARC/1.1\r\nWARC-Type: response\r\n\r\n", "in record 1: it is no WARC record")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n", "in record 1: it is no WARC record")]
    [InlineData("WARC/1.1\r\nWARC-Type: resp", "in record 1: the file ends in its header")]
    [InlineData("WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 10\r\n\r\nHTTP", "in record 1: the file ends in its block")]
    public async Task BrokenFile_KeepsWhatCameBefore(string rest, string expected)
    {
        var (result, flows) = await new WarcFormat().ImportAsync(Plain(Response("b"), Encoding.Latin1.GetBytes(rest)));

        Assert.Single(flows);
        Assert.Equal($"a.file breaks off {expected}; what came before is imported, export the file again to have the rest", result.Fault);
    }

    [Fact]
    public async Task DamagedGzip_BreaksOffThere()
    {
        var second = Gzip(Response("c"));
        second[^10] ^= 0xFF;

        var (result, flows) = await new WarcFormat().ImportAsync([.. Gzip(Response("b")), .. second]);

        Assert.Contains("its compressed bytes are damaged", result.Fault, StringComparison.Ordinal);
        Assert.NotEmpty(flows);
    }

    [Fact]
    public void GzipBomb_IsStopped()
    {
        var bomb = Gzip(Plain(Record("metadata", "m", new byte[2_000_000])));

        var content = WarcFormat.Open(new MemoryStream(bomb), new InflationBound(1, alwaysAllowed: 1_000_000));

        var exception = Assert.Throws<ImportBreakException>(() => content.CopyTo(Stream.Null));
        Assert.Equal("where it inflates to more than 200 times its size, as no archive of traffic does", exception.Message);
    }

    [Fact]
    public async Task WhatIsNoExchange_IsSkippedWithItsReason()
    {
        var (result, flows) = await new WarcFormat().ImportAsync(Plain(
            Record("response", "d", "20260102 192.0.2.10", "dns:shop.example", contentType: "text/dns"), Response("e", "no head"), Response("f", uri: "data:x"),
            Record("response", "g", Ok, date: "2026"), Record("continuation", "h", "x"), Record("conversion", "i", "x")));

        Assert.Empty(flows);
        Assert.Equal(
            [
                "a response record that is no HTTP exchange", "the block has no HTTP head", "a response record that is no HTTP exchange",
                "a continuation: records in several segments are imported up to the end of the first", "WARC-Date is no time with a date and a time of day",
            ],
            result.Skipped.Select(s => s.Text));
    }

    private static async Task<FlowRecord> OneAsync(byte[] warc)
    {
        var (result, flows) = await new WarcFormat().ImportAsync(warc);
        Assert.Equal((0, null), (result.SkippedCount, result.Fault));
        return Assert.Single(flows);
    }
}
