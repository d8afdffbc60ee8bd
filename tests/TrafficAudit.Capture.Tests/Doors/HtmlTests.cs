using TrafficAudit.Capture.Doors;

namespace TrafficAudit.Capture.Tests.Doors;

public sealed class HtmlTests
{
    [Fact]
    public void TextInAHole_IsEncoded() =>
        Assert.Equal("<p title=\"&quot;&gt;&lt;script&gt;&#x27;&amp;\">한글</p>", Html.Of($"<p title=\"{"\"><script>'&"}\">{"한글"}</p>").Markup);

    [Fact]
    public void HtmlInAHole_IsNotEncodedTwice() => Assert.Equal("<b><i>&lt;</i></b>", Html.Of($"<b>{Html.Of($"<i>{"<"}</i>")}</b>").Markup);

    [Fact]
    public void NoText_IsNothing() => Assert.Equal("<p></p>", Html.Of($"<p>{(string?)null}</p>").Markup);
}
