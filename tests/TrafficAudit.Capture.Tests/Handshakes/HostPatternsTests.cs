using TrafficAudit.Capture.Handshakes;

namespace TrafficAudit.Capture.Tests.Handshakes;

public sealed class HostPatternsTests
{
    [Theory]
    [InlineData("api.example.com", "api.example.com", true)]
    [InlineData("api.example.com", "API.Example.com", true)]
    [InlineData("api.example.com", "x.api.example.com", false)]
    [InlineData("*.example.com", "a.b.example.com", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.example.com", "notexample.com", false)]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("bücher.example", "xn--bcher-kva.example", true)]
    [InlineData("2001:DB8:0::1", "2001:db8::1", true)]
    [InlineData("[2001:db8::1]", "2001:db8::1", true)]
    [InlineData("bank.example.", "bank.example", true)]
    [InlineData("*", "anything.example", true)]
    public void Pattern_MatchesOnLabelBorders(string pattern, string host, bool expected) =>
        Assert.Equal(expected, HostPatterns.Parse([pattern]).Match(host));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("https://example.com")]
    [InlineData("*.")]
    [InlineData("*.10.0.0.1")]
    [InlineData("ex*mple.com")]
    public void WhatIsNoPattern_IsNamed(string pattern) =>
        Assert.Contains($"'{pattern}'", Assert.Throws<FormatException>(() => HostPatterns.Parse([pattern])).Message, StringComparison.Ordinal);
}
