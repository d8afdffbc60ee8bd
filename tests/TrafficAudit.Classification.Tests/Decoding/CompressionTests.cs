using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Decoding;

public sealed class CompressionTests
{
    private static readonly byte[] Plain = Reading.Utf8("""{"mail":"hong@example.com","list":[1,2,3]}""");

    public static TheoryData<string, string, byte[]> Codings => new()
    {
        { "gzip", "gzip", Reading.Gzip(Plain) },
        { "x-gzip", "gzip", Reading.Gzip(Plain) },
        { "GZIP", "gzip", Reading.Gzip(Plain) },
        { "deflate", "deflate", Reading.Zlib(Plain) },
        { "deflate", "deflate", Reading.RawDeflate(Plain) },
        { "br", "br", Reading.Brotli(Plain) },
        { "zstd", "zstd", Reading.Zstd(Plain) },
        { "gzip, br", "br,gzip", Reading.Brotli(Reading.Gzip(Plain)) },
        { "deflate, gzip", "gzip,deflate", Reading.Gzip(Reading.RawDeflate(Plain)) },
        { "identity", "", Plain },
    };

    [Theory]
    [MemberData(nameof(Codings))]
    public void Coding_IsUndoneOutermostFirst(string label, string steps, byte[] body)
    {
        var message = Reading.Body(body, "application/json", label);

        Assert.Equal($"mail [{steps}{(steps.Length > 0 ? "," : "")}json] hong@example.com", message.Lines()[0]);
        Assert.False(message.Truncated);
        var mail = message.Fields.Single(f => f.Key == "mail");
        Assert.Equal(steps.Length > 0 ? (-1, 0) : (9, 16), (mail.Start, mail.Length));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("gzip, deflate, br, zstd")]
    [InlineData("unheard-of")]
    public void WrongLabel_TheBytesAreReadAsTheyAre(string label) =>
        Assert.Equal("mail [json] hong@example.com", Reading.Body(Plain, "application/json", label).Lines()[0]);

    [Fact]
    public void AnyTextUnderAnyWrongLabel_IsReadAsItIs()
    {
        var random = new Random(5);
        for (var i = 0; i < 500; i++)
        {
            var text = random.GetString("abcdefghij KLMNOP{}[]\":,0123456789홍길동", random.Next(1, 60));
            foreach (var label in new[] { "gzip", "deflate", "br", "zstd" })
            {
                Assert.Equal(Reading.Body(text, "text/html").Lines(), Reading.Body(text, "text/html", label).Lines());
            }
        }
    }

    [Fact]
    public void ShortestStreams_AreUnpacked()
    {
        foreach (var plain in new[] { "a", "hi", "hello", "홍길동", "[]", "0123456789abcdef" }.Select(Reading.Utf8))
        {
            foreach (var (label, packed) in new[] { ("gzip", Reading.Gzip(plain)), ("deflate", Reading.RawDeflate(plain)), ("br", Reading.Brotli(plain)), ("zstd", Reading.Zstd(plain)) })
            {
                var root = Reading.Body(packed, "text/plain", label).Roots[^1];
                Assert.Equal(label, root.Decodings[0]);
            }
        }
    }

    [Fact]
    public void NothingCompressed_IsNoField() => Assert.Empty(Reading.Body(Reading.Gzip([]), "text/plain", "gzip").Lines());

    [Fact]
    public void MissingOrOtherLabel_TheMarkIsRecognised()
    {
        Assert.Equal("mail [gzip,json] hong@example.com", Reading.Body(Reading.Gzip(Plain), "application/json").Lines()[0]);
        Assert.Equal("mail [deflate,json] hong@example.com", Reading.Body(Reading.Zlib(Plain)).Lines()[0]);
        Assert.Equal("mail [zstd,json] hong@example.com", Reading.Body(Reading.Zstd(Plain)).Lines()[0]);
        Assert.Equal("mail [zstd,json] hong@example.com", Reading.Body(Reading.Zstd(Plain), null, "gzip").Lines()[0]);
        Assert.Equal("mail [gzip,gzip,json] hong@example.com", Reading.Body(Reading.Gzip(Reading.Gzip(Plain)), null, "gzip").Lines()[0]);
    }

    [Fact]
    public void StreamThatBreaksOff_YieldsWhatCameBefore()
    {
        var random = new Random(1);
        var long1 = Reading.Utf8("{\"first\":\"here\",\"rest\":\"" + string.Concat(Enumerable.Range(0, 4000).Select(_ => (char)random.Next('a', 'z'))) + "\"}");
        foreach (var (label, packed) in new[] { ("gzip", Reading.Gzip(long1)), ("deflate", Reading.Zlib(long1)), ("deflate", Reading.RawDeflate(long1)), ("br", Reading.Brotli(long1)) })
        {
            var message = Reading.Body(packed[..(packed.Length * 3 / 4)], "application/json", label);

            Assert.Equal($"first [{label},json] here", message.Lines()[0]);
        }
    }

    [Fact]
    public void TextThatBeginsLikeZlib_StaysText() => Assert.Equal(["[] x^2 + y^2"], Reading.Body("x^2 + y^2").Lines());

    [Fact]
    public void Bomb_StopsAtTheRatioAndKeepsWhatItHas()
    {
        var bomb = Reading.Gzip([.. "{\"first\":\"here\",\"rest\":\""u8, .. new byte[40_000_000].Select(_ => (byte)' ')]);

        var message = Reading.Body(bomb, "application/json", "gzip");

        Assert.True(message.Truncated);
        Assert.Equal("first [gzip,json] here", message.Lines()[0]);
        Assert.True(message.Fields.Where(f => f.Part == MessagePart.Body).Sum(f => (long)f.Text!.Length) <= bomb.Length * 200L);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("zstd")]
    public void BombsOfOtherCodings_StopToo(string label)
    {
        var plain = new byte[60_000_000];
        var bomb = label == "br" ? Reading.Brotli(plain) : Reading.Zstd(plain);

        var message = Reading.Body(bomb, null, label);

        Assert.True(message.Truncated);
        Assert.Equal(1 << 20, message.Fields.Single(f => f.Part == MessagePart.Body).Bytes.Length);
    }

    [Fact]
    public void VolumeLimit_HoldsOverAllBranches()
    {
        var packed = Convert.ToBase64String(Reading.Gzip(Reading.Utf8(string.Concat(Enumerable.Range(0, 2000).Select(i => $"line {i}, ")))));
        var body = "[" + string.Join(",", Enumerable.Repeat($"\"{packed}\"", 50)) + "]";

        var message = Reading.Body(body, "application/json", limits: new DecodingLimits { DecodedBytes = 200_000 });

        Assert.True(message.Truncated);
        var unpacked = message.Fields.Where(f => f.Decodings.Contains("gzip")).ToList();
        Assert.InRange(unpacked.Count, 2, 20);
        Assert.Equal(50, message.Fields.Count(f => f.Part == MessagePart.Body && f.Index >= 0));
    }

    [Fact]
    public void ZstdClaimingAHugeWindow_IsNotGivenTheMemory()
    {
        // Frame header (RFC 8878, 3.1.1): no single segment, window descriptor for 2 GiB, then a raw block.
        byte[] frame = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xA8, 0x29, 0x00, 0x00, 0x61, 0x62, 0x63, 0x64, 0x65];
        var before = GC.GetAllocatedBytesForCurrentThread();

        var message = Reading.Body(frame, null, "zstd");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000_000);
        Assert.Equal(["[] <14 bytes>"], message.Lines());
    }
}
