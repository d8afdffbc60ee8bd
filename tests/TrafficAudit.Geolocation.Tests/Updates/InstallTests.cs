using System.Net;
using Microsoft.Extensions.Time.Testing;
using TrafficAudit.Geolocation.Databases;
using TrafficAudit.Geolocation.Updates;
using TrafficAudit.Testing;
using TrafficAudit.Testing.Mmdb;

namespace TrafficAudit.Geolocation.Tests.Updates;

/// <summary><c>geo update --from FILE</c>.</summary>
public sealed class InstallTests : IDisposable
{
    private static readonly byte[] City = MmdbWriter.City("GeoLite2-City", ("192.0.2.0/24", "KR")).ToArray();

    private readonly TemporaryFolder _given = new();
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, byte[]> Forms => new()
    {
        { "GeoLite2-City.mmdb", City },
        { "download", City },
        { "GeoLite2-City.mmdb.gz", Packed.Gzip(City) },
        { "GeoLite2-City_20260101.tar", Packed.Tar("GeoLite2-City_20260101/GeoLite2-City.mmdb", City) },
        { "GeoLite2-City_20260101.tar.gz", Packed.TarGz("GeoLite2-City_20260101/GeoLite2-City.mmdb", City) },
        { "evil.tar.gz", Packed.TarGz("../../../evil.mmdb", City) },
    };

    public void Dispose()
    {
        _given.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task EveryForm_BecomesTheSameFile(string name, byte[] bytes)
    {
        var info = await InstallAsync(name, bytes);

        Assert.Equal(("GeoLite2-City.mmdb", _folder.File("GeoLite2-City.mmdb")), (info.Name, info.Path));
        Assert.Equal(City, await File.ReadAllBytesAsync(_folder.File("GeoLite2-City.mmdb"), TestContext.Current.CancellationToken));
        Assert.Equal([_folder.File("GeoLite2-City.mmdb")], Directory.GetFileSystemEntries(_folder.Path));
        using var databases = GeoDatabases.Load(_folder.Path);
        Assert.Equal("KR", databases.Find(IPAddress.Parse("192.0.2.1")).Country);
    }

    [Theory]
    [InlineData("DBIP-Country-Lite", "dbip-country-lite-2026-11.mmdb", "dbip-country.mmdb")]
    [InlineData("DBIP-ASN-Lite (compat=GeoLite2-ASN)", "x.mmdb", "dbip-asn.mmdb")]
    [InlineData("GeoIP2-ISP", "x.mmdb", "GeoIP2-ISP.mmdb")]
    [InlineData("country ipvAll", "lab.mmdb", "lab.mmdb")]
    [InlineData("country ipvAll", "lab", "lab.mmdb")]
    [InlineData("GeoLite2-../../x", "lab.mmdb", "lab.mmdb")]
    public void FileName_IsTheTypesWhereThatHasOne(string type, string given, string name) => Assert.Equal(name, DatabaseFileName.Of(type, given));

    [Fact]
    public async Task UnusableFile_ReplacesNothing()
    {
        await InstallAsync("GeoLite2-City.mmdb", City);
        byte[][] unusable =
        [
            [], [0x1F], [0x1F, 0x8B], "<html>"u8.ToArray(), City[..^9], Packed.Gzip([]), Packed.Gzip(City[..200]), Packed.Gzip(City)[..^200],
            Packed.Tar("GeoLite2-City.txt", City), Packed.TarGz("GeoLite2-City.mmdb", City[50..]), Packed.Tar("a.mmdb", City)[..2000],
            new MmdbWriter { DatabaseType = "GeoIP2-Connection-Type" }.Add("192.0.2.0/24", MmdbWriter.Map(("connection_type", "Cable"))).ToArray(),
        ];

        foreach (var bytes in unusable)
        {
            var error = await Assert.ThrowsAnyAsync<GeoDataException>(() => InstallAsync("new.mmdb", bytes));
            Assert.DoesNotContain('\n', error.Message);
            Assert.Contains("new.mmdb", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal([_folder.File("GeoLite2-City.mmdb")], Directory.GetFileSystemEntries(_folder.Path));
        Assert.Equal(City, await File.ReadAllBytesAsync(_folder.File("GeoLite2-City.mmdb"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AnyDamagedByte_IsRefusedOrReadAndLeavesNoDraft()
    {
        var whole = Packed.TarGz("GeoLite2-City.mmdb", City);
        var random = new Random(20260101);
        for (var i = 0; i < 200; i++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                await InstallAsync("new.tar.gz", bytes);
            }
            catch (GeoDataException)
            {
                Assert.Empty(Directory.GetFiles(_folder.Path, "*.part"));
            }
        }
    }

    [Fact]
    public async Task FileThatUnpacksToMoreThanTheLimit_IsRefused()
    {
        var error = await Assert.ThrowsAsync<GeoUpdateException>(
            () => InstallAsync("bomb.mmdb.gz", Packed.Gzip(new byte[3 * 1024 * 1024]), new UpdateLimits { Unpacked = 1024 * 1024 }));

        Assert.Contains("larger than 1 MiB", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    private async Task<GeoDatabaseInfo> InstallAsync(string name, byte[] bytes, UpdateLimits? limits = null)
    {
        await File.WriteAllBytesAsync(_given.File(name), bytes, TestContext.Current.CancellationToken);
        using var updater = new GeoUpdater(_folder.Path, new FakeTimeProvider(), limits ?? new UpdateLimits());
        return await updater.InstallAsync(_given.File(name), TestContext.Current.CancellationToken);
    }
}
