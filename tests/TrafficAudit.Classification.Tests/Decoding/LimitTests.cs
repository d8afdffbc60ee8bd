using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests.Decoding;

public sealed class LimitTests
{
    [Fact]
    public void Depth_EndsTheBranchAndKeepsTheText()
    {
        var value = "bottom of it";
        for (var i = 0; i < 15; i++)
        {
            value = Reading.Base64(value);
        }

        var message = Reading.Body($$"""{"a":"{{value}}","b":"after"}""");

        Assert.True(message.Truncated);
        Assert.Equal(10, message.Fields.Max(f => f.Decodings.Length));
        Assert.Contains(message.Fields, f => f.Text == "after");
    }

    [Fact]
    public void DepthZero_GivesHttpsOwnSyntaxOnly()
    {
        var message = MessageDecoder.Decode(
            MessageKind.Request, Some.Message("POST /?a=%41 HTTP/1.1", "{\"b\":1}"), new DecodingLimits { Depth = 0 });

        Assert.True(message.Truncated);
        Assert.Equal(["%41", "{\"b\":1}"], message.Fields.Select(f => f.Text));
    }

    [Fact]
    public void Count_StopsAndKeepsTheFirst()
    {
        var message = Reading.Body("[" + string.Join(",", Enumerable.Range(0, 1000)) + "]", limits: new DecodingLimits { Fields = 100 });

        Assert.True(message.Truncated);
        Assert.Equal(99, message.Fields.Count);
        Assert.Equal(["0", "1", "2"], message.Fields.Take(3).Select(f => f.Text));
        Assert.Equal(99, message.Roots[0].Children.Count);
    }

    [Fact]
    public void Time_StopsAndKeepsTheFirst()
    {
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMilliseconds(500) };

        var message = Reading.Body(Reading.Utf8("[" + string.Join(",", Enumerable.Range(0, 5000)) + "]"), time: time);

        Assert.True(message.Truncated);
        Assert.InRange(message.Fields.Count, 100, 1000);
    }

    [Fact]
    public void Nothing_IsTruncatedInAnOrdinaryMessage() => Assert.False(Reading.Body("""{"a":[1,2,{"b":"c"}]}""", "application/json").Truncated);

    [Theory]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("{\"a\":")]
    [InlineData("[{\"a\":")]
    [InlineData("\"")]
    [InlineData("\\\"")]
    [InlineData("%25")]
    [InlineData("%")]
    [InlineData("&")]
    [InlineData("a=")]
    [InlineData("a=b&")]
    [InlineData("(")]
    [InlineData("A")]
    [InlineData("a1B2")]
    [InlineData("=")]
    [InlineData("eyJ.")]
    [InlineData("--b\r\n")]
    [InlineData("--b")]
    [InlineData("\r\n")]
    [InlineData("{}\n")]
    [InlineData("[1]\n")]
    [InlineData("\\u0041")]
    [InlineData("\u0000")]
    [InlineData("é")]
    public void MegabytesOfOnePattern_AreReadInTime(string pattern)
    {
        var body = Reading.Utf8(string.Concat(Enumerable.Repeat(pattern, 10_000_000 / pattern.Length)));
        var watch = Stopwatch.StartNew();
        foreach (var type in new[] { "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", null })
        {
            var message = Reading.Body(body, type);
            Assert.InRange(message.Fields.Count, 0, 200_000);
        }

        // Four times the 2 s that a message may take, and air for a busy machine.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 12);
    }

    [Fact]
    public void DeepDocument_KeepsFieldsAboveTheLimitAndTheRestAsText()
    {
        var body = "{\"top\":\"first\",\"deep\":" + string.Concat(Enumerable.Repeat("[", 100_000)) + "\"hong@example.com\"";

        var message = Reading.Body(body, "application/json");

        Assert.True(message.Truncated);
        Assert.Equal("top [json] first", message.Lines()[0]);
        Assert.EndsWith("hong@example.com\"", message.Lines()[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void DeepInsideStrings_DoesNotUseUpTheStack()
    {
        var value = "x";
        for (var i = 0; i < 12; i++)
        {
            value = System.Text.Json.JsonSerializer.Serialize(new { n = string.Concat(Enumerable.Repeat("[", 50)) + string.Concat(Enumerable.Repeat("]", 50)), v = value });
            if (value.Length > 2_000_000)
            {
                break;
            }
        }

        var message = Reading.Body(value, "application/json");

        Assert.True(message.Truncated);
        Assert.Contains(message.Fields, f => f.Decodings.Length == 10);
        Assert.All(message.Fields, f => Assert.NotNull(f.Path));
    }

    [Fact]
    public void EveryTruncationOfSamples_IsReadWithoutAFault()
    {
        foreach (var (type, coding, body) in Samples())
        {
            for (var length = 0; length <= body.Length; length++)
            {
                var message = Reading.Body(body[..length], type, coding);
                Assert.Equal(length > 0, message.Roots.Any(r => r.Part == MessagePart.Body));
                AssertRanges(message, body.AsSpan(0, length).Length);
            }
        }
    }

    [Fact]
    public void EveryTruncationOfAHead_IsReadWithoutAFault()
    {
        var head = Encoding.UTF8.GetBytes(
            "POST http://u:p%40@shop.example/a%2Fb/?q=%7B%22a%22%3A1%7D&%5B=1#x=%41 HTTP/1.1\r\nCookie: a=%41; b=\"c\"; d\r\nSet-Cookie: x=y; Path=/\r\n"
            + "Referer: https://x.example/?a=%25%34%31#b=c\r\nAuthorization: Basic aG9uZzpnZWhlaW0=\r\nX-A: eyJhIjoiYiJ9.eyJhIjoiYiJ9.\r\n\r\n");
        for (var length = 0; length <= head.Length; length++)
        {
            _ = MessageDecoder.Decode(MessageKind.Request, new Message(head.AsMemory(0, length), TrafficAudit.Model.Body.Empty));
        }
    }

    [Fact]
    public void EveryFlippedByte_IsReadWithoutAFault()
    {
        var random = new Random(11);
        foreach (var (type, coding, sample) in Samples())
        {
            for (var at = 0; at < sample.Length; at++)
            {
                var body = sample.ToArray();
                body[at] = (byte)random.Next(256);
                AssertRanges(Reading.Body(body, type, coding), body.Length);
            }
        }
    }

    private static void AssertRanges(DecodedMessage message, int length)
    {
        foreach (var field in message.Fields.Where(f => f.Part == MessagePart.Body))
        {
            Assert.InRange(field.Start, -1, length);
            Assert.InRange(field.Length, 0, length - Math.Max(field.Start, 0));
        }
    }

    private static IEnumerable<(string? Type, string? Coding, byte[] Body)> Samples()
    {
        var json = Reading.Utf8("""{"mail":"hong@example.com","n":[1.5e3,true,null],"\u006d":"\ud64d\uae38","in":"{\"a\":\"b%40c\"}","b":"aG9uZ0BleGFtcGxlLmNvbQ=="}""");
        yield return ("application/json", null, json);
        yield return (null, null, json);
        yield return ("application/json", "gzip", Reading.Gzip(json));
        yield return ("application/json", "deflate", Reading.Zlib(json));
        yield return ("application/json", "deflate", Reading.RawDeflate(json));
        yield return ("application/json", "br", Reading.Brotli(json));
        yield return ("application/json", "zstd", Reading.Zstd(json));
        yield return ("application/x-www-form-urlencoded", null, Reading.Utf8("a=1&u%5Bm%5D=h%2540x&d=%7B%22a%22%3A%22b%22%7D&n=%C8%AB%B1%E6&u=https://x.example/?q=%41"));
        yield return ("multipart/form-data; boundary=b", null, Reading.Utf8("--b\r\nContent-Disposition: form-data; name=\"n\"; filename=f\r\nContent-Transfer-Encoding: base64\r\n\r\naG9uZw==\r\n--b\r\n\r\n{\"a\":1}\r\n--b--\r\n"));
        yield return ("text/plain; charset=utf-16", null, Encoding.Unicode.GetBytes("{\"a\":\"홍길동\"}"));
        yield return ("text/plain; charset=euc-kr", null, CodePagesEncodingProvider.Instance.GetEncoding(949)!.GetBytes("{\"a\":\"홍길동\"}"));
        yield return ("application/x-protobuf", null, ProtobufTests.Sample);
        yield return (null, null, ProtobufTests.Sample);
        yield return ("application/grpc-web", null, GrpcTests.Sample);
        yield return ("application/grpc-web-text", null, Reading.Utf8(Convert.ToBase64String(GrpcTests.Sample)));
        yield return ("application/msgpack", null, DocumentTests.MessagePack);
        yield return (null, null, DocumentTests.MessagePack);
        yield return ("application/cbor", null, DocumentTests.Cbor);
        yield return (null, null, DocumentTests.Cbor);
        yield return (null, null, DocumentTests.PropertyList);
        yield return (null, null, PackedTextTests.Lz4[0]);
        yield return (null, null, PackedTextTests.Lz4[1]);
        yield return (null, null, Reading.RawDeflate(json));
        yield return (null, null, PackedTextTests.Zip(("a.json", "{\"a\":\"hong@example.com\"}")));
        yield return ("application/xml", null, Reading.Utf8(MarkupTests.Xml));
        yield return ("text/html", null, Reading.Utf8("<p>hong&#64;example.com</p>"));
        yield return (null, null, Reading.Utf8("""{"query":"{ a(b: \"c\", d: [1, {e: 2}]) { f } }","s":"42[\"a\",{}]","r":"a||b||c||d=1,e=2","w":"&#64;&eacute;"}"""));
        yield return (null, null, Reading.Utf8("0{\"a\":1}\u001e40{\"b\":2}\u001e"));
        yield return (null, null, SocketPayloadTests.Connect);
        yield return (null, null, Reading.Utf8(")]}'\n{\"a\":1}\n{\"b\":[2]}\n"));
    }
}
