using TrafficAudit.Classification.Decoding;

namespace TrafficAudit.Classification.Tests.Decoding;

/// <summary>base64, hex and tokens: what is found in a leaf, and what is left alone.</summary>
public sealed class GuessTests
{
    private static string[] Leaf(string value) => Reading.Body(System.Text.Json.JsonSerializer.Serialize(new { v = value })).Lines();

    [Theory]
    [InlineData("aG9uZy5naWxkb25nQGdtYWlsLmNvbQ==", "v [json,base64] hong.gildong@gmail.com")]
    [InlineData("aG9uZy5naWxkb25nQGdtYWlsLmNvbQ", "v [json,base64] hong.gildong@gmail.com")]
    [InlineData("aG9uZy5naWxkb25nQGdtYWlsLmNvbQ=", "v [json,base64] hong.gildong@gmail.com")]
    [InlineData("aG9uZy5naWxkb25nQGdtYWlsLmNvbQ==\n", "v [json,base64] hong.gildong@gmail.com")]
    [InlineData("MDEwMDAwMDAwMDA=", "v [json,base64] 01000000000")]
    [InlineData("7ZmN6ri464+Z", "v [json,base64] 홍길동")]
    [InlineData("7ZmN6ri464-Z", "v [json,base64url] 홍길동")]
    [InlineData("aG9uZ0Bl\r\neGFtcGxl\r\nLmNvbQ==", "v [json,base64] hong@example.com")]
    [InlineData("686f6e67406578616d706c652e636f6d", "v [json,hex] hong@example.com")]
    [InlineData("686F6E67406578616D706C652E636F6D", "v [json,hex] hong@example.com")]
    [InlineData("3031303030303030303030", "v [json,hex] 01000000000")]
    [InlineData("ED998DEAB8B8EB8F99", "v [json,hex] 홍길동")]
    [InlineData("hong%40example.com", "v [json,percent] hong@example.com")]
    [InlineData("3438323130303933376331653464336339623561366639386131623263336434", "v [json,hex] 482100937c1e4d3c9b5a6f98a1b2c3d4")]
    public void Encoded_IsDecoded(string value, string expected) => Assert.Equal(expected, Leaf(value)[^1]);

    [Theory]
    [InlineData("550e8400-e29b-41d4-a716-446655440000")]
    [InlineData("550E8400-E29B-41D4-A716-446655440000")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("3f2504e04f8911d3")]
    [InlineData("1700000000123")]
    [InlineData("20261124103045123456")]
    [InlineData("username")]
    [InlineData("UserPreferences")]
    [InlineData("SAMSUNG")]
    [InlineData("application/json")]
    [InlineData("AndroidManifest")]
    [InlineData("getUserProfile")]
    [InlineData("iPhone15Pro")]
    [InlineData("SM-S911N")]
    [InlineData("Asia/Seoul")]
    [InlineData("America/NewYork")]
    [InlineData("https://x.example/a")]
    [InlineData("dQw4w9WgXcQ")]
    [InlineData("jfc_LN8ZsRwG6kC8zEGhEnV1kD3hzb82sw_wIWN-6KU")]
    [InlineData("CgAAAWVT8QAAAAABAAAAAg==")]
    [InlineData("WelcomeToTheNewShopExample")]
    [InlineData("FREE-SHIPPING-2026")]
    [InlineData("ko_KR")]
    [InlineData("5.12.3")]
    [InlineData("겨울코트특가")]
    [InlineData("C:\\Users\\hong")]
    [InlineData("a\\b")]
    [InlineData("100%")]
    [InlineData("50%ab off %zz")]
    [InlineData("1+1=2 and more")]
    [InlineData("eyJustAWord")]
    [InlineData("[tag]")]
    [InlineData("{{placeholder}}")]
    [InlineData("[object Object]")]
    public void Ordinary_IsLeftAlone(string value) => Assert.Single(Leaf(value));

    [Fact]
    public void RandomIdentifiers_AreHardlyEverTakenForText()
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        var random = new Random(42);
        foreach (var (length, most) in new[] { (8, 30), (11, 10), (12, 4), (16, 1), (22, 0), (32, 0) })
        {
            var wrong = Enumerable.Range(0, 10_000).Count(_ => Leaf(random.GetString(Alphabet, length)).Length > 1);
            Assert.InRange(wrong, 0, most);
        }
    }

    [Fact]
    public void RandomHexAndNumbers_AreHardlyEverTakenForText()
    {
        var random = new Random(43);
        foreach (var (alphabet, length, most) in new[] { ("0123456789abcdef", 16, 5), ("0123456789abcdef", 32, 0), ("0123456789", 16, 0), ("0123456789", 18, 0) })
        {
            var wrong = Enumerable.Range(0, 10_000).Count(_ => Leaf(random.GetString(alphabet, length)).Length > 1);
            Assert.InRange(wrong, 0, most);
        }
    }

    [Fact]
    public void RoundTrip_EveryLengthOfTextComesBack()
    {
        const string Text = "Hong Gildong, Seoul; 홍길동 서울특별시 강남구 테헤란로 1, 010-0000-0000";
        for (var length = 12; length <= Text.Length; length++)
        {
            var text = Text[..length];
            var bytes = Reading.Utf8(text);
            Assert.Contains(text, Leaf(Convert.ToBase64String(bytes))[^1], StringComparison.Ordinal);
            Assert.Contains(text, Leaf(System.Buffers.Text.Base64Url.EncodeToString(bytes))[^1], StringComparison.Ordinal);
            Assert.Contains(text, Leaf(Convert.ToHexStringLower(bytes))[^1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void PlusThatBecameASpace_IsRepairedInForms()
    {
        var encoded = Reading.Base64("""{"name":"홍길동>>>"}""");
        Assert.Contains('+', encoded);

        var lines = Reading.Body("d=" + encoded.TrimEnd('='), "application/x-www-form-urlencoded").Lines();

        Assert.Equal("d.name [form,percent,base64,json] 홍길동>>>", lines[^1]);
    }

    [Fact]
    public void LongBase64OfBinary_IsCountedAsUndecoded()
    {
        var noise = new byte[300];
        new Random(3).NextBytes(noise);

        Assert.Equal("v [json,base64] <300 bytes>", Leaf(Convert.ToBase64String(noise))[^1]);
        Assert.Equal("v [json,hex] <300 bytes>", Leaf(Convert.ToHexStringLower(noise))[^1]);
        Assert.Single(Leaf(Convert.ToBase64String(noise[..48])));
    }

    [Fact]
    public void SignedToken_HeaderAndPayloadAreRead()
    {
        var token = $"{Url("""{"alg":"none"}""")}.{Url("""{"sub":"1","mail":"hong@example.com"}""")}.c2ln";

        Assert.Equal(
            ["v.header.alg [json,jwt,json] none", "v.payload.sub [json,jwt,json] 1", "v.payload.mail [json,jwt,json] hong@example.com"],
            Leaf(token)[1..]);
        Assert.Equal("v.payload.mail [json,jwt,json] hong@example.com", Leaf(token[..^4])[^1]);
    }

    [Fact]
    public void EncryptedToken_CiphertextIsUndecoded()
    {
        var token = $"{Url("""{"alg":"dir","enc":"A128GCM"}""")}..aXYtaXYtaXYt.AQIDBAUGBwgJCgsM.dGFn";

        Assert.Equal("v.ciphertext [json,jwt] <12 bytes>", Leaf(token)[^1]);
    }

    [Theory]
    [InlineData("eyJhbGciOiJub25lIn0")]
    [InlineData("eyJhbGciOiJub25lIn0.x")]
    [InlineData("eyJ.eyJ.eyJ")]
    [InlineData("eyJ..")]
    [InlineData("eyJ%.eyJ.x")]
    public void NoToken_NoPayload(string value) => Assert.DoesNotContain(Leaf(value), l => l.Contains("jwt", StringComparison.Ordinal));

    [Fact]
    public void FieldThatWasDecodedFurther_KeepsItsTextAndHoldsTheResult()
    {
        var fields = Reading.Body("""{"v":"aG9uZ0BleGFtcGxlLmNvbQ=="}""").Fields;
        var outer = fields.Single(f => f.Key == "v");
        var inner = Assert.Single(outer.Children);

        Assert.Equal("aG9uZ0BleGFtcGxlLmNvbQ==", outer.Text);
        Assert.Equal((null, "v", "v", "hong@example.com"), (inner.Key, inner.NearestKey, inner.Path, inner.Text));
        Assert.Equal((outer.Start, outer.Length), (inner.Start, inner.Length));
    }

    private static string Url(string json) => System.Buffers.Text.Base64Url.EncodeToString(Reading.Utf8(json));
}
