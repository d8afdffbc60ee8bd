using System.Net;
using TrafficAudit.Geolocation.Hints;

namespace TrafficAudit.Geolocation.Tests.Hints;

public sealed class CarrierTests
{
    private static readonly CarrierNetworks Embedded = CarrierNetworks.Load(folder: null);

    [Theory]
    [InlineData("104.16.0.0", "Cloudflare")]
    [InlineData("104.27.255.255", "Cloudflare")]
    [InlineData("104.15.255.255", null)]
    [InlineData("104.28.0.0", null)]
    [InlineData("1.1.1.1", "Cloudflare")]
    [InlineData("1.1.2.0", null)]
    [InlineData("8.8.8.8", "Google Public DNS")]
    [InlineData("8.8.4.4", "Google Public DNS")]
    [InlineData("8.8.9.0", null)]
    [InlineData("9.9.9.9", "Quad9")]
    [InlineData("151.101.0.0", "Fastly")]
    [InlineData("151.101.255.255", "Fastly")]
    [InlineData("151.102.0.0", null)]
    [InlineData("185.199.111.153", "Fastly")]
    [InlineData("13.224.0.0", "Amazon CloudFront")]
    [InlineData("13.227.255.255", "Amazon CloudFront")]
    [InlineData("13.228.0.0", null)]
    [InlineData("44.234.90.252", "Amazon CloudFront")]
    [InlineData("44.234.90.255", "Amazon CloudFront")]
    [InlineData("44.234.91.0", null)]
    [InlineData("2606:4700::", "Cloudflare")]
    [InlineData("2606:4700:ffff:ffff:ffff:ffff:ffff:ffff", "Cloudflare")]
    [InlineData("2606:4701::", null)]
    [InlineData("2606:46ff:ffff:ffff:ffff:ffff:ffff:ffff", null)]
    [InlineData("2a04:4e42::1", "Fastly")]
    [InlineData("2600:9000:2000::1", "Amazon CloudFront")]
    [InlineData("2001:4860:4860::8888", "Google Public DNS")]
    [InlineData("::ffff:104.16.0.1", "Cloudflare")]
    [InlineData("64:ff9b::104.16.0.1", "Cloudflare")]
    [InlineData("::104.16.0.1", null)]
    [InlineData("0.0.0.0", null)]
    [InlineData("255.255.255.255", null)]
    [InlineData("::", null)]
    [InlineData("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", null)]
    [InlineData("192.0.2.1", null)]
    public void Address_IsInItsNetworksRange(string address, string? network)
    {
        var found = Embedded.Find(IPAddress.Parse(address), asn: null, "www.example.com", names: []);

        Assert.Equal(network, found?.Name);
        Assert.Equal(network is null ? null : CarrierBasis.Range, found?.Basis);
    }

    [Theory]
    [InlineData("d0123456789abc.cloudfront.net", null, "Amazon CloudFront", CarrierKind.Cdn)]
    [InlineData("www.shop.example", "www.shop.example.edgekey.net", "Akamai", CarrierKind.Cdn)]
    [InlineData("www.shop.example", "e1.a.AkamaiEdge.net.", "Akamai", CarrierKind.Cdn)]
    [InlineData("img.shop.example", "img.shop.example.w.kunlunar.com", "Alibaba Cloud CDN", CarrierKind.Cdn)]
    [InlineData("ae01.alicdn.com", null, "Alibaba Cloud CDN", CarrierKind.Cdn)]
    [InlineData("img.shop.example", "img.shop.example.cdngslb.com", "Alibaba Cloud CDN", CarrierKind.Cdn)]
    [InlineData("img.shop.example", "a.tcdn.qq.com", "Tencent Cloud CDN", CarrierKind.Cdn)]
    [InlineData("img.shop.example", "a.wscdns.com", "Wangsu (CDNetworks)", CarrierKind.Cdn)]
    [InlineData("img.shop.example", "a.cdngc.net", "Wangsu (CDNetworks)", CarrierKind.Cdn)]
    [InlineData("shop.azurefd.net", null, "Azure Front Door", CarrierKind.Anycast)]
    [InlineData("shop.workers.dev", null, "Cloudflare", CarrierKind.Anycast)]
    [InlineData("api.shop.example", "lb.ap-northeast-2.elb.amazonaws.com", "AWS", CarrierKind.Cloud)]
    [InlineData("aaaa.awsglobalaccelerator.com", null, "AWS Global Accelerator", CarrierKind.Anycast)]
    [InlineData("asset.cdn.ntruss.com", null, "NAVER Cloud CDN", CarrierKind.Cdn)]
    [InlineData("cloudfront.net.example.com", null, null, null)]
    [InlineData("notcloudfront.net", null, null, null)]
    [InlineData("kunlun.com", null, null, null)]
    [InlineData("qq.com", null, null, null)]
    [InlineData("192.0.2.1", null, null, null)]
    [InlineData("", "", null, null)]
    [InlineData("not a host", "..", null, null)]
    public void Name_IsUnderItsNetworksDomain(string host, string? canonical, string? network, CarrierKind? kind)
    {
        var found = Embedded.Find(IPAddress.Parse("192.0.2.1"), asn: null, host, canonical is null ? [] : [canonical]);

        Assert.Equal((network, kind), (found?.Name, found?.Kind));
        Assert.Equal(network is null ? null : CarrierBasis.Name, found?.Basis);
    }

    [Theory]
    [InlineData("a.cloudfront.net x.edgekey.net", "Akamai")]
    [InlineData("x.edgekey.net a.cloudfront.net", "Amazon CloudFront")]
    [InlineData("x.edgekey.net lb.shop.example", "Akamai")]
    [InlineData("lb.shop.example", null)]
    public void Network_IsThatOfTheLastNameThatIsANetworks(string names, string? network) =>
        Assert.Equal(network, Embedded.Find(IPAddress.Parse("192.0.2.1"), asn: null, "www.shop.example", [.. names.Split(' ')])?.Name);

    [Theory]
    [InlineData(13335L, "Cloudflare", CarrierKind.Anycast)]
    [InlineData(54113L, "Fastly", CarrierKind.Cdn)]
    [InlineData(20940L, "Akamai", CarrierKind.Cdn)]
    [InlineData(15169L, "Google", CarrierKind.Cloud)]
    [InlineData(16509L, "AWS", CarrierKind.Cloud)]
    [InlineData(45102L, "Alibaba Cloud", CarrierKind.Cloud)]
    [InlineData(64500L, null, null)]
    [InlineData(0L, null, null)]
    [InlineData(-1L, null, null)]
    [InlineData(long.MaxValue, null, null)]
    [InlineData(null, null, null)]
    public void AutonomousSystem_IsItsNetworks(long? asn, string? network, CarrierKind? kind)
    {
        var found = Embedded.Find(IPAddress.Parse("192.0.2.1"), asn, "www.example.com", names: []);

        Assert.Equal((network, kind), (found?.Name, found?.Kind));
        Assert.Equal(network is null ? null : CarrierBasis.Asn, found?.Basis);
    }

    [Fact]
    public void Address_CountsBeforeTheNames_AndTheseBeforeTheSystem()
    {
        var (edge, other) = (IPAddress.Parse("151.101.1.1"), IPAddress.Parse("192.0.2.1"));

        Assert.Equal("Fastly", Embedded.Find(edge, 16509, "www.example.com", ["d1.cloudfront.net"])?.Name);
        Assert.Equal("Amazon CloudFront", Embedded.Find(other, 16509, "www.example.com", ["d1.cloudfront.net"])?.Name);
        Assert.Equal("Akamai", Embedded.Find(other, 16509, "a.cloudfront.net", ["a.edgekey.net"])?.Name);
        Assert.Equal("AWS", Embedded.Find(other, 16509, "www.example.com", names: [])?.Name);
    }

    [Fact]
    public void EveryRangesEdges_AreInIt()
    {
        foreach (var entry in Embedded.Entries)
        {
            foreach (var range in entry.Ranges)
            {
                Assert.All([range.BaseAddress, Last(range)], address => Assert.Equal(entry.Name, Embedded.Find(address, null, "", [])?.Name));
            }
        }
    }

    [Fact]
    public void LookUpByAddress_AllocatesNothing()
    {
        var addresses = new[] { "1.1.1.1", "192.0.2.1", "13.225.0.1", "2606:4700::1", "2001:db8::1", "::ffff:104.16.0.1" }.Select(IPAddress.Parse).ToArray();
        var ranges = CarrierFile.Read(HintFile.Load(folder: null, "networks.yaml")).Ranges;
        var found = 0;
        Count();

        var before = GC.GetAllocatedBytesForCurrentThread();
        Count();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(8000, found);

        void Count()
        {
            for (var i = 0; i < 1000; i++)
            {
                foreach (var address in addresses)
                {
                    found += ranges.Find(address) is null ? 0 : 1;
                }
            }
        }
    }

    private static IPAddress Last(IPNetwork range)
    {
        var bytes = range.BaseAddress.GetAddressBytes();
        for (var bit = range.PrefixLength; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        return new IPAddress(bytes);
    }
}
