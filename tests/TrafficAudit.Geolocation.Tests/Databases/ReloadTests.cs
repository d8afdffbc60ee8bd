using System.Net;
using TrafficAudit.Geolocation.Databases;
using TrafficAudit.Testing.Mmdb;

namespace TrafficAudit.Geolocation.Tests.Databases;

public sealed class ReloadTests
{
    private static readonly IPAddress Address = IPAddress.Parse("192.0.2.1");

    [Fact]
    public void ReplacedFile_AnswersFromThenOn()
    {
        using var folder = new GeoFolder().With("lab.mmdb", MmdbWriter.Flat(("192.0.2.0/24", "KR")));
        using var databases = GeoDatabases.Load(folder.Path);
        Assert.Equal("KR", databases.Find(Address).Country);

        folder.With("lab.mmdb", MmdbWriter.Flat(("192.0.2.0/24", "CN")));
        Assert.Equal("KR", databases.Find(Address).Country);
        var before = databases.Databases[0].Sha256;
        databases.Reload(folder.Path);

        Assert.Equal("CN", databases.Find(Address).Country);
        Assert.NotEqual(before, databases.Databases[0].Sha256);
    }

    [Fact]
    public void UnusableFile_LeavesTheOneBeforeInUse()
    {
        using var folder = new GeoFolder().With("lab.mmdb", MmdbWriter.Flat(("192.0.2.0/24", "KR")));
        using var databases = GeoDatabases.Load(folder.Path);

        folder.With("lab.mmdb", [1, 2, 3]);

        Assert.Contains("lab.mmdb", Assert.Throws<GeoDatabaseException>(() => databases.Reload(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Equal("KR", databases.Find(Address).Country);
    }

    [Fact]
    public void RemovedFile_AnswersNoMore()
    {
        using var folder = new GeoFolder().With("lab.mmdb", MmdbWriter.Flat(("192.0.2.0/24", "KR")));
        using var databases = GeoDatabases.Load(folder.Path);

        File.Delete(Path.Combine(folder.Path, "lab.mmdb"));
        databases.Reload(folder.Path);

        Assert.Null(databases.Find(Address).Country);
        Assert.Single(databases.Databases);
    }

    [Fact]
    public async Task LookUpsWhileFilesAreReplaced_AlwaysHaveOneOfTheTwoAnswers()
    {
        using var folder = new GeoFolder().With("lab.mmdb", MmdbWriter.Flat(("192.0.2.0/24", "KR")));
        using var databases = GeoDatabases.Load(folder.Path);
        using var ending = new CancellationTokenSource();
        var looking = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            var seen = new HashSet<string?>(StringComparer.Ordinal);
            while (!ending.IsCancellationRequested)
            {
                seen.Add(databases.Find(Address).Country);
            }

            return seen;
        })).ToArray();

        for (var i = 0; i < 50; i++)
        {
            folder.With("lab.mmdb", MmdbWriter.Flat(("192.0.2.0/24", i % 2 == 0 ? "CN" : "KR")));
            databases.Reload(folder.Path);
        }

        await ending.CancelAsync();
        Assert.All(await Task.WhenAll(looking), seen => Assert.Subset(new HashSet<string?>(StringComparer.Ordinal) { "KR", "CN" }, seen));
    }

    [Fact]
    public void RetiredSet_AnswersNothing()
    {
        using var file = new MemoryStream(MmdbWriter.Flat(("192.0.2.0/24", "KR")).ToArray());
        var set = new DatabaseSet([LoadedDatabase.Open(file, "lab.mmdb", "lab.mmdb")]);
        Assert.Equal("KR", set.Find(Address)?.Country);

        set.Retire();
        set.Retire();

        Assert.Null(set.Find(Address));
    }

    [Fact]
    public void DisposedDatabases_SaySo()
    {
        var databases = GeoDatabases.Load(folder: null);
        databases.Dispose();

        Assert.Throws<ObjectDisposedException>(() => databases.Find(Address));
    }
}
