using System.IO.Compression;
using System.Text;
using System.Text.Json;
using K4os.Compression.LZ4;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Decoding;

/// <summary>base32, lz-string, LZ4, raw deflate, zstd in base64, ZIP.</summary>
public sealed class PackedTextTests
{
    private const string Json = """{"mail":"hong@example.com","name":"홍길동","list":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}""";

    /// <summary>Written by lz4 1.9 (the program): one block; and one of linked blocks with the content's size.</summary>
    internal static byte[][] Lz4 { get; } =
    [
        Convert.FromBase64String("BCJNGGRAp0IAAAD/KHsibWFpbCI6ImhvbmdAZXhhbXBsZS5jb20iLCJuYW1lIjoi7ZmN6ri464+ZIiwibGlzdCI6ImEBABhQYWFhIn0AAAAAau4fMA=="),
        Convert.FromBase64String("BCJNGGxAZwAAAAAAAACRQgAAAP8oeyJtYWlsIjoiaG9uZ0BleGFtcGxlLmNvbSIsIm5hbWUiOiLtmY3quLjrj5kiLCJsaXN0IjoiYQEAGFBhYWEifQAAAABq7h8w"),
    ];

    /// <summary>Written by npm lz-string 1.5.0: text, compressToBase64, compressToEncodedURIComponent, compressToUTF16.</summary>
    public static TheoryData<string, string, string, string> LzStrings => new()
    {
        {
            """{"mail":"hong@example.com","name":"홍길동","list":[1,2,3,"aaaaaaaaaaaaaaaaaaaaaa"]}""",
            "N4IgtghglgNiBcIAWB7AdgcwAIFMAeEYADjDgHQDGKYIANCGoTgiILJrgHHWCbzXSDFAM4AXBAG0AjLQBMtAMz0ICxUuUqIIALoBfIA=",
            "N4IgtghglgNiBcIAWB7AdgcwAIFMAeEYADjDgHQDGKYIANCGoTgiILJrgHHWCbzXSDFAM4AXBAG0AjLQBMtAMz0ICxUuUqIIALoBfIA",
            "\u1be1\u084d\u412c\u0980\u1b30\u1728\u00d0\u1ee0\u3b23\u4c20\u1049\u403e\u08e0\u0103\u0720\u7423\u0c73\u0220\u1a30\u6a33\u4131\u02e9\u5720\u71f6\u04fe\u35f2\u0648\u0358\u00d8\u1026\u6824\u32f0\u0285\u502c\u67c1\u00d1\u2992\u4aa8\u1021\u3a21\u3e60 "
        },
        { "hong@example.com", "BYewdg5gAgpgHgQwLYAcA2MB0BjESg==", "BYewdg5gAgpgHgQwLYAcA2MB0BjESg", "\u02e3\u6c3d\u41ec@\u5320\u7830\u607b<\u01d1\u4094\u0338\u44c0 " },
        {
            "홍길동 서울특별시 강남구", "rJrg46ybzQBIOIOB1jidS4EZ7A7QxQqDWAqGwNrVA===", "rJrg46ybzQBIOIOB1jidS4EZ7A7QxQqDWAqGwNrVA",
            "\u566d\u3858\u75b3\u3cf0\u0261\u622e\u03cc\u38bd\u25e0\u469b\u01fa\u0c70\u543a\u604a\u0da1\u5af5  "
        },
        {
            "a=1&mail=hong@example.com&a=1&mail=hong@example.com", "IYXgjAZAtsCWA2IAWB7AdgcwAIFMAewUADvDgHQDGKUEokMCy62+hJ5VUQA=",
            "IYXgjAZAtsCWA2IAWB7AdgcwAIFMAewUADvDgHQDGKUEokMCy62+hJ5VUQA",
            "\u10e2\u7843\u00e8\u0b8c\u04d0\u0da8\u00d0\u1ee0\u3b23\u4c20\u1049\u403e\u60c0\u010f\u0720\u7423\u0c72\u4148\u4880\u2cda\u6e14\u1299\u2ac2  "
        },
    };

    private static string[] Leaf(string value) => Reading.Body(JsonSerializer.Serialize(new { v = value })).Lines();

    [Theory]
    [MemberData(nameof(LzStrings))]
    public void LzString_InEachForm_IsUndone(string text, string base64, string url, string wide)
    {
        foreach (var packed in new[] { base64, url, wide })
        {
            Assert.Equal("v [json,lz_string] " + text, Leaf(packed)[1]);
        }
    }

    [Theory]
    [MemberData(nameof(LzStrings))]
    public void LzStringThatBreaksOff_IsNoFault(string text, string base64, string url, string wide)
    {
        Assert.NotEmpty(text);
        foreach (var packed in new[] { base64, url, wide })
        {
            for (var length = 0; length < packed.Length - 6; length++)
            {
                Assert.DoesNotContain(Leaf(packed[..length]), l => l.Contains("lz_string", StringComparison.Ordinal));
            }
        }
    }

    [Theory]
    [InlineData("NBXW4Z2AMV4GC3LQNRSS4Y3PNU======", "hong@example.com")]
    [InlineData("NBXW4Z2AMV4GC3LQNRSS4Y3PNU", "hong@example.com")]
    [InlineData("5WMY32VYXDVY7GJA5SCJZ3E2XA======", "홍길동 서울")]
    public void Base32_IsUndone(string encoded, string text) => Assert.Equal("v [json,base32] " + text, Leaf(encoded)[^1]);

    [Theory]
    [InlineData("SAMSUNGELECTRONICSKOREA")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")]
    [InlineData("JBSWY3DPEHPK3PXP")] // the well-known example of a one-time password's key
    public void CapitalsThatAreNoBase32_AreLeftAlone(string value) => Assert.Single(Leaf(value));

    [Theory]
    [InlineData("")]
    [InlineData("mozLz40\0")]
    public void Lz4BlockBehindItsLength_IsUndone(string mark)
    {
        var text = Encoding.UTF8.GetBytes($"{{\"mail\":\"hong@example.com\",\"list\":[{string.Join(',', Enumerable.Repeat("\"the same again\"", 9))}]}}");
        var block = new byte[LZ4Codec.MaximumOutputSize(text.Length)];
        byte[] packed =
            [.. Encoding.ASCII.GetBytes(mark), .. BitConverter.GetBytes(text.Length), .. block.AsSpan(0, LZ4Codec.Encode(text, block))];

        Assert.Equal("mail [lz4,json] hong@example.com", Reading.Body(packed).Lines()[0]);
        Assert.Equal("v.mail [json,base64,lz4,json] hong@example.com", Leaf(Convert.ToBase64String(packed))[1]);
        Assert.DoesNotContain(Reading.Body(packed[..^3]).Lines(), line => line.Contains("lz4", StringComparison.Ordinal));
    }

    [Fact]
    public void Lz4Frames_AreUndone()
    {
        foreach (var frame in Lz4)
        {
            Assert.Equal("mail [lz4,json] hong@example.com", Reading.Body(frame).Lines()[0]);
            Assert.Equal("v.mail [json,base64,lz4,json] hong@example.com", Leaf(Convert.ToBase64String(frame))[1]);
        }
    }

    [Fact]
    public void RawDeflate_OfAnyLevel_IsUndone()
    {
        foreach (var text in new[] { Json, string.Concat(Enumerable.Range(0, 300).Select(i => $"{{\"mail\":\"hong{i}@example.com\"}}\n")) })
        {
            var packed = Reading.RawDeflate(Reading.Utf8(text));

            Assert.Contains("[deflate,json]", Reading.Body(packed).Lines()[0], StringComparison.Ordinal);
            Assert.Contains("[json,base64,deflate,json]", Leaf(Convert.ToBase64String(packed))[1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ZstdInBase64_IsUndone() =>
        Assert.Equal("v.mail [json,base64,zstd,json] hong@example.com", Leaf(Convert.ToBase64String(Reading.Zstd(Reading.Utf8(Json))))[1]);

    [Fact]
    public void Zip_EachFileIsRead()
    {
        var lines = Reading.Body(Zip(("a.json", Json), ("logs/b.txt", "hong@example.com"))).Lines();

        Assert.Equal("\"a.json\".mail [zip,json] hong@example.com", lines[0]);
        Assert.Equal("\"logs/b.txt\" [zip] hong@example.com", lines[^1]);
    }

    [Fact]
    public void LzStringOfDigits_IsUndone() => Assert.Equal("v [json,lz_string] 12025550143", Leaf(LzStringWriter.ToBase64("12025550143"))[1]);

    [Fact]
    public void BrotliWithoutALabel_IsUndoneWhereItIsAText()
    {
        Assert.Equal("v.mail [json,base64,br,json] hong@example.com", Leaf(Convert.ToBase64String(Reading.Brotli(Reading.Utf8(Json))))[1]);
        Assert.Equal("mail [br,json] hong@example.com", Reading.Body(Reading.Brotli(Reading.Utf8(Json))).Lines()[0]);
    }

    [Fact]
    public void RandomBytes_AreNoBrotliAndNoWideText()
    {
        var random = new Random(44);
        foreach (var length in Enumerable.Range(0, 20_000).Select(i => 16 + (i % 80)))
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            Assert.False(BrotliText.IsLikely(bytes) || WideText.IsLikely(bytes), Convert.ToHexString(bytes));
        }
    }

    [Theory]
    [InlineData("{\"mail\":\"hong@example.com\"}", "mail")]
    [InlineData("서울특별시 중구 세종대로 110, 17층", "")]
    public void Utf16WithoutAMark_IsReadInBase64AndHex(string text, string path)
    {
        var bytes = Encoding.Unicode.GetBytes(text);

        Assert.Contains($"v{(path.Length > 0 ? "." : "")}{path} [json,base64,utf-16", Leaf(Convert.ToBase64String(bytes))[^1], StringComparison.Ordinal);
        Assert.Contains($"v{(path.Length > 0 ? "." : "")}{path} [json,hex,utf-16", Leaf(Convert.ToHexStringLower(bytes))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void ZipWithABomb_StopsAndKeepsTheOthers()
    {
        var message = Reading.Body(Zip(("a.json", Json), ("bomb.txt", new string(' ', 50_000_000))));

        Assert.True(message.Truncated);
        Assert.Equal("\"a.json\".mail [zip,json] hong@example.com", message.Lines()[0]);
    }

    internal static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }
}
