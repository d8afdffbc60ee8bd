using System.Net;
using TrafficAudit.Geolocation.Databases;
using TrafficAudit.Model;
using TrafficAudit.Testing.Mmdb;

namespace TrafficAudit.Geolocation.Tests.Databases;

public sealed class AddressTests
{
    [Theory]
    [InlineData("8.8.8.8", "US")]
    [InlineData("223.130.195.200", "KR")]
    [InlineData("54.254.0.1", "SG")]
    [InlineData("::ffff:54.254.0.1", "SG")]
    public void KnownAddress_IsLocatedByTheEmbeddedDatabase(string address, string country)
    {
        using var databases = GeoDatabases.Load(folder: null);

        var lookup = databases.Find(IPAddress.Parse(address));

        Assert.Equal((country, CountryGrade.Located), (lookup.Country, lookup.Grade));
    }

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.1.1")]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("fe80::1")]
    [InlineData("fd00::1")]
    [InlineData("192.0.2.1")]
    public void ReservedAddress_HasNoCountry(string address)
    {
        using var databases = GeoDatabases.Load(folder: null);

        var lookup = databases.Find(IPAddress.Parse(address));

        Assert.Equal((null, CountryGrade.Unknown), (lookup.Country, lookup.Grade));
        Assert.Null(Assert.Single(lookup.Observations).Country);
    }

    [Fact]
    public void MappedAddress_IsShownAndFoundAsIPv4()
    {
        using var folder = new GeoFolder().With("lab.mmdb", MmdbWriter.Flat(("127.0.1.0/24", "CN")));

        var lookup = folder.Find("::ffff:127.0.1.9");

        Assert.Equal(("127.0.1.9", "CN"), (lookup.Address, lookup.Country));
    }

    [Fact]
    public void ScopedAddress_IsFoundWithoutItsScope()
    {
        using var folder = new GeoFolder().With("lab.mmdb", MmdbWriter.Flat(("fe80::/10", "KR")));
        using var databases = GeoDatabases.Load(folder.Path);

        var lookup = databases.Find(new IPAddress(IPAddress.Parse("fe80::1").GetAddressBytes(), scopeid: 3));

        Assert.Equal(("fe80::1", "KR"), (lookup.Address, lookup.Country));
    }

    [Fact]
    public void IPv6InAnIPv4OnlyFile_FindsNothing()
    {
        // 2001:4860:… starts with the bits of 32.1.72.96, which the file gives a country.
        var writer = new MmdbWriter { IpVersion = 4, DatabaseType = "country ipv4" }.Add("32.0.0.0/8", MmdbWriter.Map(("country_code", "KR")));
        using var folder = new GeoFolder().With("dbip-country.mmdb", writer);

        Assert.Equal("KR", folder.Find("32.1.72.96").Country);
        Assert.Null(folder.Find("2001:4860::1").Country);
        Assert.Null(Assert.Single(folder.Find("2001:4860::1").Observations).Country);
    }

    [Fact]
    public void IPv4InAFileOfIPv6Networks_FindsNothing()
    {
        using var folder = new GeoFolder().With("dbip-country.mmdb", MmdbWriter.Flat(("2000::/3", "US")));

        Assert.Null(folder.Find("32.1.72.96").Country);
        Assert.Equal("US", folder.Find("2001:db8::1").Country);
    }

    [Fact]
    public async Task ManyThreads_GetTheSameAnswers()
    {
        using var folder = new GeoFolder().With("lab.mmdb", MmdbWriter.City("GeoLite2-City", ("127.0.1.0/24", "CN"), ("127.0.2.0/24", "SG")));
        using var databases = GeoDatabases.Load(folder.Path);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 500)
            .Select(i => databases.Find(new IPAddress([127, 0, (byte)(1 + (i % 2)), (byte)i])).Country)
            .ToArray())));

        Assert.All(answers, answer => Assert.Equal(Enumerable.Range(0, 500).Select(i => i % 2 == 0 ? "CN" : "SG"), answer));
    }
}
