using System.Net;
using TrafficAudit.Geolocation.Databases;
using TrafficAudit.Model;
using TrafficAudit.Testing.Mmdb;

namespace TrafficAudit.Geolocation.Tests.Databases;

public sealed class LayoutTests
{
    private static readonly (string, string)[] Documentation = [("192.0.2.0/24", "KR"), ("2001:db8::/32", "SG")];

    public static TheoryData<string> CountryTypes =>
        ["GeoLite2-Country", "GeoIP2-Country", "DBIP-Country-Lite", "DBIP-Country"];

    public static TheoryData<string> CityTypes =>
        ["GeoLite2-City", "GeoIP2-City", "GeoIP2-Enterprise", "DBIP-City-Lite", "DBIP-Location (compat=City)", "DBIP-Location-ISP (compat=Enterprise)"];

    [Theory]
    [MemberData(nameof(CountryTypes))]
    public void CountryLayout_IsRead(string type)
    {
        using var folder = new GeoFolder().With("a.mmdb", MmdbWriter.Country(type, Documentation));

        Assert.Equal("KR", folder.Find("192.0.2.200").Country);
        Assert.Equal("SG", folder.Find("2001:db8::1").Country);
    }

    [Theory]
    [MemberData(nameof(CityTypes))]
    public void CityLayout_IsRead(string type)
    {
        using var folder = new GeoFolder().With("a.mmdb", MmdbWriter.City(type, Documentation));

        Assert.Equal("KR", folder.Find("192.0.2.200").Country);
        Assert.Equal("SG", folder.Find("2001:db8::1").Country);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(28)]
    [InlineData(32)]
    public void FlatLayout_IsReadAtEveryRecordSize(int recordSize)
    {
        var writer = new MmdbWriter { RecordSize = recordSize }
            .Add("127.0.1.0/24", MmdbWriter.Map(("country_code", "CN")))
            .Add("127.0.2.0/24", MmdbWriter.Map(("country_code", "SG")))
            .Add("127.0.3.0/24", MmdbWriter.Map(("country_code", "US")))
            .Add("127.0.4.0/24", MmdbWriter.Map(("country_code", "KR")));
        using var folder = new GeoFolder().With("lab.mmdb", writer);

        Assert.Equal(["CN", "SG", "US", "KR"], Enumerable.Range(1, 4).Select(i => folder.Find($"127.0.{i}.77").Country));
        Assert.Null(folder.Find("127.0.5.1").Country);
        Assert.Null(folder.Find("127.0.0.1").Country);
    }

    [Theory]
    [InlineData("192.0.2.77", "KR")]
    [InlineData("192.0.2.1", "US")]
    [InlineData("192.0.2.15", "US")]
    [InlineData("192.0.2.16", "KR")]
    public void NetworkInANetwork_TheNarrowestCounts(string address, string country)
    {
        using var folder = new GeoFolder().With("lab.mmdb", MmdbWriter.Flat(("192.0.2.0/28", "US"), ("192.0.2.0/24", "KR")));

        Assert.Equal(country, folder.Find(address).Country);
    }

    [Fact]
    public void AsnDatabase_GivesNumberAndOrganizationButNoObservation()
    {
        using var folder = new GeoFolder().With("asn.mmdb", MmdbWriter.Asn(("192.0.2.0/24", 64500, "Example Networks")));

        var lookup = folder.Find("192.0.2.1");

        Assert.Equal((64500, "Example Networks"), (lookup.Asn, lookup.AsOrganization));
        Assert.Equal("dbip-country.mmdb", Assert.Single(lookup.Observations).Name);
        Assert.Equal(CountryGrade.Unknown, lookup.Grade);
    }

    [Fact]
    public void IspDatabase_GivesNumberAndOrganization()
    {
        var writer = new MmdbWriter { DatabaseType = "GeoIP2-ISP" }.Add("192.0.2.0/24", MmdbWriter.Map(
            ("autonomous_system_number", 64501u), ("autonomous_system_organization", "Example Telecom"), ("isp", "Example"), ("organization", "Example")));
        using var folder = new GeoFolder().With("isp.mmdb", writer);

        Assert.Equal((64501, "Example Telecom"), (folder.Find("192.0.2.1").Asn, folder.Find("192.0.2.1").AsOrganization));
    }

    [Fact]
    public void EnterpriseDatabase_GivesCountryAndNetwork()
    {
        var writer = new MmdbWriter { DatabaseType = "GeoIP2-Enterprise" }.Add("192.0.2.0/24", MmdbWriter.Map(
            ("country", MmdbWriter.Map(("iso_code", "KR"), ("confidence", (ushort)99))),
            ("traits", MmdbWriter.Map(("autonomous_system_number", 64502u), ("autonomous_system_organization", "Example Cloud")))));
        using var folder = new GeoFolder().With("e.mmdb", writer);

        var lookup = folder.Find("192.0.2.1");

        Assert.Equal(("KR", 64502, "Example Cloud"), (lookup.Country, lookup.Asn, lookup.AsOrganization));
    }

    [Fact]
    public void FlatAsnFile_GivesNumberAndOrganization()
    {
        var writer = new MmdbWriter { DatabaseType = "asn ipvAll" }.Add(
            "192.0.2.0/24", MmdbWriter.Map(("autonomous_system_number", 64503u), ("autonomous_system_organization", "Example Hosting")));
        using var folder = new GeoFolder().With("asn.mmdb", writer);

        Assert.Equal((64503, "Example Hosting"), (folder.Find("192.0.2.1").Asn, folder.Find("192.0.2.1").AsOrganization));
    }

    [Fact]
    public void DatabaseOfAnotherKind_IsListedAndNeverAsked()
    {
        var writer = new MmdbWriter { DatabaseType = "GeoIP2-Connection-Type" }.Add("192.0.2.0/24", MmdbWriter.Map(("connection_type", "Cellular")));
        using var folder = new GeoFolder().With("connection.mmdb", writer);
        using var databases = GeoDatabases.Load(folder.Path);

        var info = Assert.Single(databases.Databases, d => d.Name == "connection.mmdb");
        Assert.Equal((false, false, false), (info.HasCountries, info.HasNetworks, info.HasUses));
        Assert.Equal("dbip-country.mmdb", Assert.Single(databases.Find(IPAddress.Parse("192.0.2.1")).Observations).Name);
    }

    [Theory]
    [InlineData("is_hosting_provider", "hosting_provider")]
    [InlineData("is_anonymous_vpn", "anonymous_vpn")]
    [InlineData("is_public_proxy", "public_proxy")]
    [InlineData("is_residential_proxy", "residential_proxy")]
    [InlineData("is_tor_exit_node", "tor_exit_node")]
    public void AnonymousIpDatabase_IsAnObservationWithoutACountry(string field, string source)
    {
        var writer = new MmdbWriter { DatabaseType = "GeoIP2-Anonymous-IP" }
            .Add("8.8.8.0/24", MmdbWriter.Map(("is_anonymous", true), (field, true)))
            .Add("2001:db8::/32", MmdbWriter.Map(("is_anonymous", true), (field, true)))
            .Add("192.0.2.0/24", MmdbWriter.Map());
        using var folder = new GeoFolder().With("anonymous.mmdb", writer);

        var lookup = folder.Find("8.8.8.8");

        Assert.Equal(("US", CountryGrade.Located), (lookup.Country, lookup.Grade));
        Assert.Equal([(source, "anonymous.mmdb", null)], Uses(lookup));
        Assert.Equal([(source, "anonymous.mmdb", null)], Uses(folder.Find("2001:db8::1")));
        Assert.Empty(Uses(folder.Find("192.0.2.1")));
        Assert.Empty(Uses(folder.Find("198.51.100.1")));

        static IEnumerable<(string, string, string?)> Uses(AddressLookup lookup) =>
            lookup.Observations.Where(o => o.Source != "database").Select(o => (o.Source, o.Name, o.Country));
    }

    [Fact]
    public void AnonymousIpRecordOfSeveralUses_IsAnObservationForEach()
    {
        var writer = new MmdbWriter { DatabaseType = "GeoIP2-Anonymous-IP" }.Add(
            "192.0.2.0/24", MmdbWriter.Map(("is_hosting_provider", true), ("is_tor_exit_node", true), ("is_public_proxy", false)));
        using var folder = new GeoFolder().With("anonymous.mmdb", writer);

        Assert.Equal(["hosting_provider", "tor_exit_node"], folder.Find("192.0.2.1").Observations.Select(o => o.Source).Where(s => s != "database"));
    }

    [Theory]
    [InlineData("ZZ")]
    [InlineData("EU")]
    [InlineData("A1")]
    [InlineData("")]
    [InlineData("Korea")]
    public void CodeOfNoCountry_IsNoAnswer(string code)
    {
        using var folder = new GeoFolder().With("lab.mmdb", MmdbWriter.Flat(("192.0.2.0/24", code)));

        Assert.Equal((null, CountryGrade.Unknown), (folder.Find("192.0.2.1").Country, folder.Find("192.0.2.1").Grade));
    }

    [Fact]
    public void RecordWithoutCountry_IsNoAnswer()
    {
        var writer = new MmdbWriter { DatabaseType = "GeoLite2-City" }.Add(
            "192.0.2.0/24", MmdbWriter.Map(("registered_country", MmdbWriter.Map(("iso_code", "US")))));
        using var folder = new GeoFolder().With("city.mmdb", writer);

        Assert.Null(folder.Find("192.0.2.1").Country);
    }
}
