using TrafficAudit.Geolocation.Databases;
using TrafficAudit.Testing.Mmdb;

namespace TrafficAudit.Geolocation.Tests.Databases;

public sealed class PointerTests
{
    [Fact]
    public void PointerToItself_IsADamagedRecord()
    {
        var bytes = MmdbWriter.Country("GeoLite2-Country", ("8.8.8.8/32", "KR")).ToArray();
        var key = bytes.AsSpan().IndexOf("country"u8);
        var value = key + "country".Length;
        var data = key - 2;

        // Type 1 with 11 bits: the offset of the pointer itself.
        bytes[value] = 0x20;
        bytes[value + 1] = (byte)(value - data);
        using var folder = new GeoFolder().With("lite.mmdb", bytes);

        Assert.Equal("damaged_database", folder.Find("8.8.8.8").Observations[0].Source);
    }

    [Fact]
    public void MapThatHoldsItself_NamesNoCountry()
    {
        var bytes = MmdbWriter.Country("GeoLite2-Country", ("8.8.8.8/32", "KR")).ToArray();
        var value = bytes.AsSpan().IndexOf("country"u8) + "country".Length;

        // The country is a pointer to offset 0, the map that it is in.
        bytes[value] = 0x20;
        bytes[value + 1] = 0;
        using var folder = new GeoFolder().With("lite.mmdb", bytes);

        Assert.Null(folder.Find("8.8.8.8").Observations[0].Country);
    }

    [Fact]
    public void FlatRecordThatHoldsItself_IsRefused()
    {
        var bytes = MmdbWriter.Flat(("192.0.2.0/24", "KR")).ToArray();
        var value = bytes.AsSpan().IndexOf("country_code"u8) + "country_code".Length;
        bytes[value] = 0x20;
        bytes[value + 1] = 0;
        using var folder = new GeoFolder().With("lab.mmdb", bytes);

        Assert.Throws<GeoDatabaseException>(() => folder.Find("192.0.2.1"));
    }
}
