using System.Diagnostics;

namespace TrafficAudit.Classification.Tests.Decoding;

/// <summary>XML, HTML's character references, GraphQL.</summary>
public sealed class MarkupTests
{
    internal const string Xml =
        """
        <?xml version="1.0" encoding="utf-8"?>
        <!DOCTYPE order [<!ENTITY a "aaaaaaaaaa">]>
        <o:order xmlns:o="https://x.example/o" id="42"><!-- note --><o:buyer mail="hong&#64;example.com">
          <name>홍&#xAE38;동</name><note><![CDATA[{"tel":"010-0000-0000"}]]></note><empty/></o:buyer>tail</o:order>
        """;

    private static readonly string[] XmlLines =
    [
        "order.id [xml] 42", "order.buyer.mail [xml] hong@example.com", "order.buyer.name [xml] 홍길동",
        "order.buyer.note [xml] {\"tel\":\"010-0000-0000\"}", "order.buyer.note.tel [xml,json] 010-0000-0000", "order.buyer.empty [xml]", "order [xml] tail",
    ];

    [Theory]
    [InlineData("application/xml")]
    [InlineData("text/xml; charset=utf-8")]
    [InlineData("application/soap+xml")]
    [InlineData(null)]
    public void Xml_IsFieldsUnderItsText(string? type)
    {
        var lines = Reading.Body(Xml, type).Lines();

        Assert.Equal("[] " + Xml, lines[0]);
        Assert.Equal(XmlLines, lines[1..].Select(l => l.TrimEnd()));
    }

    [Fact]
    public void XmlInsideJson_IsFields() =>
        Assert.Equal(
            "v.a.mail [json,xml] hong@example.com",
            Reading.Body(System.Text.Json.JsonSerializer.Serialize(new { v = "<?xml version=\"1.0\"?><a><mail>hong@example.com</mail></a>" })).Lines()[^1]);

    [Theory]
    [InlineData("<?xml version=\"1.0\"?><a><b>text</a>")]
    [InlineData("<?xml version=\"1.0\"?><a>&undefined;</a>")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY e \"eeee\"><!ENTITY f \"&e;&e;\">]><a>&f;</a>")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a b=\"&x;\"/>")]
    [InlineData("<a")]
    [InlineData("<")]
    public void XmlThatIsBroken_StaysAText(string xml) => Assert.Equal(["[] " + xml], Reading.Body(xml, "application/xml").Lines());

    [Fact]
    public void DeepAndWideXml_IsReadInTime()
    {
        var watch = Stopwatch.StartNew();
        foreach (var xml in new[]
        {
            string.Concat(Enumerable.Repeat("<a>", 500_000)),
            "<a>" + string.Concat(Enumerable.Repeat("<a/>", 500_000)) + "</a>",
            string.Concat(Enumerable.Repeat("<a>", 100)) + string.Concat(Enumerable.Repeat("</a>", 100)),
            "<a " + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"a{i}=\"\" ")) + "/>",
        })
        {
            Assert.InRange(Reading.Body(xml, "application/xml").Fields.Count, 1, 200_000);
        }

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 12);
    }

    [Theory]
    [InlineData("<p>hong&#64;example.com</p>", "<p>hong@example.com</p>")]
    [InlineData("<p>hong&#x40;example.com</p>", "<p>hong@example.com</p>")]
    [InlineData("<p>Ren&eacute;</p>", "<p>René</p>")]
    public void Page_ReferencesAreUndone(string page, string plain) =>
        Assert.Equal(["[] " + page, "[html_entities] " + plain], Reading.Body(page, "text/html").Lines());

    [Fact]
    public void ReferencesInAValue_AreUndone() =>
        Assert.Equal("v [json,html_entities] 홍길동", Reading.Body("""{"v":"&#54861;&#44600;&#46041;"}""").Lines()[^1]);

    [Theory]
    [InlineData("Tom &amp; Jerry &lt;b&gt;")]
    [InlineData("a & b; c")]
    [InlineData("&;&#;&#x;&&&")]
    public void TextWithoutReferences_IsLeftAlone(string text) =>
        Assert.Single(Reading.Body(System.Text.Json.JsonSerializer.Serialize(new { v = text })).Lines());

    [Fact]
    public void JsonWrittenIntoAnAttribute_IsFields() =>
        Assert.Equal(
            "v.tel [json,html_entities,json] 01000000000",
            Reading.Body("""{"v":"{&quot;tel&quot;:&quot;01000000000&quot;}"}""").Lines()[^1]);

    [Fact]
    public void GraphQl_WrittenArgumentsAreFields()
    {
        const string Query = "mutation Join($v: Boolean = true) { signUp(input: {email: \"hong@example.com\", age: 33, tags: [\"a\", NEW], born: $born}) { id } # (x: 1)\n"
            + "other(id: null) { id } plain(a: $b) { c(text: \"\"\"block\"\"\") } }";

        var lines = Reading.Body(System.Text.Json.JsonSerializer.Serialize(new { query = Query, variables = new { born = "1990-05-17" } })).Lines();

        Assert.Equal(
            [
                "query.Join.v [json,graphql] true", "query.signUp.input.email [json,graphql] hong@example.com", "query.signUp.input.age [json,graphql] 33",
                "query.signUp.input.tags[0] [json,graphql] a", "query.signUp.input.tags[1] [json,graphql] NEW", "query.other.id [json,graphql] null",
                "query.c.text [json,graphql] block", "variables.born [json] 1990-05-17",
            ],
            lines[1..]);
    }

    [Theory]
    [InlineData("{ me { id } }")]
    [InlineData("query coats (red)")]
    [InlineData("{((((((((((((((((((((((((((((((((((((((((((((a:[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[}")]
    [InlineData("{ a(b: \"}")]
    [InlineData("{ a(b: \"\\}")]
    [InlineData("{ a($}")]
    [InlineData("{ a(b:}")]
    public void WhatIsNoGraphQl_IsNoFault(string query) =>
        Assert.NotEmpty(Reading.Body(System.Text.Json.JsonSerializer.Serialize(new { query })).Lines());
}
