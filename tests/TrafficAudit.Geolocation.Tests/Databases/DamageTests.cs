using System.Net;
using TrafficAudit.Geolocation.Databases;
using TrafficAudit.Testing.Mmdb;

namespace TrafficAudit.Geolocation.Tests.Databases;

public sealed class DamageTests
{
    private static readonly byte[] Whole = MmdbWriter.City("GeoLite2-City", ("192.0.2.0/24", "KR"), ("198.51.100.0/24", "US"), ("2001:db8::/32", "SG")).ToArray();

    public static TheoryData<string, byte[]> Unusable => new()
    {
        { "empty", [] },
        { "text", "<html>404 Not Found</html>"u8.ToArray() },
        { "zeros", new byte[100_000] },
        { "marker alone", [0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8] },
        { "first half", Whole[..(Whole.Length / 2)] },
        { "without its last byte of metadata", Whole[..^1] },
        { "second half", Whole[(Whole.Length / 2)..] },
        { "without its first 700 bytes", Whole[700..] },
        { "a piece missing in the middle", [.. Whole[..600], .. Whole[640..]] },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public void FileThatIsNoDatabase_IsOneClearError(string what, byte[] bytes)
    {
        using var folder = new GeoFolder().With("broken.mmdb", bytes);

        var error = Assert.Throws<GeoDatabaseException>(() => GeoDatabases.Load(folder.Path));

        Assert.True(error.Message.Contains("broken.mmdb", StringComparison.Ordinal), what);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Contains("download it again or remove it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BrokenFileBesideGoodOnes_IsNotPassedOver()
    {
        using var folder = new GeoFolder().With("a.mmdb", Whole).With("b.mmdb", [1, 2, 3]);

        Assert.Contains("b.mmdb", Assert.Throws<GeoDatabaseException>(() => GeoDatabases.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FolderWithTheNameOfADatabase_IsNoDatabase()
    {
        using var folder = new GeoFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "folder.mmdb"));

        using var databases = GeoDatabases.Load(folder.Path);

        Assert.Single(databases.Databases);
    }

    [Fact]
    public void EveryTruncation_IsRefused()
    {
        for (var length = 0; length < Whole.Length; length += 7)
        {
            using var folder = new GeoFolder().With("cut.mmdb", Whole[..length]);
            Assert.Throws<GeoDatabaseException>(() => GeoDatabases.Load(folder.Path));
        }
    }

    [Fact]
    public void AnyDamagedByte_NeverThrowsAnythingElse()
    {
        var random = new Random(20260101);
        using var folder = new GeoFolder();
        int refused = 0, read = 0;
        for (var i = 0; i < 300; i++)
        {
            var bytes = (byte[])Whole.Clone();
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            folder.With("dbip-country.mmdb", bytes);
            try
            {
                using var databases = GeoDatabases.Load(folder.Path);
                databases.Find(IPAddress.Parse("192.0.2.1"));
                databases.Find(IPAddress.Parse("198.51.100.255"));
                databases.Find(IPAddress.Parse("2001:db8::1"));
                databases.Find(IPAddress.Parse("203.0.113.1"));
                read++;
            }
            catch (GeoDatabaseException)
            {
                refused++;
            }
        }

        Assert.True(refused > 0 && read > 0, $"{refused} refused, {read} read");
    }

    [Fact]
    public void DamagedRecord_IsAnObservationOfItsOwn()
    {
        var bytes = MmdbWriter.Country("GeoLite2-Country", ("8.8.8.8/32", "KR")).ToArray();

        // The map's second key becomes a value of a type that does not exist.
        var at = bytes.AsSpan().IndexOf("iso_code"u8) + "iso_code".Length;
        bytes[at] = 0x00;
        bytes[at + 1] = 0xFF;
        using var folder = new GeoFolder().With("lite.mmdb", bytes);

        var lookup = folder.Find("8.8.8.8");

        Assert.Equal([("damaged_database", null), ("database", "US")], lookup.Observations.Select(o => (o.Source, o.Country)));
        Assert.Equal("US", lookup.Country);
    }

    [Fact]
    public void ValueOfTheWrongType_IsADamagedRecord()
    {
        var writer = new MmdbWriter { DatabaseType = "GeoLite2-Country" }.Add("8.8.8.8/32", MmdbWriter.Map(("country", "KR")));
        using var folder = new GeoFolder().With("lite.mmdb", writer);

        Assert.Equal("damaged_database", folder.Find("8.8.8.8").Observations[0].Source);
    }
}
