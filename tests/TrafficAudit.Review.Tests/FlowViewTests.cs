using System.IO.Compression;
using System.Text;
using TrafficAudit.Classification;
using TrafficAudit.Model;
using TrafficAudit.Review.Flows;
using TrafficAudit.Testing;

namespace TrafficAudit.Review.Tests;

/// <summary>What the view of a flow shows of its messages: masked and revealed, marked, bounded.</summary>
public sealed class FlowViewTests
{
    private const string Email = "someone.invented@example.com";

    [Fact]
    public void Json_KeepsOrderDuplicatesAndNumbersAsWritten()
    {
        var view = View(Post("application/json", """{"b":1.50,"a":[],"b":-0e5,"c":{},"d":[true,null,"x\ty"]}"""), revealed: true);

        Assert.Equal(
            """
            {
              "b": 1.50,
              "a": [],
              "b": -0e5,
              "c": {},
              "d": [
                true,
                null,
                "x\ty"
              ]
            }
            """.ReplaceLineEndings("\n"),
            TextOf(view.Request!.Body));
    }

    [Theory]
    [InlineData("application/json", """{"user":{"email":"someone.invented@example.com","note":"a private word"}}""")]
    [InlineData("application/x-www-form-urlencoded", "email=someone.invented%40example.com&note=a+private+word")]
    [InlineData("text/plain", "someone.invented@example.com said a private word")]
    [InlineData("application/xml", "<u><email>someone.invented@example.com</email><note>a private word</note></u>")]
    [InlineData("text/html", "<p>someone.invented@example.com: a private word</p>")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\nsomeone.invented@example.com\r\n--b\r\nContent-Disposition: form-data; name=\"n\"; filename=\"private.txt\"\r\n\r\na private word\r\n--b--\r\n")]
    public void Masked_NoValueIsInAnyForm_AndTheFoundOneIsMarked(string type, string body)
    {
        foreach (var form in Enum.GetValues<BodyForm>())
        {
            var masked = View(Post(type, body), form);

            Assert.DoesNotContain("someone.invented", All(masked), StringComparison.Ordinal);
            Assert.DoesNotContain("private", All(masked), StringComparison.Ordinal);
            Assert.DoesNotContain("someone.invented", masked.Curl, StringComparison.Ordinal);
        }

        Assert.Contains(Marks(View(Post(type, body)).Request!.Body), mark => mark.Items == "email");
        Assert.Contains(Email, All(View(Post(type, body), BodyForm.Pretty, revealed: true)), StringComparison.Ordinal);
    }

    [Fact]
    public void Masked_OriginalJsonShowsItsSyntaxAndNames()
    {
        var view = View(Post("application/json", """{ "email" : "someone.invented@example.com", "n": 12 }"""), BodyForm.Text);

        Assert.Equal("""{ "email" : "so…om (28)", "n": … (2) }""", TextOf(view.Request!.Body));
        Assert.Equal("so…om (28)", Assert.Single(MarkedTexts(view.Request.Body)));
    }

    [Fact]
    public void Masked_TextBehindJsonIsNotShown()
    {
        var view = View(Post("application/json", """{"a":1} trailing secret"""), BodyForm.Text);

        Assert.DoesNotContain("secret", All(view), StringComparison.Ordinal);
    }

    [Fact]
    public void ValueInsideEncodings_IsMarkedInTheOriginalAndWhereItIsDecoded()
    {
        var inner = Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"mail":"{{Email}}"}"""));
        var original = View(Post("application/json", $$"""{"data":"{{inner}}","x":1}"""), BodyForm.Text, revealed: true);
        var pretty = View(Post("application/json", $$"""{"data":"{{inner}}","x":1}"""), revealed: true);

        Assert.Equal(inner, Assert.Single(MarkedTexts(original.Request!.Body)));
        Assert.Equal(Email, Assert.Single(MarkedTexts(pretty.Request!.Body)));
        Assert.Contains("↳ base64", TextOf(pretty.Request.Body), StringComparison.Ordinal);
    }

    [Fact]
    public void CompressedBody_IsShownWithoutItsCodingAndMarked()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes($$"""{"email":"{{Email}}"}"""));
        }

        var message = Some.Message("POST /v1 HTTP/1.1\nHost: api.shop.example\nContent-Type: application/json\nContent-Encoding: gzip", packed.ToArray());
        var view = View(Some.Flow(request: message), BodyForm.Text, revealed: true);
        var pretty = View(Some.Flow(request: message));

        Assert.Equal(Email, Assert.Single(MarkedTexts(view.Request!.Body)));
        Assert.Equal("so…om (28)", Assert.Single(MarkedTexts(pretty.Request!.Body)));
        Assert.Equal(["gzip", "json"], view.Request.Decodings);
        Assert.Contains(pretty.Request.Fields, field => field.HasFindings);
    }

    [Fact]
    public void Head_IsInItsOrderWithItsCaseAndDuplicates()
    {
        var message = Some.Message($"GET /a/b?mail={Uri.EscapeDataString(Email)}&q=private HTTP/1.1\nhOST: api.shop.example\nX-Two: private 1\nAccept: */*\nX-Two: private 2\nCookie: id=private; mail={Email}");
        var masked = TextOf(View(Some.Flow(request: message)).Request!.Head);
        var revealed = View(Some.Flow(request: message), revealed: true).Request!.Head;

        Assert.Equal(
            $"GET /a/b?mail={Mask(Uri.EscapeDataString(Email))}&q={Mask("private")} HTTP/1.1\nhOST: api.shop.example\nX-Two: {Mask("private 1")}\nAccept: */*\nX-Two: {Mask("private 2")}\n"
                + $"Cookie: {Mask($"id=private; mail={Email}")}",
            masked);
        Assert.DoesNotContain("private", masked, StringComparison.Ordinal);
        Assert.Equal(Encoding.UTF8.GetString(message.Head.Span).Trim().ReplaceLineEndings("\n"), TextOf(revealed));
        Assert.Contains(Uri.EscapeDataString(Email), MarkedTexts(revealed));
        Assert.Contains(Email, MarkedTexts(revealed));
    }

    [Fact]
    public void LargeBody_IsPagedAndEveryPageIsSmall()
    {
        var body = "[" + string.Join(',', Enumerable.Range(0, 20_000).Select(n => $"\"value {n:000000}\"")) + "]";
        var first = View(Post("application/json", body), revealed: true).Request!.Body!;
        var second = View(Post("application/json", body), revealed: true, page: 2).Request!.Body!;
        var far = View(Post("application/json", body), BodyForm.Text, revealed: true, page: 900).Request!.Body!;

        Assert.True(first.HasMore);
        Assert.Equal(SheetWriter.PageLines, first.Lines.Length);
        Assert.Contains("value 000399", TextOf(second), StringComparison.Ordinal);
        Assert.DoesNotContain("value 000397", TextOf(second), StringComparison.Ordinal);
        Assert.Empty(far.Lines);
        Assert.False(far.HasMore);
        Assert.InRange(TextOf(first).Length, 1, 100_000);
    }

    [Fact]
    public void OneHugeLine_IsPagedToo()
    {
        var flow = Some.Flow(response: Some.Message("HTTP/1.1 200 OK\nContent-Type: text/plain", new string('x', 8_000_000)));

        var sheet = View(flow, BodyForm.Text, revealed: true).Response!.Body!;

        Assert.True(sheet.HasMore);
        Assert.InRange(TextOf(sheet).Length, 50_000, 110_000);
    }

    [Fact]
    public void Hex_ShowsOffsetsDigitsAndAsciiAndMarksWhatWasFound()
    {
        var view = View(Post("text/plain", $"mail: {Email}"), BodyForm.Hex, revealed: true);

        Assert.StartsWith("00000000  6d 61 69 6c 3a 20 73 6f 6d 65 6f 6e 65 2e 69 6e  mail: someone.in\n", TextOf(view.Request!.Body), StringComparison.Ordinal);
        Assert.NotEmpty(MarkedTexts(view.Request.Body));
    }

    [Fact]
    public void UndecodedBytes_AreHexWhenRevealedAndNotShownOtherwise()
    {
        var flow = Some.Flow(response: Some.Message("HTTP/1.1 200 OK\nContent-Type: image/png", Images.Png));

        Assert.Null(View(flow).Response!.Body);
        Assert.Equal(BodyOmission.Masked, View(flow).Response!.Omission);
        Assert.Contains(".PNG", TextOf(View(flow, revealed: true).Response!.Body), StringComparison.Ordinal);
        Assert.Equal(new ImageInfo("image/png", 1, 1), View(flow).Response!.Image);
    }

    [Fact]
    public void InvalidUtf8_IsWrittenAsItsBytes()
    {
        var flow = Some.Flow(response: Some.Message("HTTP/1.1 200 OK\nContent-Type: text/plain", [(byte)'a', 0xFF, 0xE9, (byte)'b']));

        Assert.Equal("a\\x{FF}\\x{E9}b", TextOf(View(flow, BodyForm.Text, revealed: true).Response!.Body));
    }

    [Fact]
    public void Protobuf_IsShownByFieldNumbers()
    {
        byte[] mail = Encoding.UTF8.GetBytes(Email);
        var flow = Some.Flow(request: Some.Message("POST /v1 HTTP/1.1\nHost: a.example\nContent-Type: application/x-protobuf", [0x08, 0x96, 0x01, 0x12, (byte)mail.Length, .. mail]));

        var view = View(flow, revealed: true);

        Assert.Equal($"↳ protobuf\n  1 = 150\n  2 = {Email}", TextOf(view.Request!.Body).Replace("↳ protobuf ", "↳ protobuf", StringComparison.Ordinal));
        Assert.Equal(Email, Assert.Single(MarkedTexts(view.Request.Body)));
    }

    [Fact]
    public void DeepJson_IsShownWithoutFailing()
    {
        var deep = new string('[', 5_000) + new string(']', 5_000);

        var view = View(Post("application/json", $$"""{"a":{{deep[..200]}}{{deep[^200..]}},"b":"{{deep}}"}"""));

        Assert.NotNull(view.Request!.Body);
        Assert.NotNull(View(Post("application/json", deep), BodyForm.Text).Request);
    }

    private static string Mask(string value) => MaskedValue.Of(value);

    private static FlowRecord Post(string type, string body) =>
        Some.Flow(request: Some.Message($"POST /v1/account HTTP/1.1\nHost: api.shop.example\nContent-Type: {type}", body));

    private static FlowView View(FlowRecord flow, BodyForm form = BodyForm.Pretty, bool revealed = false, int page = 1)
    {
        var findings = new Classifier(Invented.Persona).Classify(flow).Findings;
        var detail = new FlowDetail(new AnalyzedFlow(Invented.SummaryOf(flow), [.. findings]), flow, null);
        return FlowViewer.View(detail, new ViewChoice(new FlowAddress(1, form, page, page), revealed));
    }

    private static string TextOf(Sheet? sheet) =>
        sheet is null ? "" : string.Join('\n', sheet.Lines.Select(line => string.Concat(line.Select(piece => piece.Text)).TrimEnd()));

    private static IEnumerable<Mark> Marks(Sheet? sheet) => sheet is null ? [] : sheet.Lines.SelectMany(line => line).Where(piece => piece.Mark is not null).Select(piece => piece.Mark!);

    private static IEnumerable<string> MarkedTexts(Sheet? sheet) =>
        sheet is null ? [] : sheet.Lines.SelectMany(line => line).Where(piece => piece.Mark is not null).Select(piece => piece.Text);

    private static string All(FlowView view) => string.Join('\n', new[] { TextOf(view.Request?.Head), TextOf(view.Request?.Body), TextOf(view.Response?.Body) }.Concat((view.Request?.Fields ?? []).SelectMany(Texts)));

    private static IEnumerable<string> Texts(FieldNode node) => node.Children.SelectMany(Texts).Prepend(string.Concat(node.Value.Select(piece => piece.Text)));
}
