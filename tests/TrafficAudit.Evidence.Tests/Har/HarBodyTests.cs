using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Tests.Har;

public sealed class HarBodyTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x00, 0xFF];

    private static string OkWith(string content, string headers = "") =>
        $$""" "status":200,"statusText":"OK","headers":[{{headers}}],"content":{{content}} """;

    private static byte[] Gzip(string text)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return target.ToArray();
    }

    private static async Task<(string Text, MessageFacts Facts)> ResponseAsync(string content, string headers = "")
    {
        var flow = await HarText.FlowAsync(HarText.Entry(response: OkWith(content, headers)));
        return (flow.Response.BodyText(), flow.Metadata.Response!);
    }

    private static async Task<(byte[] Bytes, FlowMetadata Metadata, string Head)> RequestAsync(string postData, string headers = "", string more = "")
    {
        var flow = await HarText.FlowAsync(HarText.Entry(HarText.Post(postData, headers, more)));
        return (flow.Request!.Body.ToMemory().ToArray(), flow.Metadata, flow.Request.Head());
    }

    [Fact]
    public async Task Base64Content_IsItsBytes()
    {
        var flow = await HarText.FlowAsync(HarText.Entry(response: OkWith(
            $$"""{"size":8,"mimeType":"image/png","encoding":"base64","text":"{{Convert.ToBase64String(Png)}}"}""")));

        Assert.Equal(Png, flow.Response!.Body.ToMemory().ToArray());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Png)), flow.Metadata.Response!.BodySha256);
        Assert.Equal((8, 8, true), (flow.Metadata.Response.BodyLength, flow.Metadata.Response.BodyCaptured, flow.Metadata.Response.Complete));
    }

    [Theory]
    [InlineData("aG9sYQ==", "hola")]
    [InlineData("aG9sYQ", "hola")]
    [InlineData("aG9\\nsYQ==", "hola")]
    [InlineData("aG9s\\/Q==", "hol\uFFFD")]
    [InlineData("", "")]
    public async Task Base64InUsualForms_IsRead(string base64, string text)
    {
        Assert.Equal(text, (await ResponseAsync($$"""{"encoding":"BASE64","text":"{{base64}}"}""")).Text);
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("aG9sYQ=")]
    [InlineData("aG9sY")]
    public async Task BadBase64_SkipsTheEntryAndNamesTheField(string base64)
    {
        Assert.Equal(
            "response.content.text is no valid base64",
            await HarText.SkipReasonAsync(HarText.Entry(response: OkWith($$"""{"encoding":"base64","text":"{{base64}}"}"""))));
        Assert.Equal(
            "request.postData.text is no valid base64",
            await HarText.SkipReasonAsync(HarText.Entry(HarText.Post($$"""{"encoding":"base64","text":"{{base64}}"}"""))));
    }

    [Theory]
    [InlineData("""{"size":10,"text":"abcd"}""", 4, 10, false)]
    [InlineData("""{"size":10}""", 0, 10, false)]
    [InlineData("""{"size":"10","text":null}""", 0, 10, false)]
    [InlineData("""{"size":4,"text":"abcd"}""", 4, 4, true)]
    [InlineData("""{"size":-1,"text":"abcd"}""", 4, 4, true)]
    [InlineData("""{"text":"abcd"}""", 4, 4, true)]
    [InlineData("""{"size":0}""", 0, 0, true)]
    [InlineData("""{}""", 0, 0, true)]
    [InlineData("null", 0, 0, true)]
    [InlineData("""{"size":24,"compression":-20,"text":"abcd"}""", 4, 4, true)]
    [InlineData("""{"size":7,"text":"abcd"}""", 4, 4, true)] // a byte order mark that is no part of the text
    [InlineData("""{"size":1e300,"text":"abcd"}""", 4, 4, true)]
    public async Task Sizes_TellWhetherTheFileHoldsAll(string content, long captured, long length, bool complete)
    {
        var (_, facts) = await ResponseAsync(content);

        Assert.Equal((captured, length, complete), (facts.BodyCaptured, facts.BodyLength, facts.Complete));
    }

    [Fact]
    public async Task EscapesAndForeignBytes_AreKept()
    {
        var (text, _) = await ResponseAsync("""{"text":"\u0041\n\t\"\\\/\ud83d\ude00 한글 \ud83d \ude00"}""");

        Assert.Equal("A\n\t\"\\/😀 한글 \uFFFD \uFFFD", text);
    }

    [Fact]
    public async Task BytesThatPythonEscaped_AreThoseBytesAgain()
    {
        var flow = await HarText.FlowAsync(HarText.Entry(HarText.Post("""{"text":"a\udcff\udc80b"}""")));

        Assert.Equal([0x61, 0xFF, 0x80, 0x62], flow.Request!.Body.ToMemory().ToArray());
    }

    [Fact]
    public async Task BytesThatAreNoUtf8_StayAsTheyAre()
    {
        var bytes = Encoding.Latin1.GetBytes(HarText.File(HarText.Entry(response: OkWith("{\"text\":\"caf\u00E9\"}"))));

        var (_, flows) = await HarText.ImportAsync(bytes);

        Assert.Equal([0x63, 0x61, 0x66, 0xE9], Assert.Single(flows).Response!.Body.ToMemory().ToArray());
    }

    [Theory]
    [InlineData("HEAD", 200)]
    [InlineData("GET", 204)]
    [InlineData("GET", 304)]
    public async Task AnswerWithoutContent_HasNoneAndTheCachesIsNoted(string method, int status)
    {
        var (result, flows) = await HarText.ImportAsync(HarText.File(HarText.Entry(
            HarText.Get.Replace("GET", method), HarText.Ok.Replace("200", status.ToString()))));

        Assert.Equal(0, Assert.Single(flows).Metadata.Response!.BodyLength);
        Assert.True(flows[0].Metadata.Response!.Complete);
        Assert.Equal("response.content is left out: such an answer has none, it is the browser's cache", Assert.Single(result.Notes).Text);
    }

    [Fact]
    public async Task RequestBodyInBase64_IsItsBytes()
    {
        var (bytes, _, _) = await RequestAsync($$"""{"encoding":"base64","text":"{{Convert.ToBase64String(Png)}}"}""");

        Assert.Equal(Png, bytes);
    }

    [Fact]
    public async Task RequestBodyOfHttpToolkit_IsTakenFromItsOwnMember()
    {
        var (bytes, _, _) = await RequestAsync(
            "null", more: $$""","_content":{"text":"{{Convert.ToBase64String(Png)}}","size":8,"encoding":"base64"}""");

        Assert.Equal(Png, bytes);
    }

    [Fact]
    public async Task GzipAsOneCharacterAByte_IsItsBytesAndStaysCoded()
    {
        var gzip = Gzip("{\"email\":\"someone@example.com\"}");
        var escaped = string.Concat(gzip.Select(b => $"\\u{b:x4}"));

        var (bytes, _, head) = await RequestAsync($$"""{"text":"{{escaped}}"}""", HarText.Header("Content-Encoding", "gzip"));

        Assert.Equal(gzip, bytes);
        Assert.Contains("\r\nContent-Encoding: gzip\r\n", head);
    }

    [Fact]
    public async Task DecodedRequestWithCoding_IsWholeAndNotCodedAnyMore()
    {
        var (bytes, metadata, head) = await RequestAsync("""{"text":"{}"}""", HarText.Header("Content-Encoding", "gzip"), ",\"bodySize\":22");

        Assert.Equal("{}"u8, bytes);
        Assert.True(metadata.Request!.Complete);
        Assert.Contains("\r\nX-Archive-Orig-Content-Encoding: gzip\r\n", head);
    }

    [Fact]
    public async Task ParamsWithoutText_MakeTheForm()
    {
        var (result, flows) = await HarText.ImportAsync(HarText.File(HarText.Entry(HarText.Post(
            """{"mimeType":"application/x-www-form-urlencoded","params":[{"name":"name","value":"홍 길동"},{"name":"a&b","value":"1=2"},{"name":"c"}]}"""))));

        Assert.Equal("name=%ED%99%8D+%EA%B8%B8%EB%8F%99&a%26b=1%3D2&c=", Assert.Single(flows).Request.BodyText());
        Assert.True(flows[0].Metadata.Request!.Complete);
        Assert.Equal("request.postData has no text: the body is made of its params", Assert.Single(result.Notes).Text);
    }

    [Fact]
    public async Task MultipartParams_MakePartsWithTheBoundaryOfTheType()
    {
        var (bytes, _, head) = await RequestAsync(
            """{"mimeType":"multipart/form-data","params":[{"name":"a\"\r\nb","value":"1"},{"name":"f","fileName":"p.txt","contentType":"text/plain","value":"x"}]}""",
            HarText.Header("Content-Type", "multipart/form-data; boundary=\\\"abc\\\""));

        Assert.Equal(
            "--abc\r\nContent-Disposition: form-data; name=\"a%22%0D%0Ab\"\r\n\r\n1\r\n"
            + "--abc\r\nContent-Disposition: form-data; name=\"f\"; filename=\"p.txt\"\r\nContent-Type: text/plain\r\n\r\nx\r\n--abc--\r\n",
            Encoding.UTF8.GetString(bytes));
        Assert.Contains("\r\nContent-Type: multipart/form-data; boundary=\"abc\"\r\n", head);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"name":"Content-Type","value":"multipart/form-data"}""")]
    public async Task MultipartParamsWithoutBoundary_GetOneThatTheHeadNames(string headers)
    {
        var (bytes, _, head) = await RequestAsync("""{"mimeType":"multipart/form-data","params":[{"name":"a","value":"1"}]}""", headers);

        Assert.Contains("\r\nContent-Type: multipart/form-data; boundary=----TrafficAuditRebuiltBoundary\r\n", head);
        Assert.StartsWith("------TrafficAuditRebuiltBoundary\r\n", Encoding.UTF8.GetString(bytes));
    }

    [Theory]
    [InlineData("""{"mimeType":"image/png"}""", "", ",\"bodySize\":512")]
    [InlineData("null", "", ",\"bodySize\":512")]
    [InlineData("null", """{"name":"Content-Length","value":"512"}""", ",\"bodySize\":-1")]
    public async Task RequestBodyThatTheFileLacks_IsKnownByItsLength(string postData, string headers, string more)
    {
        var (bytes, metadata, _) = await RequestAsync(postData, headers, more);

        Assert.Empty(bytes);
        Assert.Equal((512, 0, false), (metadata.Request!.BodyLength, metadata.Request.BodyCaptured, metadata.Request.Complete));
    }
}
