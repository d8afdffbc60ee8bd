using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Decoding;

public sealed class JsonTests
{
    [Fact]
    public void Document_EveryLeafWithItsPathAndKind()
    {
        var message = Reading.Body("""{"user":{"mail":"h@x.example","age":30,"vip":true,"ref":null},"phones":["1",["2"]],"a.b":{"":"e"}}""", "application/json");

        Assert.Equal(
            [
                "user.mail [json] h@x.example", "user.age [json] 30", "user.vip [json] true", "user.ref [json] null", "phones[0] [json] 1",
                "phones[1][0] [json] 2", "\"a.b\". [json] e",
            ],
            message.Lines());
        Assert.Equal(
            [FieldKind.Text, FieldKind.Number, FieldKind.Boolean, FieldKind.Null],
            message.Fields.Where(f => f.Part == MessagePart.Body).Take(4).Select(f => f.Kind));
        Assert.Equal("phones", message.Fields.Single(f => f.Text == "2").NearestKey);
    }

    [Theory]
    [InlineData("\uFEFF{\"a\":\"b\"}")]
    [InlineData(")]}',\n{\"a\":\"b\"}")]
    [InlineData(")]}'\n\n{\"a\":\"b\"}")]
    [InlineData("while(1);{\"a\":\"b\"}")]
    [InlineData("for (;;); {\"a\":\"b\"}")]
    [InlineData("{} && {\"a\":\"b\"}")]
    [InlineData("{}&&{\"a\":\"b\"}")]
    [InlineData("/*-secure-\n{\"a\":\"b\"}\n*/")]
    [InlineData("callback({\"a\":\"b\"});")]
    [InlineData("/**/jQuery123_45({\"a\":\"b\"})")]
    [InlineData(" \r\n {\"a\" : \"b\",} // end")]
    public void Guarded_DocumentIsFound(string body)
    {
        foreach (var type in new[] { "application/json", "text/plain", "text/html", null })
        {
            var lines = Reading.Body(body, type).Lines();
            Assert.Equal("a [json] b", lines[0]);
        }
    }

    [Fact]
    public void JsonUnderAScriptLabel_IsReadWhenItIsWhole()
    {
        Assert.Equal(["a [json] b"], Reading.Body("cb({\"a\":\"b\"})", "application/javascript").Lines());
        Assert.Equal(["[] <21 bytes>"], Reading.Body("({\"a\":\"b\"}).run(1,2);", "text/javascript").Lines());
        Assert.Equal(["[] <19 bytes>"], Reading.Body("init({\"a\":1}); x=2;", "text/javascript").Lines());
    }

    [Fact]
    public void JsonLines_AreAnArray()
    {
        var message = Reading.Body("{\"a\":1}\r\n\n{\"a\":2}\nnot json\n[3]\n", "application/x-ndjson");

        Assert.Equal(["[0].a [json] 1", "[1].a [json] 2", "[2] [json] not json", "[3][0] [json] 3"], message.Lines());
    }

    [Fact]
    public void StringInString_IsReadToTheBottom()
    {
        var message = Reading.Body("""{"outer":"{\"inner\":\"{\\\"mail\\\":\\\"h@x.example\\\"}\"}"}""");

        Assert.Equal("outer.inner.mail [json,json,json] h@x.example", message.Lines()[^1]);
        Assert.Equal(3, message.Lines().Length);
    }

    [Theory]
    [InlineData("""{"a":"\u0068\u006f\u006E\u0067\/x"}""", "hong/x")]
    [InlineData("""{"a":"\ud64d\uae38\ub3d9"}""", "홍길동")]
    [InlineData("""{"a":"tab\tquote\"back\\slash"}""", "tab\tquote\"back\\slash")]
    [InlineData("""{"a":"half \ud800 pair"}""", "half \uFFFD pair")]
    public void Escapes_AreUndone(string body, string expected) =>
        Assert.Equal(expected, Reading.Body(body).Fields.First(f => f.Key == "a").Text);

    [Fact]
    public void EscapedKey_IsUndone() => Assert.Equal(["mail [json] x"], Reading.Body("""{"\u006dail":"x"}""").Lines());

    [Fact]
    public void EscapesOutsideJson_AreUndone()
    {
        Assert.Contains("name [form,json] 홍길동", Reading.Body(@"name=\ud64d\uae38\ub3d9", "application/x-www-form-urlencoded").Lines());
        Assert.Contains("data.a [form,json,json] b", Reading.Body("""data={\"a\":\"b\"}""", "application/x-www-form-urlencoded").Lines());
    }

    [Fact]
    public void DocumentThatBreaksOff_KeepsWhatCameBeforeAndTheRestAsText()
    {
        var message = Reading.Body("""{"a":"1","b":{"c":"2","mail":"h@x.exa""", "application/json");

        Assert.Equal("a [json] 1", message.Lines()[0]);
        Assert.Equal("b.c [json] 2", message.Lines()[1]);
        Assert.Contains("h@x.exa", message.Lines()[^1], StringComparison.Ordinal);
        Assert.False(message.Truncated);
    }

    [Fact]
    public void DocumentsWithoutALineBetween_AreAllSearched()
    {
        var message = Reading.Body("""{"a":"1"}{"b":"2"}""", "application/json");

        Assert.Equal(["a [json] 1", "[json] {\"b\":\"2\"}", "b [json,json] 2"], message.Lines());
    }

    [Theory]
    [InlineData("[see note] and more")]
    [InlineData("{0} items")]
    [InlineData("{name}")]
    [InlineData("[1] first footnote")]
    [InlineData("function f(){return [1]}")]
    [InlineData("2026-11-23 [INFO] started")]
    public void TextThatLooksLikeJson_StaysText(string body) => Assert.Equal(["[] " + body], Reading.Body(body, "text/plain").Lines());

    [Theory]
    [InlineData("\"word\"", "[json] word")]
    [InlineData("-12.5", "[json] -12.5")]
    [InlineData("123", "[json] 123")]
    [InlineData("true", "[json] true")]
    public void ScalarUnderAJsonLabel_IsRead(string body, string expected) => Assert.Equal([expected], Reading.Body(body, "application/json").Lines());

    [Fact]
    public void Ranges_PointAtTheValuesInTheBody()
    {
        const string Json = """ {"k":"h\u0040x.example","n":[12.5,true],"홍":"길동","inner":"{\"a\":\"b\"}"}""";
        var bytes = Reading.Utf8(Json);
        var message = Reading.Body(bytes, "application/json");

        string At(Field f) => System.Text.Encoding.UTF8.GetString(bytes, f.Start, f.Length);
        Assert.Equal(
            [@"h\u0040x.example", "12.5", "true", "길동", "{\\\"a\\\":\\\"b\\\"}", "{\\\"a\\\":\\\"b\\\"}"],
            message.Fields.Where(f => f.Part == MessagePart.Body).Select(At));
    }

    [Fact]
    public void RangesAfterAGuardAndInLines_AreExact()
    {
        foreach (var body in new[] { ")]}',\n{\"a\":\"find me\"}", "{\"b\":1}\n{\"a\":\"find me\"}" })
        {
            var field = Reading.Body(body, "application/json").Fields.Single(f => f.Text == "find me");
            Assert.Equal("find me", body.Substring(field.Start, field.Length));
        }
    }

    [Fact]
    public void SocketIo_PacketTypeBeforeTheArrayIsPassedOver()
    {
        var message = MessageDecoder.Decode(MessageKind.WebSocketSent, Reading.Utf8("""42["join",{"mail":"h@x.example"}]"""));

        Assert.Equal(["[0] [json] join", "[1].mail [json] h@x.example"], message.Lines());
        Assert.All(message.Fields, f => Assert.Equal(MessageKind.WebSocketSent, f.Message));
    }

    [Fact]
    public void InvalidUtf8InAString_IsReplaced()
    {
        byte[] body = [.. "{\"a\":\"x"u8, 0xFF, .. "y\"}"u8];

        Assert.Equal(["a [json] x\uFFFDy"], Reading.Body(body, "application/json").Lines());
    }
}
