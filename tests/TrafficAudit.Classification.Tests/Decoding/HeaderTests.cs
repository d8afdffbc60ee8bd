using System.Text;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Decoding;

public sealed class HeaderTests
{
    [Fact]
    public void Names_AreKeptAsSpelled() =>
        Assert.Equal(["x-DEVICE-id [] abc", "X-Empty [] "], Reading.Fields("x-DEVICE-id:  abc \nX-Empty:").Lines(MessagePart.Header));

    [Fact]
    public void Referer_ItsQueryIsTakenApart()
    {
        const string Url = "https://shop.example/join?mail=hong%40example.com&x=1";
        var message = Reading.Fields("Referer: " + Url);

        Assert.Equal(["Referer [] " + Url, "Referer.mail [percent] hong@example.com", "Referer.x [] 1"], message.Lines(MessagePart.Header));
        var mail = message.Fields.Single(f => f.Key == "mail");
        Assert.Equal("hong%40example.com", Url.Substring(mail.Start, mail.Length));
    }

    [Fact]
    public void Location_FragmentWithPairsIsTakenApart() =>
        Assert.Equal(
            "Location.access_token [] abc",
            Reading.Fields("Location: app://done#access_token=abc").Lines(MessagePart.Header)[1]);

    [Fact]
    public void BasicCredentials_AreDecoded() =>
        Assert.Equal(
            "Authorization [base64] hong:geheim",
            Reading.Fields("Authorization: Basic " + Reading.Base64("hong:geheim")).Lines(MessagePart.Header)[^1]);

    [Fact]
    public void HeaderOfAnSdk_Base64OfGzipOfJsonIsRead()
    {
        var packed = Convert.ToBase64String(Reading.Gzip(Reading.Utf8("""{"heartbeats":[{"agent":"fire"}]}"""))).TrimEnd('=');

        Assert.Equal(
            "x-firebase-client.heartbeats[0].agent [base64,gzip,json] fire",
            Reading.Fields("x-firebase-client: " + packed).Lines(MessagePart.Header)[^1]);
    }

    [Fact]
    public void HeaderThatHoldsAQueryString_IsTakenApart() =>
        Assert.Equal(
            ["x-data [] id=1&mail=a%40b.example", "x-data.id [form] 1", "x-data.mail [form,percent] a@b.example"],
            Reading.Fields("x-data: id=1&mail=a%40b.example").Lines(MessagePart.Header));

    [Theory]
    [InlineData("Accept: a=b&c=d")]
    [InlineData("User-Agent: SG9uZyBHaWxkb25nIGlzIGhlcmU=")]
    [InlineData("Content-Security-Policy: report-uri https://x.example/?a=1")]
    public void StandardHeaders_AreNotGuessedAt(string field) => Assert.Single(Reading.Fields(field).Lines(MessagePart.Header));

    [Fact]
    public void Cookies_AreFieldsOfTheirOwn()
    {
        const string Value = "a=1; mail=h%40x.example;b=c=d; flag; q=\"x y\"";
        var message = Reading.Fields("Cookie: " + Value);

        Assert.Equal(
            ["a [] 1", "mail [percent] h@x.example", "b [] c=d", "b.c [form] d", "[3] [] flag", "q [] \"x y\"", "q [json] x y"],
            message.Lines(MessagePart.Cookie));
        Assert.Empty(message.Lines(MessagePart.Header));
        var mail = message.Fields.Single(f => f.Key == "mail");
        Assert.Equal("h%40x.example", Value.Substring(mail.Start, mail.Length));
    }

    [Fact]
    public void SetCookie_AttributesAreNoFields() =>
        Assert.Equal(
            ["sid [] abc", "lang [] ko"],
            Reading.Fields("Set-Cookie: sid=abc; Path=/; Expires=Wed, 01 Jan 2030 00:00:00 GMT\nset-cookie: lang=ko; Secure").Lines(MessagePart.Cookie));

    [Fact]
    public void BytesThatAreNoUtf8_AreReadAsLatin1()
    {
        var head = Encoding.Latin1.GetBytes("GET / HTTP/1.1\r\nX-City: Zürich\r\n\r\n");

        Assert.Equal(["X-City [] Zürich"], MessageDecoder.Decode(MessageKind.Request, new Message(head, TrafficAudit.Model.Body.Empty)).Lines(MessagePart.Header));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    [InlineData("GET")]
    [InlineData("GET / HTTP/1.1\r\nno colon here\r\n: no name\r\n\r\n")]
    [InlineData("GET  HTTP/1.1\r\n\r\n")]
    public void BrokenHead_GivesWhatThereIs(string head) =>
        Assert.DoesNotContain(
            MessageDecoder.Decode(MessageKind.Request, new Message(Encoding.UTF8.GetBytes(head), TrafficAudit.Model.Body.Empty)).Fields, f => f.Part == MessagePart.Header);

    [Fact]
    public void TargetWithARawSpace_IsReadWhole() =>
        Assert.Equal(["q [] wool coat"], Reading.Target("/?q=wool coat").Lines(MessagePart.Query));
}
