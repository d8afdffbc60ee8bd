using System.Net;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Databases;

/// <summary>
/// Where IP addresses are, by every country database there is. The answer is the best database's, best first: GeoIP2, GeoLite2, DB-IP's
/// own layouts, flat files that the user put into the folder, the embedded DB-IP Country Lite; within one rank the newest, then by name.
/// Every other database's answer stands beside it. The grade is <c>disputed</c> when answers differ, <c>edge</c> when one names the address
/// as anycast, <c>confirmed</c> when databases of two known makers agree (editions of one maker share their errors, and a file of unknown
/// make may be a copy of any), otherwise <c>located</c>. Thread-safe.
/// </summary>
public sealed class GeoDatabases : IDisposable
{
    private const string EmbeddedName = "dbip-country.mmdb";

    private static readonly Lazy<LoadedDatabase> Embedded = new(OpenEmbedded);

    private volatile DatabaseSet _set;

    private GeoDatabases(DatabaseSet set)
    {
        _set = set;
    }

    /// <summary>Every loaded database in order of preference, also those of types that are not asked (all flags false).</summary>
    public IReadOnlyList<GeoDatabaseInfo> Databases => _set.Infos;

    /// <summary>
    /// The embedded database and every <c>*.mmdb</c> of a folder, which may be null or missing; a file named like the embedded one replaces it.
    /// </summary>
    /// <exception cref="GeoDatabaseException">A file is no usable database: none is passed over in silence.</exception>
    public static GeoDatabases Load(string? folder) => new(Open(folder));

    /// <summary>
    /// Takes the folder's databases anew; look-ups under way end with those before, which are disposed afterwards. May be called while others look up.
    /// </summary>
    /// <exception cref="GeoDatabaseException">A file is no usable database; those before stay in use.</exception>
    public void Reload(string? folder)
    {
        var before = Interlocked.Exchange(ref _set, Open(folder));
        before.Retire();
    }

    /// <summary>
    /// Asks every database. IPv4-mapped IPv6 counts as IPv4, and 6to4 and NAT64 have the place of the IPv4 address in them; private and reserved addresses
    /// have a country only where a database names one. A database whose record for the address is damaged is an observation with the source
    /// <c>damaged_database</c>; what a network is used for (<c>hosting_provider</c>, <c>anonymous_vpn</c> …) is one without a country.
    /// </summary>
    public AddressLookup Find(IPAddress address)
    {
        while (true)
        {
            var set = _set;
            if (set.Find(address) is { } lookup)
            {
                return lookup;
            }

            // Retired between the two lines: the next one is in its place, unless all has been disposed.
            ObjectDisposedException.ThrowIf(ReferenceEquals(set, _set), this);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _set.Retire();

    private static DatabaseSet Open(string? folder)
    {
        var loaded = new List<LoadedDatabase>();
        try
        {
            foreach (var path in FindFiles(folder))
            {
                loaded.Add(OpenFile(path));
            }
        }
        catch (GeoDatabaseException)
        {
            loaded.ForEach(database => database.Dispose());
            throw;
        }

        if (!loaded.Exists(database => database.Info.Name.Equals(EmbeddedName, StringComparison.OrdinalIgnoreCase)))
        {
            loaded.Add(Embedded.Value);
        }

        return new DatabaseSet(loaded);
    }

    private static IEnumerable<string> FindFiles(string? folder)
    {
        if (folder is null || !Directory.Exists(folder))
        {
            return [];
        }

        try
        {
            var options = new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive, IgnoreInaccessible = false };
            return Directory.GetFiles(folder, "*.mmdb", options).Order(StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GeoDatabaseException("the folder of geo databases can't be listed: check its permissions", e);
        }
    }

    private static LoadedDatabase OpenFile(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            using var file = File.OpenRead(path);
            return LoadedDatabase.Open(file, name, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GeoDatabaseException($"geo database {name} can't be read: check the disk and the file's permissions", e);
        }
    }

    private static LoadedDatabase OpenEmbedded()
    {
        using var data = EmbeddedData.Open(EmbeddedName);
        return LoadedDatabase.Open(data, EmbeddedName, path: null);
    }
}
