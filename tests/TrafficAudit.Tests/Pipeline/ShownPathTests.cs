using TrafficAudit.Model;
using TrafficAudit.Pipeline;

namespace TrafficAudit.Tests.Pipeline;

public sealed class ShownPathTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("/", "/")]
    [InlineData("*", "*")]
    [InlineData("/a/b", "/a/b")]
    [InlineData("/a?b=c", "/a")]
    [InlineData("/a#b", "/a")]
    [InlineData("/a?b#c?d", "/a")]
    [InlineData("http://shop.example/a/b?c=d", "/a/b")]
    [InlineData("HTTPS://shop.example/a", "/a")]
    [InlineData("http://shop.example", "/")]
    [InlineData("http://shop.example?next=/secret", "/")]
    [InlineData("http://shop.example#/secret", "/")]
    [InlineData("/login?next=https://other.example/secret", "/login")]
    [InlineData("/go/https://other.example/page", "/go/https://other.example/page")]
    [InlineData("/go#https://other.example/secret", "/go")]
    public void Path_IsShownWithoutAuthorityQueryAndFragment(string target, string shown) => Assert.Equal(shown, ShownPath.Of(target, []));

    [Theory]
    [InlineData("/u/010-0000-1234/x", "[1]", "/u/…/x")]
    [InlineData("/010-0000-1234", "[0]", "/…")]
    [InlineData("//a//secret/", "[3]", "//a//…/")]
    [InlineData("/a/secret?b=c", "[1].inner[0]", "/a/…")]
    [InlineData("http://shop.example/a/secret", "[1]", "/a/…")]
    [InlineData("/a/b", "[7]", "/a/b")]
    [InlineData("/a/b", "nonsense", "/a/b")]
    [InlineData("/a/b", "", "/a/b")]
    public void SegmentWithAFinding_IsMasked(string target, string place, string shown) =>
        Assert.Equal(shown, ShownPath.Of(target, [Finding(MessageKind.Request, MessagePart.Path, place)]));

    [Fact]
    public void FindingElsewhere_MasksNothing()
    {
        Finding[] elsewhere =
        [
            Finding(MessageKind.Response, MessagePart.Path, "[0]"), Finding(MessageKind.Request, MessagePart.Query, "[0]"),
            Finding(MessageKind.Request, MessagePart.Body, "[0]"),
        ];

        Assert.Equal("/a/b", ShownPath.Of("/a/b", elsewhere));
    }

    [Fact]
    public void LongPath_IsCut() => Assert.Equal(512, ShownPath.Of("/" + new string('a', 5000), []).Length);

    private static Finding Finding(MessageKind message, MessagePart part, string path) => new()
    {
        Item = "phone", Detector = Detector.Persona, Strength = Strength.A, Reason = "test", Value = "010-0000-1234",
        Location = new FindingLocation(message, part, path, []), Direction = Direction.Collected,
    };
}
