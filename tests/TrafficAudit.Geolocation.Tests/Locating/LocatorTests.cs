using System.Text;
using TrafficAudit.Geolocation.Databases;
using TrafficAudit.Geolocation.Locating;
using TrafficAudit.Geolocation.Tests.Databases;
using TrafficAudit.Model;
using TrafficAudit.Testing;
using TrafficAudit.Testing.Mmdb;

namespace TrafficAudit.Geolocation.Tests.Locating;

/// <summary>Databases say of 192.0.2.0/24 KR, of 198.51.100.0/24 US, of 203.0.113.0/24 US and CN; 104.16.0.1 is Cloudflare's, said to be in CA.</summary>
public sealed class LocatorTests : IDisposable
{
    private static readonly GeoPosition Seoul = new(37.57, 126.98);
    private static readonly GeoPosition Kansas = new(38.5, -98.5);

    private readonly GeoFolder _folder = new();
    private readonly GeoDatabases _databases;
    private readonly Locator _locator;
    private readonly List<AddressLookup> _kept = [];

    public LocatorTests()
    {
        _folder.With("first.mmdb", MmdbWriter.Flat(("192.0.2.0/24", "KR"), ("198.51.100.0/24", "US"), ("203.0.113.0/24", "US"), ("104.16.0.0/24", "CA")));
        _folder.With("second.mmdb", MmdbWriter.Flat(("203.0.113.0/24", "CN")));
        _databases = GeoDatabases.Load(_folder.Path);
        _locator = new Locator(_databases, LocationTables.Load(folder: null)) { OnLookup = _kept.Add };
    }

    public void Dispose()
    {
        _databases.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("192.0.2.1", "KR", CountryGrade.Located)]
    [InlineData("203.0.113.1", "US", CountryGrade.Disputed)]
    [InlineData("240.0.0.1", null, CountryGrade.Unknown)]
    public void DatabasesAlone_AreTheAnswer(string address, string? country, CountryGrade grade) => Check(Locate(address), country, grade);

    [Fact]
    public void FlowWithoutAddress_HasNoAnswer()
    {
        var metadata = Some.Flow().Metadata with { Upstream = null, Resolution = null };

        Assert.Null(_locator.Locate(metadata, Head("CF-RAY: 8e5e1f2a3b4c5d6e-ICN")));
        Assert.Null(_locator.Locate(metadata with { Resolution = new NameResolution("dns", ["192.0.2.1"]) }, response: null));
    }

    [Fact]
    public void CloudsOwnNameOfTheMachine_ConfirmsTheDatabase() =>
        Check(Locate("192.0.2.1", host: "ec2-192-0-2-1.ap-northeast-2.compute.amazonaws.com"), "KR", CountryGrade.Confirmed);

    [Fact]
    public void CloudsOwnNameOfTheMachine_CanDisputeTheDatabase()
    {
        var lookup = Locate("198.51.100.1", host: "ec2-198-51-100-1.ap-northeast-2.compute.amazonaws.com");

        Check(lookup, "US", CountryGrade.Disputed);
        Assert.Contains(lookup.Observations, o => o is { Source: ObservationSource.HostName, Country: "KR", Bearing: Bearing.Refutes });
    }

    [Fact]
    public void RegionInTheCanonicalName_CountsToo() =>
        Check(Locate("192.0.2.1", canonical: "shop-1234.ap-northeast-2.elb.amazonaws.com"), "KR", CountryGrade.Confirmed);

    [Fact]
    public void RegionInTheMiddleOfTheChain_CountsWithTheNetworkAtItsEnd()
    {
        var metadata = Some.Flow(host: "api.shop.example", address: "192.0.2.1").Metadata;
        var lookup = _locator.Locate(
            metadata with
            {
                Resolution = new NameResolution(
                    "dns", ["192.0.2.1"], "x.akadns.net", ["api.shop.example.gslb.example", "shop-1234.ap-northeast-2.elb.amazonaws.com", "x.akadns.net"]),
            },
            response: null)!;

        Assert.Equal("Akamai", lookup.Network);
        Assert.Contains(lookup.Observations, o => o is { Source: ObservationSource.HostName, Name: "shop-1234.ap-northeast-2.elb.amazonaws.com", Country: "KR" });
    }

    [Theory]
    [InlineData("us-api.shop.example")]
    [InlineData("api.us.shop.example")]
    [InlineData("kr-api.shop.example")]
    public void WordThatTheOwnerChose_IsShownAndCountsForNothing(string host)
    {
        var lookup = Locate("192.0.2.1", host: host);

        Check(lookup, "KR", CountryGrade.Located);
        Assert.Contains(lookup.Observations, o => o is { Source: ObservationSource.HostName, Bearing: Bearing.Open });
    }

    [Fact]
    public void AnycastAddress_IsWhereItsEdgeSays()
    {
        var lookup = Locate("104.16.0.1", head: Head("Server: cloudflare", "CF-RAY: 8e5e1f2a3b4c5d6e-ICN"));

        Check(lookup, "KR", CountryGrade.Edge);
        Assert.Equal("Cloudflare", lookup.Network);
        Assert.Contains(lookup.Observations, o => o is { Source: ObservationSource.EdgeHeader, Country: "KR", Bearing: Bearing.Confirms });
        Assert.Contains(lookup.Observations, o => o is { Source: ObservationSource.Database, Country: "CA", Bearing: Bearing.Refutes });
        Assert.Contains(lookup.Observations, o => o is { Source: ObservationSource.AnycastNetwork, Name: "Cloudflare" });
    }

    [Fact]
    public void AnycastAddressWithoutHint_KeepsTheDatabasesCountry_AndSaysEdge() => Check(Locate("104.16.0.1"), "CA", CountryGrade.Edge);

    [Fact]
    public void EdgeThatOnlyAHeaderNames_IsAnEdge()
    {
        var lookup = Locate("192.0.2.1", head: Head("X-Cache: Hit from cloudfront", "Via: 1.1 0123456789abcdef0123456789abcdef.cloudfront.net (CloudFront)"));

        Check(lookup, "KR", CountryGrade.Edge);
        Assert.Contains(lookup.Observations, o => o is { Source: ObservationSource.DeliveryNetwork, Name: "Amazon CloudFront" });
    }

    [Fact]
    public void HeaderOfANetworkBehindTheOneConnectedTo_IsShownAndCountsForNothing()
    {
        // A Fastly machine in Tokyo behind Cloudflare's edge: the data went on there.
        var lookup = Locate("104.16.0.1", head: Head("X-Served-By: cache-nrt-rjtf7700001-NRT"));

        Check(lookup, "CA", CountryGrade.Edge);
        Assert.Contains(lookup.Observations, o => o is { Source: ObservationSource.EdgeHeader, Country: "JP", Bearing: Bearing.Open });
    }

    [Fact]
    public void HeaderThatIsPassedOnByAMachineOutsideItsNetwork_CountsForNothing()
    {
        // Cloudflare publishes all of its addresses, and this is none of them.
        var lookup = Locate("192.0.2.1", head: Head("CF-RAY: 8e5e1f2a3b4c5d6e-FRA", "Server: cloudflare"));

        Check(lookup, "KR", CountryGrade.Edge);
        Assert.Contains(lookup.Observations, o => o is { Source: ObservationSource.EdgeHeader, Country: "DE", Bearing: Bearing.Open });
    }

    [Fact]
    public void RegionOfTheServerBehindAnEdge_IsNoContradiction()
    {
        var lookup = Locate("104.16.0.1", head: Head("CF-RAY: 8e5e1f2a3b4c5d6e-ICN", "x-amz-bucket-region: us-east-1", "x-amz-id-2: Invented/zzzz="));

        Check(lookup, "KR", CountryGrade.Edge);
        Assert.Contains(lookup.Observations, o => o is { Source: ObservationSource.EdgeHeader, Country: "US", Bearing: Bearing.Open });
    }

    [Fact]
    public void TooShortARoundTrip_ExcludesTheDatabasesCountry()
    {
        var lookup = Locate("198.51.100.1", lab: Seoul, milliseconds: 3);

        Check(lookup, "US", CountryGrade.Disputed);
        var time = Assert.Single(lookup.Observations, o => o.Source == ObservationSource.RoundTrip);
        Assert.Equal(Bearing.Refutes, time.Bearing);
        Assert.Equal("3 ms: at most 359 km away, so not in US", time.Detail);
        Assert.Equal("37.57,126.98", time.Name);
    }

    [Fact]
    public void RoundTrip_ChoosesBetweenDatabases()
    {
        // The better database says US, the other CN: a few milliseconds from Beijing leave only one of them.
        var lookup = Locate("203.0.113.1", lab: new GeoPosition(39.9, 116.4), milliseconds: 5);

        Check(lookup, "CN", CountryGrade.Disputed);
    }

    [Fact]
    public void RoundTripThatLeavesNoOtherCountry_Confirms() => Check(Locate("198.51.100.1", lab: Kansas, milliseconds: 2), "US", CountryGrade.Confirmed);

    [Fact]
    public void LongRoundTrip_SaysNothing()
    {
        var lookup = Locate("198.51.100.1", lab: Seoul, milliseconds: 150);

        Check(lookup, "US", CountryGrade.Located);
        Assert.Equal(Bearing.Open, lookup.Observations.Single(o => o.Source == ObservationSource.RoundTrip).Bearing);
    }

    [Fact]
    public void EdgesOwnWord_IsExcludedByTheRoundTripToo()
    {
        // What a server says of itself can be made up: it can't be in Frankfurt.
        var lookup = Locate("192.0.2.1", head: Head("x-edge-location: defr"), lab: Seoul, milliseconds: 3);

        Check(lookup, "KR", CountryGrade.Edge);
        Assert.Contains(lookup.Observations, o => o is { Source: ObservationSource.EdgeHeader, Country: "DE", Bearing: Bearing.Refutes });
    }

    [Fact]
    public void ConnectTimeWithoutTheLabsPosition_IsNoBound() => Check(Locate("198.51.100.1", milliseconds: 1), "US", CountryGrade.Located);

    [Fact]
    public void AddressLookedUpLater_IsMarkedAndNeverConfirmed()
    {
        var metadata = Some.Flow(host: "ec2-192-0-2-1.ap-northeast-2.compute.amazonaws.com").Metadata with
        {
            Upstream = null,
            Resolution = new NameResolution(ObservationSource.ResolvedLater, ["192.0.2.1"]),
        };

        var lookup = _locator.Locate(metadata, response: null)!;
        Check(lookup, "KR", CountryGrade.Located);
        Assert.Contains(lookup.Observations, o => o.Source == ObservationSource.ResolvedLater);
    }

    [Fact]
    public void EachAnswer_IsKeptOnce()
    {
        for (var i = 0; i < 3; i++)
        {
            Locate("192.0.2.1", lab: Seoul, milliseconds: 4 + i);
            Locate("192.0.2.1", head: Head("CF-RAY: 8e5e1f2a3b4c5d6e-ICN"));
            Locate("192.0.2.1", host: "other.example");
        }

        Assert.Equal(3, _kept.Count);
        Assert.All(_kept, lookup => Assert.NotNull(lookup.Host));
        _locator.Forget();
        Locate("192.0.2.1", host: "other.example");
        Assert.Equal(4, _kept.Count);
    }

    [Fact]
    public void TheSameFlows_HaveTheSameAnswersInAnyOrder()
    {
        var random = new Random(1);
        var flows = Enumerable.Range(0, 400).Select(i => (
            Address: new[] { "192.0.2.1", "198.51.100.1", "203.0.113.1", "104.16.0.1" }[i % 4],
            Head: i % 3 == 0 ? Head("CF-RAY: 8e5e1f2a3b4c5d6e-" + new[] { "ICN", "NRT", "FRA", "XXX" }[i % 4]) : null,
            Milliseconds: random.Next(1, 300))).ToList();
        var forward = flows.ConvertAll(f => Answer(f.Address, f.Head, f.Milliseconds));
        _locator.Forget();
        flows.Reverse();
        var backward = flows.ConvertAll(f => Answer(f.Address, f.Head, f.Milliseconds));
        backward.Reverse();

        Assert.Equal(forward, backward);

        (string?, CountryGrade) Answer(string address, HttpHead? head, int milliseconds)
        {
            var lookup = Locate(address, head: head, lab: Seoul, milliseconds: milliseconds);
            return (lookup.Country, lookup.Grade);
        }
    }

    private AddressLookup Locate(
        string address, string host = "api.shop.example", string? canonical = null, HttpHead? head = null, GeoPosition? lab = null, double? milliseconds = null)
    {
        var metadata = Some.Flow(host: host, address: address).Metadata;
        return _locator.Locate(
            metadata with
            {
                Upstream = metadata.Upstream! with { ConnectTime = milliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : null },
                Resolution = metadata.Resolution! with { Canonical = canonical },
                LabPosition = lab,
            },
            head)!;
    }

    private static HttpHead Head(params string[] fields) =>
        HttpHead.Parse(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\n{string.Concat(fields.Select(field => field + "\r\n"))}\r\n"));

    private static void Check(AddressLookup lookup, string? country, CountryGrade grade) => Assert.Equal((country, grade), (lookup.Country, lookup.Grade));
}
