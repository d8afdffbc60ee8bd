using System.Text;
using TrafficAudit.Capture.Connections;

namespace TrafficAudit.Capture.Tests.Connections;

public sealed class RequestHeadCheckTests
{
    private const string Good = "POST http://a.example:81/p?q HTTP/1.1\r\nHost: a.example:81\r\nX-Korean: \u00ed\u0099\u008d\tb\r\nContent-Length: 5\r\n\r\n";

    [Theory]
    [InlineData(Good)]
    [InlineData("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n")]
    [InlineData("GET / HTTP/1.0\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost:\r\nX:\r\n\r\n")]
    [InlineData("GET http://a.example/ HTTP/1.1\r\nHost: A.example:80\r\n\r\n")]
    [InlineData("GET http://a.example:8080/ HTTP/1.1\r\nHost: a.example\r\n\r\n")]
    [InlineData("GET http://[::1]:81 HTTP/1.1\r\nHost: [::1]\r\n\r\n")]
    [InlineData("GET /?u=http://b.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: a.example\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding:  Chunked \r\n\r\n")]
    public void HeadInOrder_IsTaken(string head) => Assert.Null(Check(head));

    [Theory]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "side by side")]
    [InlineData("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "side by side")]
    [InlineData("Content-Length: 5\r\nContent-Length: 5\r\n", "two Content-Length")]
    [InlineData("Content-Length: 5\r\ncontent-length: 6\r\n", "two Content-Length")]
    [InlineData("Content-Length: +5\r\n", "no number")]
    [InlineData("Content-Length: -5\r\n", "no number")]
    [InlineData("Content-Length: 5, 5\r\n", "no number")]
    [InlineData("Content-Length: 5 5\r\n", "no number")]
    [InlineData("Content-Length: 0x5\r\n", "no number")]
    [InlineData("Content-Length: 5.0\r\n", "no number")]
    [InlineData("Content-Length:\r\n", "no number")]
    [InlineData("Content-Length: 1234567890123456789\r\n", "no number")]
    [InlineData("Content-Length: \u00b2\r\n", "no number")]
    [InlineData("Content-Length : 5\r\n", "before a field's colon")]
    [InlineData("Content-Length\t: 5\r\n", "before a field's colon")]
    [InlineData(" Content-Length: 5\r\n", "folded")]
    [InlineData("X: 1\r\n folded\r\n", "folded")]
    [InlineData("X: 1\r\n\tContent-Length: 5\r\n", "folded")]
    [InlineData("X: 1\nContent-Length: 5\r\n", "bare LF")]
    [InlineData("X: 1\rContent-Length: 5\r\n", "bare CR")]
    [InlineData("X: 1\r\r\n", "bare CR")]
    [InlineData("X: 1\0\r\n", "NUL")]
    [InlineData("X\0: 1\r\n", "NUL")]
    [InlineData("X: a\u000bb\r\n", "control character")]
    [InlineData("X: a\u007fb\r\n", "control character")]
    [InlineData("X\u000b: a\r\n", "no token")]
    [InlineData("X Y: a\r\n", "no token")]
    [InlineData("\u00e9: a\r\n", "no token")]
    [InlineData(": a\r\n", "no token")]
    [InlineData("no colon\r\n", "no colon")]
    [InlineData("Transfer-Encoding: xchunked\r\n", "something else")]
    [InlineData("Transfer-Encoding: chunked, identity\r\n", "something else")]
    [InlineData("Transfer-Encoding: gzip, chunked\r\n", "something else")]
    [InlineData("Transfer-Encoding: identity\r\n", "something else")]
    [InlineData("Transfer-Encoding: \"chunked\"\r\n", "something else")]
    [InlineData("Transfer-Encoding:\r\n", "something else")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "something else")]
    [InlineData("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "something else")]
    [InlineData("Transfer-Encoding : chunked\r\n", "before a field's colon")]
    [InlineData("Transfer-Encoding: \u000bchunked\r\n", "control character")]
    [InlineData("Host: b.example\r\n", "two Host")]
    public void FieldThatServersReadDifferently_IsRefused(string fields, string reason)
    {
        var fault = Check($"POST / HTTP/1.1\r\nHost: a.example\r\n{fields}\r\n");

        Assert.Contains(reason, fault?.Reason, StringComparison.Ordinal);
        Assert.StartsWith("400 ", fault!.Status, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /\r\nHost: a\r\n\r\n", "400", "no HTTP version")]
    [InlineData("GET\r\nHost: a\r\n\r\n", "400", "no method")]
    [InlineData("GET  HTTP/1.1\r\nHost: a\r\n\r\n", "400", "target")]
    [InlineData("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", "400", "target")]
    [InlineData("GET /a\tb HTTP/1.1\r\nHost: a\r\n\r\n", "400", "target")]
    [InlineData("GET / HTTP/1.1 \r\nHost: a\r\n\r\n", "400", "version")]
    [InlineData("GET /\tHTTP/1.1\r\nHost: a\r\n\r\n", "400", "version")]
    [InlineData(" GET / HTTP/1.1\r\nHost: a\r\n\r\n", "400", "no method")]
    [InlineData("G(T / HTTP/1.1\r\nHost: a\r\n\r\n", "400", "no method")]
    [InlineData("GET / HTTP/1.1\nHost: a\n\n", "400", "bare LF")]
    [InlineData("GET / http/1.1\r\nHost: a\r\n\r\n", "400", "version")]
    [InlineData("GET / HTTP/1.2\r\nHost: a\r\n\r\n", "505", "version")]
    [InlineData("PRI * HTTP/2.0\r\n\r\n", "505", "version")]
    [InlineData("CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n", "400", "CONNECT")]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "400", "missing")]
    [InlineData("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "400", "no host")]
    [InlineData("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", "400", "no host")]
    [InlineData("GET http://a.example/ HTTP/1.1\r\nHost: b.example\r\n\r\n", "400", "different hosts")]
    [InlineData("GET http://a.example:81/ HTTP/1.1\r\nHost: a.example:82\r\n\r\n", "400", "different hosts")]
    [InlineData("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", "400", "HTTP/1.0")]
    public void RequestThatServersReadDifferently_IsRefused(string head, string status, string reason)
    {
        var fault = Check(head);

        Assert.Contains(reason, fault?.Reason, StringComparison.Ordinal);
        Assert.StartsWith(status, fault!.Status, StringComparison.Ordinal);
    }

    [Fact]
    public void HeadUpToTheLimits_IsTakenAndOneByteMoreIsNot()
    {
        var line = $"GET /{new string('a', RequestHeadCheck.MaximumLine - 14)} HTTP/1.1\r\n";
        const string host = "Host: a\r\n";

        Assert.Null(Check($"{line}{host}\r\n"));
        Assert.StartsWith("414", Check($"{line.Insert(5, "a")}{host}\r\n")!.Status, StringComparison.Ordinal);
        var fields = $"X: {new string('x', RequestHeadCheck.MaximumFields - host.Length - 7)}\r\n";
        Assert.Null(Check($"GET / HTTP/1.1\r\n{host}{fields}\r\n"));
        Assert.StartsWith("431", Check($"GET / HTTP/1.1\r\n{host}{fields.Insert(4, "x")}\r\n")!.Status, StringComparison.Ordinal);
        var many = string.Concat(Enumerable.Repeat("X: 1\r\n", RequestHeadCheck.MaximumFieldCount - 1));
        Assert.Null(Check($"GET / HTTP/1.1\r\n{host}{many}\r\n"));
        Assert.StartsWith("431", Check($"GET / HTTP/1.1\r\n{host}{many}X: 1\r\n\r\n")!.Status, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryTruncation_IsNeitherTakenNorRefusedEarly()
    {
        var bytes = Encoding.Latin1.GetBytes(Good);
        var lineStart = 0;
        for (var length = 1; length < bytes.Length; length++)
        {
            Assert.Null(RequestHeadCheck.OfPart(bytes.AsSpan(0, length), ref lineStart, out var whole));
            Assert.Equal(0, whole);
            Assert.NotNull(RequestHeadCheck.Of(bytes.AsSpan(0, length), out _));
        }

        Assert.Null(RequestHeadCheck.OfPart(bytes, ref lineStart, out var all));
        Assert.Equal(bytes.Length, all);
    }

    [Fact]
    public void PartThatIsWrongAlready_IsNotWaitedFor()
    {
        Assert.NotNull(Part("GET / HTTP/1.1\n"));
        Assert.NotNull(Part("GET /\r\n"));
        Assert.NotNull(Part("EHLO mail.example\r\n"));
        Assert.NotNull(Part("GET / HTTP/1.1\r\nX: 1\0"));
        Assert.NotNull(Part(new string('A', RequestHeadCheck.MaximumLine + 3)));
        Assert.NotNull(Part("GET / HTTP/1.1\r\nX: " + new string('A', RequestHeadCheck.MaximumLine + RequestHeadCheck.MaximumFields)));
    }

    private static HeadFault? Check(string head) => RequestHeadCheck.Of(Encoding.Latin1.GetBytes(head), out _);

    private static HeadFault? Part(string part)
    {
        var lineStart = 0;
        return RequestHeadCheck.OfPart(Encoding.Latin1.GetBytes(part), ref lineStart, out _);
    }
}
