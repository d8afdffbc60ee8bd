using TrafficAudit.Model;
using TrafficAudit.Review.Display;

namespace TrafficAudit.Review.Tests;

public sealed class FlowTextTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1_000, "1.0 kB")]
    [InlineData(12_345, "12.3 kB")]
    [InlineData(99_949, "99.9 kB")]
    [InlineData(99_950, "100 kB")]
    [InlineData(999_499, "999 kB")]
    [InlineData(999_500, "1.0 MB")]
    [InlineData(1_073_741_824, "1.1 GB")]
    [InlineData(long.MaxValue, "9.2 EB")]
    public void Size_ThreeDigitsAndAUnit(long bytes, string expected) => Assert.Equal(expected, FlowText.Size(bytes));

    [Theory]
    [InlineData("https", 443, "api.shop.example")]
    [InlineData("http", 80, "api.shop.example")]
    [InlineData("https", 8443, "api.shop.example:8443")]
    [InlineData("http", 443, "api.shop.example:443")]
    [InlineData("tcp", 0, "api.shop.example")]
    public void Host_PortOnlyWhenUnusual(string scheme, int port, string expected) =>
        Assert.Equal(expected, FlowText.Host(Invented.Flow() with { Scheme = scheme, Port = port }));

    [Fact]
    public void HostMissing_AddressInstead()
    {
        Assert.Equal("192.0.2.10", FlowText.Host(Invented.Flow() with { Host = "" }));
        Assert.Equal("no host", FlowText.Host(Invented.Flow() with { Host = "", Address = null }));
    }

    [Theory]
    [InlineData(FlowKind.Http, "https", "PUT")]
    [InlineData(FlowKind.WebSocket, "https", "WS")]
    [InlineData(FlowKind.Opaque, "tls", "TLS")]
    [InlineData(FlowKind.Opaque, "tcp", "TCP")]
    public void Method_KindWhereThereIsNone(FlowKind kind, string scheme, string expected) =>
        Assert.Equal(expected, FlowText.Method(Invented.Flow() with { Kind = kind, Scheme = scheme, Method = "PUT" }));

    [Theory]
    [InlineData("/users/010-0000-1234/orders", "010-0000-1234", "/users/01…34 (13)/orders")]
    [InlineData("/m/someone%40example.com", "someone@example.com", "/m/so…om (19)")]
    [InlineData("/m/SOMEONE@example.com/someone@example.com", "someone@example.com", "/m/so…om (19)/so…om (19)")]
    [InlineData("/x/c29tZW9uZUBleGFtcGxlLmNvbQ==", "someone@example.com", "/x…== (31)")]
    [InlineData("/x/%73omeone@example.com", "someone@example.com", "/x…om (24)")]
    [InlineData("/x", "", "/x")]
    public void PersonalValueInThePath_Masked(string path, string value, string expected)
    {
        var row = new FlowRow(Invented.Flow() with { Path = path }, ["email"], [value]);

        Assert.Equal(expected, FlowText.Path(row));
    }

    [Fact]
    public void ValueWithinAnotherValue_BothMasked()
    {
        var row = new FlowRow(Invented.Flow() with { Path = "/a/someone@example.com" }, ["email"], ["someone", "someone@example.com"]);

        Assert.DoesNotContain("someone", FlowText.Path(row), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("KR", "South Korea")]
    [InlineData("US", "United States")]
    [InlineData("ZZ", "ZZ")]
    [InlineData("\u202E", "\\u{202E}")]
    public void CountryCode_NameOrTheCodeItself(string code, string expected) => Assert.Equal(expected, CountryName.Of(code));
}
