using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using TrafficAudit.Geolocation.Databases;
using TrafficAudit.Geolocation.Updates;
using TrafficAudit.Testing;
using TrafficAudit.Testing.Mmdb;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.Geolocation.Tests.Updates;

/// <summary>Fetching from real servers on the loopback.</summary>
public sealed class DownloadTests : IDisposable
{
    private const string Maker = "127.0.91.1";
    private const string Storage = "127.0.91.2";

    private static readonly byte[] Country = MmdbWriter.Country("DBIP-Country-Lite", ("192.0.2.0/24", "KR")).ToArray();
    private static readonly byte[] City = MmdbWriter.City("GeoLite2-City", ("192.0.2.0/24", "KR")).ToArray();

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 0, 30, 0, TimeSpan.Zero));
    private readonly ConcurrentQueue<string> _asked = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task DbIpsFileOfThisMonth_IsFetchedWithoutAnAccount()
    {
        await using var server = await ServeAsync(Maker, new() { ["/free/dbip-country-lite-2026-11.mmdb.gz"] = Packed.Gzip(Country) });

        var info = await DownloadAsync(DbIpLite.Of("country", _time.GetUtcNow(), Address(server)));

        Assert.Equal(("dbip-country.mmdb", "DBIP-Country-Lite", "CC BY 4.0"), (info.Name, info.Type, info.Licence));
        Assert.Equal(Country, await File.ReadAllBytesAsync(_folder.File("dbip-country.mmdb"), TestContext.Current.CancellationToken));
        Assert.Equal(["/free/dbip-country-lite-2026-11.mmdb.gz -"], _asked);
    }

    [Fact]
    public async Task MonthThatIsNotOutYet_LeavesTheOneBefore()
    {
        await using var server = await ServeAsync(Maker, new() { ["/free/dbip-asn-lite-2026-10.mmdb.gz"] = Packed.Gzip(MmdbWriter.Asn(("192.0.2.0/24", 64500, "A")).ToArray()) });

        await DownloadAsync(DbIpLite.Of("asn", _time.GetUtcNow(), Address(server)));

        Assert.Equal(["/free/dbip-asn-lite-2026-11.mmdb.gz -", "/free/dbip-asn-lite-2026-10.mmdb.gz -"], _asked);
    }

    [Fact]
    public async Task NoFileOfEitherMonth_IsOneLine()
    {
        await using var server = await ServeAsync(Maker, []);

        var error = await FailAsync(DbIpLite.Of("city", _time.GetUtcNow(), Address(server)));

        Assert.Contains("/free/dbip-city-lite-2026-10.mmdb.gz (404)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GeoLite2_IsFetchedWithTheKeyAndTheKeyIsNotPassedOn()
    {
        var packed = Packed.TarGz("GeoLite2-City_20261031/GeoLite2-City.mmdb", City);
        await using var storage = await ServeAsync(Storage, new() { ["/signed"] = packed });
        await using var maker = await ServeMaxMindAsync(storage, packed);

        var info = await DownloadAsync(GeoLite2.Of("city", 12345, "k3y", Address(maker)));

        var basic = $"Basic {Convert.ToBase64String("12345:k3y"u8)}";
        Assert.Equal("GeoLite2-City.mmdb", info.Name);
        Assert.Equal(
            [$"/geoip/databases/GeoLite2-City/download?suffix=tar.gz {basic}", "/signed -", $"/geoip/databases/GeoLite2-City/download?suffix=tar.gz.sha256 {basic}"],
            _asked);
    }

    [Fact]
    public async Task WrongChecksum_ReplacesNothing()
    {
        await using var storage = await ServeAsync(Storage, new() { ["/signed"] = Packed.TarGz("GeoLite2-City.mmdb", City) });
        await using var maker = await ServeMaxMindAsync(storage, [1, 2, 3]);

        Assert.Contains("SHA-256", await FailAsync(GeoLite2.Of("city", 12345, "k3y", Address(maker))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusedKey_IsSaidWithoutIt()
    {
        await using var maker = await WebServer.StartAsync(Maker, context =>
        {
            context.Response.StatusCode = 401;
            return Task.CompletedTask;
        });

        var error = await FailAsync(GeoLite2.Of("asn", 12345, "k3y", Address(maker)));

        Assert.Contains("--licence-key-file", error, StringComparison.Ordinal);
        Assert.DoesNotContain("k3y", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoServer_NamesTheWayAroundIt()
    {
        var error = await FailAsync(DbIpLite.Of("country", _time.GetUtcNow(), new Uri("http://127.0.91.9:9/")));

        Assert.Contains("127.0.91.9 can't be reached", error, StringComparison.Ordinal);
        Assert.Contains("--from FILE", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerThatSendsTooMuch_IsCutOff()
    {
        await using var server = await WebServer.StartAsync(Maker, async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[64 * 1024], context.RequestAborted);
            }
        });

        var error = await FailAsync(DbIpLite.Of("country", _time.GetUtcNow(), Address(server)), new UpdateLimits { Packed = 1024 * 1024 });

        Assert.Contains("larger than 1 MiB", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerThatSaysNothing_IsLeftWhenTheTimeIsUp()
    {
        var asked = new TaskCompletionSource();
        await using var server = await WebServer.StartAsync(Maker, async context =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });

        var failing = FailAsync(DbIpLite.Of("country", _time.GetUtcNow(), Address(server)));
        await asked.Task;
        _time.Advance(TimeSpan.FromMinutes(15));

        Assert.Contains("within 15 minutes", await failing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerThatBreaksOff_ReplacesNothing()
    {
        await using var server = await WebServer.StartAsync(Maker, async context =>
        {
            context.Response.ContentLength = 100_000;
            await context.Response.Body.WriteAsync(new byte[1000]);
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        Assert.Contains("can't be reached", await FailAsync(DbIpLite.Of("country", _time.GetUtcNow(), Address(server))), StringComparison.Ordinal);
    }

    private static Uri Address(WebServer server) => new($"http://{server.Endpoint}/");

    private Task<WebServer> ServeAsync(string address, Dictionary<string, byte[]> files) => WebServer.StartAsync(address, async context =>
    {
        Note(context);
        if (files.TryGetValue(context.Request.Path, out var file))
        {
            await context.Response.Body.WriteAsync(file);
            return;
        }

        context.Response.StatusCode = 404;
    });

    private Task<WebServer> ServeMaxMindAsync(WebServer storage, byte[] summed) => WebServer.StartAsync(Maker, async context =>
    {
        Note(context);
        if (context.Request.Query["suffix"] == "tar.gz")
        {
            context.Response.Redirect($"http://{storage.Endpoint}/signed");
            return;
        }

        await context.Response.WriteAsync($"{Convert.ToHexStringLower(SHA256.HashData(summed))}  GeoLite2-City_20261031.tar.gz\n", Encoding.ASCII);
    });

    private void Note(HttpContext context) =>
        _asked.Enqueue($"{context.Request.Path}{context.Request.QueryString} {(context.Request.Headers.Authorization is [{ } given] ? given : "-")}");

    private async Task<string> FailAsync(DatabaseDownload download, UpdateLimits? limits = null)
    {
        await File.WriteAllBytesAsync(_folder.File(download.Name), City, TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<GeoUpdateException>(() => DownloadAsync(download, limits));

        Assert.DoesNotContain('\n', error.Message);
        Assert.Equal([_folder.File(download.Name)], Directory.GetFileSystemEntries(_folder.Path));
        Assert.Equal(City, await File.ReadAllBytesAsync(_folder.File(download.Name), TestContext.Current.CancellationToken));
        return error.Message;
    }

    private async Task<GeoDatabaseInfo> DownloadAsync(DatabaseDownload download, UpdateLimits? limits = null)
    {
        using var updater = new GeoUpdater(_folder.Path, _time, limits ?? new UpdateLimits());
        return await updater.DownloadAsync(download, TestContext.Current.CancellationToken);
    }
}
