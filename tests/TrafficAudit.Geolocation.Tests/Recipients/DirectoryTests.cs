using System.Collections.Immutable;
using TrafficAudit.Geolocation.Hints;
using TrafficAudit.Geolocation.Recipients;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Geolocation.Tests.Recipients;

public sealed class DirectoryTests
{
    private static readonly RecipientDirectory Embedded = RecipientDirectory.Load(folder: null);

    [Theory]
    [InlineData("graph.facebook.com", "Meta Platforms", "US")]
    [InlineData("facebook.com", "Meta Platforms", "US")]
    [InlineData("GRAPH.Facebook.COM", "Meta Platforms", "US")]
    [InlineData("graph.facebook.com.", "Meta Platforms", "US")]
    [InlineData("app-measurement.com", "Google", "US")]
    [InlineData("googleads.g.doubleclick.net", "Google Ads", "US")]
    [InlineData("acs.aliexpress.com", "AliExpress", "SG")]
    [InlineData("us.temu.com", "Temu", "IE")]
    [InlineData("cmapi.coupang.com", "Coupang", "KR")]
    [InlineData("api.11st.co.kr", "11st", "KR")]
    [InlineData("nlog.naver.com", "Naver", "KR")]
    [InlineData("api.pay.naver.com", "Naver Financial", "KR")]
    [InlineData("stat.tiara.kakao.com", "Kakao", "KR")]
    [InlineData("log.tiktokv.com", "TikTok", null)]
    [InlineData("abc.appsflyersdk.com", "AppsFlyer", "IL")]
    [InlineData("app.adjust.net.in", "Adjust", "DE")]
    [InlineData("api2.branch.io", "Branch", "US")]
    [InlineData("core.airbridge.io", "Airbridge", "KR")]
    [InlineData("sdk.iad-01.braze.com", "Braze", "US")]
    [InlineData("api2.amplitude.com", "Amplitude", "US")]
    [InlineData("api.mixpanel.com", "Mixpanel", "US")]
    [InlineData("api.segment.io", "Segment", "US")]
    [InlineData("o1.ingest.sentry.io", "Sentry", "US")]
    [InlineData("gum.criteo.com", "Criteo", "FR")]
    [InlineData("report.appmetrica.yandex.net", "Yandex", null)]
    [InlineData("analytics.rayjump.com", "Mintegral", null)]
    public void KnownHost_IsItsOrganisation(string host, string name, string? country) =>
        Assert.Equal((name, country, "directory"), Facts(Embedded.Find(host, metadata: null, lookup: null)));

    [Theory]
    [InlineData("notfacebook.com", "notfacebook.com")]
    [InlineData("www.notfacebook.com", "notfacebook.com")]
    [InlineData("facebook.com.evil.example", "evil.example")]
    [InlineData("facebook.com-login.example", "com-login.example")]
    [InlineData("xfacebook.com", "xfacebook.com")]
    [InlineData("api.shop.co.kr", "shop.co.kr")]
    [InlineData("a.b.example.co.uk", "example.co.uk")]
    [InlineData("shop.github.io", "shop.github.io")]
    [InlineData("www.city.kawasaki.jp", "city.kawasaki.jp")]
    [InlineData("a.b.c.kawasaki.jp", "b.c.kawasaki.jp")]
    [InlineData("a.b.invented-suffix", "b.invented-suffix")]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("WWW.BÜCHER.EXAMPLE.", "xn--bcher-kva.example")]
    [InlineData("www.xn--bcher-kva.example", "xn--bcher-kva.example")]
    [InlineData("www.fаcebook.com", "xn--fcebook-2fg.com")]
    public void UnknownHost_IsItsRegistrableDomain(string host, string domain)
    {
        var recipient = Embedded.Find(host, metadata: null, lookup: null);

        Assert.Equal(("domain", null), (recipient.Basis, recipient.Country));
        Assert.Equal(domain, recipient.Name);
    }

    [Theory]
    [InlineData("acs.aliexpress.com", "SG", "CN")]
    [InlineData("us.temu.com", "IE", null)]
    [InlineData("cmapi.coupang.com", "KR", "US")]
    [InlineData("shop.example.com", null, null)]
    public void CountryOfCompanyAndOfGroup_AreTwoFacts(string host, string? country, string? group)
    {
        var recipient = Embedded.Find(host, metadata: null, lookup: null);

        Assert.Equal((country, group), (recipient.Country, recipient.GroupCountry));
    }

    [Theory]
    [InlineData("shop.example.com", "Cloudflare", "Cloudflare")]
    [InlineData("shop.example.com", null, null)]
    [InlineData("www.google.com", "Google", null)]
    [InlineData("googleads.g.doubleclick.net", "Google", null)]
    [InlineData("www.amazon.com", "Amazon CloudFront", null)]
    [InlineData("shop.example.com", "Amazon CloudFront", "Amazon CloudFront")]
    [InlineData("img.alicdn.com", "Alibaba Cloud", null)]
    [InlineData("img.alicdn.com", "Akamai", "Akamai")]
    public void NetworkOfAnotherGroup_IsTheCarrier(string host, string? network, string? carrier)
    {
        var lookup = new AddressLookup { Address = "192.0.2.1", Grade = CountryGrade.Edge, Network = network };

        Assert.Equal(carrier, Embedded.Find(host, metadata: null, lookup).Carrier);
    }

    [Fact]
    public void NetworksOfOrganisations_AreInTheTableOfNetworks()
    {
        var networks = CarrierNetworks.Load(folder: null);

        Assert.All(Embedded.Entries.SelectMany(entry => entry.Networks), network => Assert.NotNull(networks.KindOf(network)));
    }

    private static (string Name, string? Country, string Basis) Facts(Recipient recipient) => (recipient.Name, recipient.Country, recipient.Basis);

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("[2001:db8::1]")]
    [InlineData("2001:db8::1")]
    [InlineData("localhost")]
    [InlineData("co.kr")]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a..b")]
    [InlineData("http://facebook.com/")]
    public void HostWithoutDomain_IsItsNetworkOrAddress(string host)
    {
        var address = new AddressLookup { Address = "192.0.2.1", Grade = CountryGrade.Unknown };

        Assert.Equal(new Recipient("192.0.2.1", null, "address"), Embedded.Find(host, metadata: null, address));
        Assert.Equal(
            new Recipient("Example Networks", null, "as_organization"),
            Embedded.Find(host, metadata: null, address with { Asn = 64500, AsOrganization = "Example Networks" }));
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("[2001:DB8::1]", "2001:db8::1")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("not a host", "not a host")]
    public void AddressAlone_NamesItself(string host, string name) =>
        Assert.Equal(new Recipient(name, null, "address"), Embedded.Find(host, metadata: null, lookup: null));

    [Fact]
    public void ServerReachedByAddress_CountsUnderItsSni()
    {
        var metadata = Some.Flow(host: "192.0.2.10").Metadata;
        metadata = metadata with { Upstream = metadata.Upstream! with { Tls = new TlsSession("TLSv1.3", "TLS_AES_128_GCM_SHA256", [], null, "graph.facebook.com") } };

        Assert.Equal("Meta Platforms", Embedded.Find("192.0.2.10", metadata, lookup: null).Name);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(70_000)]
    public void OverlongHost_IsNoName(int length) =>
        Assert.Equal("address", Embedded.Find(string.Join('.', Enumerable.Repeat("a", length)) + ".com", metadata: null, lookup: null).Basis);

    [Fact]
    public void MoreHostsThanAreRemembered_StillGetTheirAnswers()
    {
        for (var i = 0; i < 12_000; i++)
        {
            Assert.Equal("Meta Platforms", Embedded.Find($"h{i}.facebook.com", metadata: null, lookup: null).Name);
        }
    }

    [Fact]
    public void EmbeddedDirectory_CoversTheDesignsNumberOfOrganisations()
    {
        Assert.InRange(Embedded.Entries.Count, 150, 1000);
        Assert.All(Embedded.Entries, entry => Assert.False(string.IsNullOrEmpty(entry.Source) || entry.Role is null, entry.Organisation));
        var suffixes = Embedded.Entries.SelectMany(entry => entry.Suffixes).ToList();
        Assert.Equal(suffixes.Count, suffixes.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("metrics.shop.example", "shop.sc.omtrdc.net", "shop.example", "Adobe")]
    [InlineData("t.shop.example", "shop.appsflyersdk.com.", "shop.example", "AppsFlyer")]
    [InlineData("www.shop.example", "d1.cloudfront.net", "shop.example", null)]
    [InlineData("www.shop.example", "notappsflyersdk.com", "shop.example", null)]
    [InlineData("www.shop.example", "shops.example.net", "shop.example", null)]
    [InlineData("launches.appsflyer.com", "a.appsflyersdk.com", "AppsFlyer", null)]
    [InlineData("www.google.com", "x.doubleclick.net", "Google", null)]
    [InlineData("www.shop.example", null, "shop.example", null)]
    public void HostThatLeadsToATracker_IsItsOwnersAndCloaksIt(string host, string? canonical, string name, string? tracker)
    {
        var metadata = Some.Flow(host: host).Metadata with { Resolution = new NameResolution("dns", ["192.0.2.1"], canonical) };

        var recipient = Embedded.Find(host, metadata, lookup: null);

        Assert.Equal((name, tracker), (recipient.Name, recipient.Cloaks));
    }

    [Theory]
    [InlineData("metrics.shop.example", "shop.sc.omtrdc.net adobe.data.edgekey.net", "Adobe", "shop.sc.omtrdc.net")]
    [InlineData("metrics.shop.example", "a.shop.example shop.sc.omtrdc.net shop.appsflyersdk.com", "Adobe", "shop.sc.omtrdc.net")]
    [InlineData("launches.appsflyer.com", "a.appsflyersdk.com shop.sc.omtrdc.net", "Adobe", "shop.sc.omtrdc.net")]
    [InlineData("launches.appsflyer.com", "a.appsflyersdk.com d1.cloudfront.net", null, null)]
    [InlineData("www.shop.example", @"a\027.omtrdc.net", null, null)]
    public void TrackerAnywhereInAChain_IsCloaked(string host, string chain, string? tracker, string? name)
    {
        ImmutableArray<string> names = [.. chain.Split(' ')];
        var resolution = new NameResolution("dns", ["192.0.2.1"], names[^1], names);

        var cloaked = Embedded.FindCloaked(host, resolution);

        Assert.Equal((tracker, name), (cloaked?.Organisation, cloaked?.Name));
        Assert.Equal(tracker, Embedded.Find(host, Some.Flow(host: host).Metadata with { Resolution = resolution }, lookup: null).Cloaks);
    }

    [Fact]
    public void Entry_TellsEntityAndGroupApart()
    {
        var match = Embedded.Match("acs.aliexpress.com");
        var entry = match?.Entry;

        Assert.Equal(
            ("Alibaba.com Singapore E-Commerce Private Limited", "SG", "Alibaba", "CN"),
            (entry?.LegalEntity, entry?.Country, entry?.Group, entry?.GroupCountry));
        Assert.Equal("aliexpress.com", match?.Suffix);
        Assert.Null(Embedded.Match("aliexpress.com.evil.example"));
        Assert.Null(Embedded.Match("192.0.2.1"));
    }
}
