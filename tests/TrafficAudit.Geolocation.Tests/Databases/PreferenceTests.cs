using System.Net;
using TrafficAudit.Geolocation.Databases;
using TrafficAudit.Model;
using TrafficAudit.Testing;
using TrafficAudit.Testing.Mmdb;

namespace TrafficAudit.Geolocation.Tests.Databases;

public sealed class PreferenceTests
{
    private const string Google = "8.8.8.8";

    [Fact]
    public void Databases_AreOrderedByWorth()
    {
        using var folder = new GeoFolder()
            .With("a-flat.mmdb", MmdbWriter.Flat((Google + "/32", "FR")))
            .With("b-dbip.mmdb", MmdbWriter.City("DBIP-City-Lite", (Google + "/32", "DE")))
            .With("c-lite.mmdb", MmdbWriter.City("GeoLite2-City", (Google + "/32", "JP")))
            .With("d-full.mmdb", MmdbWriter.Country("GeoIP2-Country", (Google + "/32", "KR")));

        var lookup = folder.Find(Google);

        Assert.Equal(["KR", "JP", "DE", "FR", "US"], lookup.Observations.Select(o => o.Country));
        Assert.Equal(("KR", CountryGrade.Disputed), (lookup.Country, lookup.Grade));
    }

    [Fact]
    public void SameRank_TheNewestIsPreferred()
    {
        using var folder = new GeoFolder()
            .With("a.mmdb", new MmdbWriter().Add("192.0.2.0/24", MmdbWriter.Map(("country_code", "KR"))))
            .With("b.mmdb", new MmdbWriter { Built = Some.Time.AddDays(9) }.Add("192.0.2.0/24", MmdbWriter.Map(("country_code", "CN"))));

        Assert.Equal("CN", folder.Find("192.0.2.1").Country);
    }

    [Fact]
    public void BestDatabaseWithoutAnswer_LeavesTheAnswerToTheNext()
    {
        using var folder = new GeoFolder().With("lite.mmdb", MmdbWriter.Country("GeoLite2-Country", ("192.0.2.0/24", "KR")));

        var lookup = folder.Find(Google);

        Assert.Equal(("US", CountryGrade.Located), (lookup.Country, lookup.Grade));
        Assert.Equal([null, "US"], lookup.Observations.Select(o => o.Country));
    }

    [Theory]
    [InlineData("GeoLite2-Country", "US", CountryGrade.Confirmed)]
    [InlineData("GeoLite2-Country", "KR", CountryGrade.Disputed)]
    [InlineData("DBIP-Country-Lite", "US", CountryGrade.Located)]
    [InlineData("DBIP-Country-Lite", "KR", CountryGrade.Disputed)]
    public void SecondDatabase_ConfirmsOnlyWhenItsMakerIsAnother(string type, string country, CountryGrade grade)
    {
        using var folder = new GeoFolder().With("second.mmdb", MmdbWriter.Country(type, (Google + "/32", country)));

        var lookup = folder.Find(Google);

        Assert.Equal((country, grade), (lookup.Country, lookup.Grade));
    }

    [Theory]
    [InlineData("lab.mmdb", CountryGrade.Located)]
    [InlineData("dbip-asn-country.mmdb", CountryGrade.Located)]
    [InlineData("geolite2-country.mmdb", CountryGrade.Confirmed)]
    public void FlatFile_IsIndependentOnlyWhenItsNameSaysWhoMadeIt(string name, CountryGrade grade)
    {
        using var folder = new GeoFolder().With(name, MmdbWriter.Flat((Google + "/32", "US")));

        Assert.Equal(grade, folder.Find(Google).Grade);
    }

    [Theory]
    [InlineData("US", CountryGrade.Edge)]
    [InlineData("KR", CountryGrade.Disputed)]
    public void AnycastAddress_IsAnEdgeUnlessDisputed(string country, CountryGrade grade)
    {
        var writer = new MmdbWriter { DatabaseType = "GeoLite2-Country" }.Add(Google + "/32", MmdbWriter.Map(
            ("country", MmdbWriter.Map(("iso_code", country))), ("traits", MmdbWriter.Map(("is_anycast", true)))));
        using var folder = new GeoFolder().With("lite.mmdb", writer);

        Assert.Equal(grade, folder.Find(Google).Grade);
    }

    [Fact]
    public void FileNamedLikeTheEmbeddedOne_ReplacesIt()
    {
        using var folder = new GeoFolder().With("dbip-country.mmdb", MmdbWriter.Flat(("192.0.2.0/24", "KR")));
        using var databases = GeoDatabases.Load(folder.Path);

        Assert.False(Assert.Single(databases.Databases).Embedded);
        Assert.Null(databases.Find(IPAddress.Parse(Google)).Country);
    }

    [Fact]
    public void EmbeddedDatabase_SaysWhatItIsAndWhoMadeIt()
    {
        using var databases = GeoDatabases.Load(Path.Combine(Path.GetTempPath(), "there-is-no-such-folder"));

        var info = Assert.Single(databases.Databases);

        Assert.Equal(("dbip-country.mmdb", true, "country ipvAll", 8_207_345L), (info.Name, info.Embedded, info.Type, info.Size));
        Assert.Equal(new DateOnly(2026, 6, 1), DateOnly.FromDateTime(info.Built.UtcDateTime));
        Assert.Matches("^[0-9a-f]{64}$", info.Sha256);
        Assert.Equal(("DB-IP", "CC BY 4.0", "IP Geolocation by DB-IP"), (info.Maker, info.Licence, info.Attribution));
        Assert.Equal(new Uri("https://db-ip.com"), info.AttributionLink);
    }

    [Fact]
    public void Observation_NamesTheVeryFile()
    {
        var bytes = MmdbWriter.Flat(("192.0.2.0/24", "KR")).ToArray();
        using var folder = new GeoFolder().With("Lab.MMDB", bytes);

        var observation = folder.Find("192.0.2.1").Observations[0];

        Assert.Equal(("database", "Lab.MMDB", "KR"), (observation.Source, observation.Name, observation.Country));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), observation.Sha256);
        Assert.Equal(new MmdbWriter().Built, observation.Built);
    }

    [Fact]
    public void Disposed_LeavesTheEmbeddedDatabaseToOthers()
    {
        GeoDatabases.Load(folder: null).Dispose();
        using var databases = GeoDatabases.Load(folder: null);

        Assert.Equal("US", databases.Find(IPAddress.Parse(Google)).Country);
    }
}
