using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Decoding;

public sealed class FormTests
{
    private const string Type = "application/x-www-form-urlencoded; charset=UTF-8";

    [Theory]
    [InlineData("a=1&b=x+y", "a [form] 1", "b [form,percent] x y")]
    [InlineData("u%5Bmail%5D=h%40x.example", "u[mail] [form,percent] h@x.example")]
    [InlineData("d=%7B%22a%22%3A%22b%22%7D", "d [form,percent] {\"a\":\"b\"}", "d.a [form,percent,json] b")]
    [InlineData("u=https%3A%2F%2Fx.example%2F%3Fm%3Dh%2540y.example", "u [form,percent] https://x.example/?m=h%40y.example", "u.m [form,percent,url,percent] h@y.example")]
    [InlineData("q=a%3D1%26b%3D2", "q [form,percent] a=1&b=2", "q.a [form,percent,form] 1", "q.b [form,percent,form] 2")]
    public void Body_Pairs(string body, params string[] expected) => Assert.Equal(expected, Reading.Body(body, Type).Lines());

    [Fact]
    public void FormWithoutALabel_IsRecognised()
    {
        Assert.Equal(["a [form] 1", "b [form] 2"], Reading.Body("a=1&b=2").Lines());
        Assert.Equal(["a [form] 1"], Reading.Body("a=1\r\n", "text/plain").Lines());
    }

    [Fact]
    public void JsonUnderAFormLabel_IsReadAsJson() => Assert.Equal(["a [json] b&c=d"], Reading.Body("""{"a":"b&c=d"}""", Type).Lines().Take(1));

    [Theory]
    [InlineData("E = mc2 & more")]
    [InlineData("cmF0aGVyIHNob3J0==")]
    [InlineData("a&b&c")]
    [InlineData("=x")]
    public void TextThatIsNoForm_StaysOneLeaf(string body) => Assert.DoesNotContain(Reading.Body(body).Lines(), l => l.Contains("form", StringComparison.Ordinal));

    [Fact]
    public void RoundTrip_EveryCharacterComesBack()
    {
        var all = new string([.. Enumerable.Range(32, 95).Select(i => (char)i)]) + "홍길동 北京 é\n";
        var fields = Reading.Body("v=" + Uri.EscapeDataString(all), Type).Fields;

        Assert.Contains(fields, f => f.Key == "v" && f.Text == all);
    }

    [Fact]
    public void Ranges_PointAtTheEncodedValue()
    {
        const string Body = "a=1&mail=h%40x.example&d=%7B%22k%22%3A%22v%22%7D";
        var message = Reading.Body(Body, Type);

        string At(string text) => message.Fields.Where(f => f.Text == text && f.Part == MessagePart.Body).Select(f => Body.Substring(f.Start, f.Length)).Single();
        Assert.Equal("h%40x.example", At("h@x.example"));
        Assert.Equal("%7B%22k%22%3A%22v%22%7D", At("v"));
    }

    [Fact]
    public void LegacyCharsetParameter_IsHonoured()
    {
        // The same two bytes are Korean or Chinese; the label decides.
        Assert.Equal(["n [form,percent,gbk] 欢迎"], Reading.Body("n=%BB%B6%D3%AD", "application/x-www-form-urlencoded; charset=gbk").Lines());
        Assert.Equal(["n [form,percent,euc-kr] 홍길동"], Reading.Body("n=%C8%AB%B1%E6%B5%BF", "application/x-www-form-urlencoded; charset=EUC-KR").Lines());
    }
}
