using TrafficAudit.Geolocation.Databases;

namespace TrafficAudit.Geolocation.Updates;

/// <summary>
/// Puts new databases into a folder. Each is fetched and unpacked beside its place, opened as a database, and only then moved there: a file is
/// the old one or the new one, whenever somebody reads it.
/// </summary>
public sealed class GeoUpdater : IDisposable
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(30);

    private readonly string _folder;
    private readonly HttpClient _client;
    private readonly DatabaseFetcher _fetcher;
    private readonly UpdateLimits _limits;

    /// <param name="folder">Where databases are kept; made if it is missing.</param>
    /// <param name="time">The clock.</param>
    public GeoUpdater(string folder, TimeProvider time)
        : this(folder, time, new UpdateLimits())
    {
    }

    internal GeoUpdater(string folder, TimeProvider time, UpdateLimits limits)
    {
        _folder = folder;
        _limits = limits;

        // Redirects lose the authorization; the default proxy is the one of HTTPS_PROXY or the system.
        _client = new HttpClient(new SocketsHttpHandler { ConnectTimeout = ConnectPatience, MaxAutomaticRedirections = 5, UseCookies = false })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _fetcher = new DatabaseFetcher(_client, limits, time);
    }

    /// <summary>Fetches a database and puts it in its place.</summary>
    /// <returns>What is there now.</returns>
    /// <exception cref="GeoDataException">It can't be had or used; what was there is as it was.</exception>
    public async Task<GeoDatabaseInfo> DownloadAsync(DatabaseDownload download, CancellationToken cancellation)
    {
        using var draft = new DraftFile(_folder);
        await using var packed = draft.Open();
        await _fetcher.FetchAsync(download, packed, cancellation);
        return await InstallAsync(packed, download.Name, cancellation);
    }

    /// <summary>Puts a file that was fetched elsewhere in its place: mmdb, gzip of that, or a tar archive.</summary>
    /// <returns>What is there now.</returns>
    /// <exception cref="GeoDataException">It can't be used; what was there is as it was.</exception>
    public async Task<GeoDatabaseInfo> InstallAsync(string file, CancellationToken cancellation)
    {
        var name = Path.GetFileName(file);
        try
        {
            await using var packed = File.OpenRead(file);
            return await InstallAsync(packed, name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name, cancellation);
        }
        catch (GeoUpdateException e)
        {
            throw new GeoUpdateException($"{name}: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<GeoDatabaseInfo> InstallAsync(Stream packed, string given, CancellationToken cancellation)
    {
        using var draft = new DraftFile(_folder);
        var info = await UnpackAsync(packed, given, draft, cancellation);
        var path = Path.Combine(_folder, info.Name);
        draft.Become(path);
        return info with { Path = path };
    }

    private async Task<GeoDatabaseInfo> UnpackAsync(Stream packed, string given, DraftFile draft, CancellationToken cancellation)
    {
        await using var file = draft.Open();
        var named = await DatabasePackage.UnpackAsync(packed, file, _limits.Unpacked, cancellation) ?? given;
        file.Flush(flushToDisk: true);
        var info = Check(file, named);
        return info with { Name = DatabaseFileName.Of(info.Type, named) };
    }

    private static GeoDatabaseInfo Check(FileStream file, string name)
    {
        try
        {
            using var database = LoadedDatabase.Open(file, name, path: null);
            return database.Info is { HasCountries: false, HasNetworks: false, HasUses: false } other
                ? throw new GeoUpdateException($"{name} is a database of another kind ({other.Type}): it says nothing of countries or networks; nothing was replaced")
                : database.Info;
        }
        catch (GeoDatabaseException e)
        {
            throw new GeoUpdateException($"{name} is no usable database, or was cut short or damaged; nothing was replaced: fetch it again", e);
        }
    }
}
