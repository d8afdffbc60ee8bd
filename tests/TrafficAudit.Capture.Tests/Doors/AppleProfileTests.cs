using System.Text;
using System.Xml;
using System.Xml.Linq;
using TrafficAudit.Capture.Doors;

namespace TrafficAudit.Capture.Tests.Doors;

/// <summary>The profile for iOS, read back as the property list that it must be.</summary>
public sealed class AppleProfileTests
{
    private static readonly byte[] Authority = Encoding.ASCII.GetBytes("an invented certificate");
    private static readonly ProxyEntry Proxy = new("192.0.2.1", 8080);

    [Fact]
    public void WithoutNetwork_TheProfileHoldsTheAuthorityAlone()
    {
        var profile = Read(AppleProfile.Write(Authority, null, Proxy));

        Assert.Equal("Configuration", profile["PayloadType"].Value);
        Assert.Equal("1", profile["PayloadVersion"].Value);
        var payload = Dictionary(Assert.Single(profile["PayloadContent"].Elements()));
        Assert.Equal("com.apple.security.root", payload["PayloadType"].Value);
        Assert.Equal(Authority, Convert.FromBase64String(payload["PayloadContent"].Value));
        Assert.Equal("data", payload["PayloadContent"].Name.LocalName);
    }

    [Fact]
    public void WithNetwork_TheProfileHoldsItsProxyToo()
    {
        var network = Network(AppleProfile.Write(Authority, "시험실 Wi-Fi", Proxy));

        Assert.Equal("com.apple.wifi.managed", network["PayloadType"].Value);
        Assert.Equal("시험실 Wi-Fi", network["SSID_STR"].Value);
        Assert.Equal("Manual", network["ProxyType"].Value);
        Assert.Equal("192.0.2.1", network["ProxyServer"].Value);
        Assert.Equal(("integer", "8080"), (network["ProxyServerPort"].Name.LocalName, network["ProxyServerPort"].Value));
    }

    [Fact]
    public void Identifiers_AreThoseOfTheAuthorityAndTheNetwork()
    {
        var first = Ids(AppleProfile.Write(Authority, "lab", Proxy));

        Assert.Equal(first, Ids(AppleProfile.Write(Authority, "lab", Proxy)));
        Assert.Equal(3, first.Distinct(StringComparer.Ordinal).Count());
        var otherNetwork = Ids(AppleProfile.Write(Authority, "lab2", Proxy));
        Assert.Equal(first[1], otherNetwork[1]);
        Assert.NotEqual(first[0], otherNetwork[0]);
        Assert.NotEqual(first[2], otherNetwork[2]);
        Assert.Empty(first.Intersect(Ids(AppleProfile.Write(Encoding.ASCII.GetBytes("another"), "lab", Proxy)), StringComparer.Ordinal));
        Assert.All(first, id => Assert.Matches("^[0-9A-F]{8}-[0-9A-F]{4}-8[0-9A-F]{3}-[89AB][0-9A-F]{3}-[0-9A-F]{12}$", id));
    }

    [Theory]
    [InlineData("</string><key>x</key>")]
    [InlineData("]]>&amp;\"'<")]
    [InlineData("<!ENTITY a>")]
    [InlineData("  ")]
    public void HostileNetworkName_StaysText(string name)
    {
        Assert.True(AppleProfile.CanName(name));
        Assert.Equal(name, Network(AppleProfile.Write(Authority, name, Proxy))["SSID_STR"].Value);
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("12345678901234567890123456789012", true)]
    [InlineData("123456789012345678901234567890123", false)]
    [InlineData("가나다라마바사아자차", true)]
    [InlineData("가나다라마바사아자차카", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("a\nb", false)]
    [InlineData("a\0b", false)]
    [InlineData("a\u0085b", false)]
    [InlineData("a\ud800b", false)]
    [InlineData("a\uFFFFb", false)]
    [InlineData("a\uFFFDb", false)]
    public void NetworkName_Has1To32BytesAndNoControlCharacters(string? name, bool can) => Assert.Equal(can, AppleProfile.CanName(name));

    private static Dictionary<string, XElement> Network(byte[] profile) => Dictionary(Read(profile)["PayloadContent"].Elements().ElementAt(1));

    private static List<string> Ids(byte[] profile)
    {
        var top = Read(profile);
        return [top["PayloadUUID"].Value, .. top["PayloadContent"].Elements().Select(p => Dictionary(p)["PayloadUUID"].Value)];
    }

    private static Dictionary<string, XElement> Read(byte[] profile)
    {
        using var reader = XmlReader.Create(new MemoryStream(profile), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        var document = XDocument.Load(reader);
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE plist PUBLIC", Encoding.UTF8.GetString(profile), StringComparison.Ordinal);
        Assert.Equal("plist", document.Root!.Name.LocalName);
        return Dictionary(Assert.Single(document.Root.Elements()));
    }

    /// <summary>A dict of a property list: keys and values in turn.</summary>
    private static Dictionary<string, XElement> Dictionary(XElement dict)
    {
        Assert.Equal("dict", dict.Name.LocalName);
        var parts = dict.Elements().ToList();
        Assert.All(parts.Where((_, i) => i % 2 == 0), k => Assert.Equal("key", k.Name.LocalName));
        return parts.Where((_, i) => i % 2 == 0).Zip(parts.Where((_, i) => i % 2 == 1)).ToDictionary(p => p.First.Value, p => p.Second, StringComparer.Ordinal);
    }
}
