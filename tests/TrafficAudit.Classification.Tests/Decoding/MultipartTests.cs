using System.Text;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Decoding;

public sealed class MultipartTests
{
    private const string Type = "multipart/form-data; boundary=\"b-1\"";

    private const string Whole =
        "preamble\r\n--b-1\r\nContent-Disposition: form-data; name=\"mail\"\r\n\r\nh@x.example\r\n"
        + "--b-1\r\nContent-Disposition: form-data; name=\"data\"\r\nContent-Type: application/json\r\n\r\n{\"a\":\"b\"}\r\n"
        + "--b-1\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"hong gildong.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n\u0001\u0002\u0003\r\n"
        + "--b-1\r\nContent-Disposition: form-data; name=empty\r\n\r\n\r\n--b-1--\r\nepilogue";

    [Fact]
    public void FormData_NamesAreSteps() =>
        Assert.Equal(
            [
                "mail [multipart] h@x.example", "data.a [multipart,json] b", "photo [multipart] <3 bytes>", "photo.filename [multipart] hong gildong.jpg",
                "empty [multipart] ",
            ],
            Reading.Body(Whole, Type).Lines());

    [Fact]
    public void Ranges_PointIntoTheBody()
    {
        var message = Reading.Body(Whole, Type);

        Assert.All(
            message.Fields.Where(f => f.Text is "h@x.example" or "b"),
            f => Assert.Equal(f.Text, Whole.Substring(f.Start, f.Length)));
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=other")]
    [InlineData("multipart/form-data; boundary=")]
    public void WrongOrMissingBoundary_TheFirstLineTells(string type)
    {
        var body = Whole["preamble\r\n".Length..];

        Assert.Equal("mail [multipart] h@x.example", Reading.Body(body, type).Lines()[0]);
    }

    [Fact]
    public void NoBoundaryAtAll_TheBodyIsText() => Assert.Equal(["[] nothing here"], Reading.Body("nothing here", "multipart/form-data; boundary=q").Lines());

    [Fact]
    public void LineFeedsAlone_AreUnderstood() =>
        Assert.Equal("mail [multipart] h@x.example", Reading.Body(Whole.Replace("\r", "", StringComparison.Ordinal), Type).Lines()[0]);

    [Fact]
    public void BoundaryInsideALine_EndsNoPart() =>
        Assert.Equal(["a [multipart] x--b-1y"], Reading.Body("--b-1\r\nContent-Disposition: form-data; name=a\r\n\r\nx--b-1y\r\n--b-1--", Type).Lines());

    [Fact]
    public void Mixed_PartsWithoutNamesAreElementsAndNest()
    {
        const string Body = "--o\r\nContent-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n\r\none\r\n--i\r\nContent-Type: application/json\r\n\r\n[2]\r\n--i--\r\n"
            + "--o\r\nContent-Type: text/plain\r\n\r\nthree\r\n--o--";

        Assert.Equal(
            ["[0][0] [multipart,multipart] one", "[0][1][0] [multipart,multipart,json] 2", "[1] [multipart] three"],
            Reading.Body(Body, "multipart/mixed; boundary=o").Lines());
    }

    [Theory]
    [InlineData("base64", "aMO2bmc=", "n [multipart,base64] höng")]
    [InlineData("BASE64", "aMO2\r\nbmc=", "n [multipart,base64] höng")]
    [InlineData("quoted-printable", "h=C3=B6=\r\nng =ZZ", "n [multipart,quoted_printable] höng =ZZ")]
    [InlineData("8bit", "höng", "n [multipart] höng")]
    public void TransferEncodings_AreUndone(string encoding, string content, string expected) =>
        Assert.Equal(
            [expected],
            Reading.Body($"--b-1\r\nContent-Disposition: form-data; name=n\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{content}\r\n--b-1--", Type).Lines());

    [Fact]
    public void CompressedPart_IsUnpacked()
    {
        byte[] body =
        [
            .. "--b-1\r\nContent-Disposition: form-data; name=n; filename*=UTF-8''%ED%99%8D.gz\r\nContent-Encoding: gzip\r\n\r\n"u8,
            .. Reading.Gzip("{\"a\":1}"u8.ToArray()), .. "\r\n--b-1--"u8,
        ];

        Assert.Equal(["n.a [multipart,gzip,json] 1", "n.filename [multipart] 홍.gz"], Reading.Body(body, Type).Lines());
    }

    [Theory]
    [InlineData("--b-1")]
    [InlineData("--b-1--")]
    [InlineData("--b-1\r\n--b-1\r\n--b-1")]
    [InlineData("--b-1\n\n\n--b-1\n")]
    [InlineData("--b-1\r\nContent-Disposition: form-data; name=\"")]
    public void DegenerateBodies_GiveNoContent(string body) =>
        Assert.All(Reading.Body(body, Type).Fields.Where(f => f.Part == MessagePart.Body), f => Assert.Equal("", f.Text));

    [Fact]
    public void KoreanBytesInAPart_AreRead()
    {
        var korean = CodePagesEncodingProvider.Instance.GetEncoding(949)!.GetBytes("홍길동");
        byte[] body = [.. "--b-1\r\nContent-Disposition: form-data; name=n\r\n\r\n"u8, .. korean, .. "\r\n--b-1--"u8];

        Assert.Equal(["n [multipart,euc-kr] 홍길동"], Reading.Body(body, Type).Lines());
    }
}
