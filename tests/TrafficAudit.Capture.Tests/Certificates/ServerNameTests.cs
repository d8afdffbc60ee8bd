using TrafficAudit.Capture.Certificates;

namespace TrafficAudit.Capture.Tests.Certificates;

public sealed class ServerNameTests
{
    [Theory]
    [InlineData("api.shop.example", "api.shop.example")]
    [InlineData("API.Shop.Example", "api.shop.example")]
    [InlineData("shop.example.", "shop.example")]
    [InlineData("localhost", "localhost")]
    [InlineData("my_host.example", "my_host.example")]
    [InlineData("r3---sn-x.example", "r3---sn-x.example")]
    [InlineData("xn--9n2bp8q.example", "xn--9n2bp8q.example")]
    [InlineData("쇼핑.example", "xn--hp4bo76a.example")]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("2001:DB8::0:7", "2001:db8::7")]
    [InlineData("[2001:db8::7]", "2001:db8::7")]
    [InlineData("fe80::1%3", "fe80::1")]
    public void HostOrAddress_IsReadIntoOneForm(string sent, string expected)
    {
        Assert.True(ServerName.TryParse(sent, out var name));
        Assert.Equal(expected, name.Text);
    }

    [Theory]
    [InlineData("192.0.2.7", true)]
    [InlineData("2001:db8::7", true)]
    [InlineData("192.0.2", false)]
    [InlineData("010.0.0.1", false)]
    [InlineData("0x7f.1", false)]
    [InlineData("3221225985", false)]
    public void OnlyACanonicalIpLiteral_IsAnAddress(string sent, bool isAddress)
    {
        Assert.True(ServerName.TryParse(sent, out var name));
        Assert.Equal(isAddress, name.Address is not null);
    }

    public static TheoryData<string?> Unfit =>
    [
        (string?)null, "", ".", "..", " ", "*", "*.shop.example", "shop..example",
        ".shop.example", "shop.example..", "shop example", "shop.example\0", "shop.example\r\nX: y",
        "\u001b[31m.example", "shop.example:443", "user@shop.example", "http://shop.example",
        "[shop.example]", "[", "[]", "<b>.example", "a,CN=b", "\ud800.example",
        "\u202egnp.example", new string('a', 64) + ".example", new string('가', 60) + ".example", new string('a', 300),
        string.Join('.', Enumerable.Repeat("abcdefg", 32)), new string('가', 250), "xn--\uffff.example",
    ];

    [Theory]
    [MemberData(nameof(Unfit))]
    public void WhatNoCertificateCanName_IsRefusedWithoutAnException(string? sent) => Assert.False(ServerName.TryParse(sent, out _));

    [Fact]
    public void EveryShortByteString_IsReadOrRefused()
    {
        for (var a = 0; a < 256; a++)
        {
            for (var b = 0; b < 256; b++)
            {
                if (ServerName.TryParse($"{(char)a}{(char)b}.x", out var name))
                {
                    Assert.Matches("^[a-z0-9._-]+$", name.Text);
                }
            }
        }
    }
}
