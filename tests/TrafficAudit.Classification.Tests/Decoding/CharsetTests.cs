using System.Text;

namespace TrafficAudit.Classification.Tests.Decoding;

public sealed class CharsetTests
{
    private static Encoding Legacy(int page) => CodePagesEncodingProvider.Instance.GetEncoding(page)!;

    [Theory]
    [InlineData("euc-kr")]
    [InlineData("EUC-KR")]
    [InlineData("\"ks_c_5601-1987\"")]
    [InlineData("cp949")]
    [InlineData(null)]
    public void Korean_LabelledOrNot(string? label)
    {
        var body = Legacy(949).GetBytes("""{"name":"홍길동","note":"똠방각하 펲시"}""");

        Assert.Equal(
            ["name [euc-kr,json] 홍길동", "note [euc-kr,json] 똠방각하 펲시"],
            Reading.Body(body, "application/json" + (label is null ? "" : "; charset=" + label)).Lines());
    }

    [Theory]
    [InlineData("gbk", 936, "gbk", "{\"a\":\"张三住在北京\"}")]
    [InlineData("gb2312", 936, "gbk", "{\"a\":\"张三住在北京\"}")]
    [InlineData("shift_jis", 932, "shift_jis", "{\"a\":\"山田カタカナ\"}")]
    [InlineData("big5", 950, "big5", "{\"a\":\"臺北市\"}")]
    [InlineData("iso-8859-1", 1252, "iso-8859-1", "{\"a\":\"Zürich é\"}")]
    public void Labelled_IsHonoured(string label, int page, string step, string json) =>
        Assert.StartsWith($"a [{step},json] ", Reading.Body(Legacy(page).GetBytes(json), "application/json; charset=" + label).Lines()[0], StringComparison.Ordinal);

    [Fact]
    public void WrongLabel_Utf8WinsWhereItIsValid() =>
        Assert.Equal(["a [json] 홍길동"], Reading.Body("""{"a":"홍길동"}""", "application/json; charset=iso-8859-1").Lines());

    [Fact]
    public void ChineseWithoutALabel_IsRecognised() =>
        Assert.Equal(["[gbk] 请输入您的手机号码"], Reading.Body(Legacy(936).GetBytes("请输入您的手机号码"), "text/plain").Lines());

    [Fact]
    public void Utf16_ByMarkLabelOrLook()
    {
        const string Json = """{"a":"홍길동 x"}""";
        byte[] marked = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Json)];
        byte[] markedBig = [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(Json)];

        foreach (var (bytes, type) in new[]
        {
            (marked, "application/json"), (markedBig, "application/json"), (Encoding.Unicode.GetBytes(Json), "application/json; charset=utf-16"),
            (Encoding.BigEndianUnicode.GetBytes("""{"a":"홍길동 x"}"""), "application/json; charset=UTF-16BE"), (Encoding.Unicode.GetBytes("""{"plain":"ascii"}"""), "text/plain"),
        })
        {
            Assert.Contains("[utf-16,json]", Reading.Body(bytes, type).Lines()[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Utf16LabelOrMarkThatIsWrong_IsNotBelieved()
    {
        Assert.Equal(["a [json] b c"], Reading.Body("""{"a":"b c"}""", "application/json; charset=utf-16").Lines());
        Assert.Equal(["[] <8 bytes>"], Reading.Body([0xFF, 0xFE, 0x01, 0x00, 0x02, 0x00, 0x00, 0xD8]).Lines());
    }

    [Fact]
    public void CharacterCutOffAtTheEnd_StaysUtf8()
    {
        var bytes = Reading.Utf8("이름은 홍길동");

        for (var cut = 1; cut <= 3; cut++)
        {
            Assert.StartsWith("[] 이름은", Reading.Body(bytes[..^cut], "text/plain").Lines()[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void EncryptedBytesUnderATextLabel_AreUndecoded()
    {
        var noise = new byte[400];
        new Random(7).NextBytes(noise);

        foreach (var type in new[] { "text/plain", "application/json", "text/html", "application/octet-stream", null })
        {
            Assert.Equal(["[] <400 bytes>"], Reading.Body(noise, type).Lines());
        }
    }

    [Fact]
    public void FewBrokenBytesInText_DoNotHideIt()
    {
        byte[] body = [.. "mail hong@example.com "u8, 0xFF, 0xFE, .. " and more text of usual kind"u8];

        Assert.StartsWith("[] mail hong@example.com", Reading.Body(body, "text/plain").Lines()[0], StringComparison.Ordinal);
    }
}
