using System.Collections.Immutable;
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

    private readonly ImmutableArray<LoadedDatabase> _databases;

    private GeoDatabases(IEnumerable<LoadedDatabase> databases)
    {
        _databases =
        [
            .. databases.OrderBy(database => database.Tier)
                .ThenByDescending(database => database.Info.Built)
                .ThenBy(database => database.Info.Name, StringComparer.Ordinal),
        ];
        Databases = [.. _databases.Select(database => database.Info)];
    }

    /// <summary>Every loaded database in order of preference, also those of types that are not asked (both flags false).</summary>
    public IReadOnlyList<GeoDatabaseInfo> Databases { get; }

    /// <summary>
    /// The embedded database and every <c>*.mmdb</c> of a folder, which may be null or missing; a file named like the embedded one replaces it.
    /// </summary>
    /// <exception cref="GeoDatabaseException">A file is no usable database: none is passed over in silence.</exception>
    public static GeoDatabases Load(string? folder)
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

        return new GeoDatabases(loaded);
    }

    /// <summary>
    /// Asks every country database. IPv4-mapped IPv6 counts as IPv4; private and reserved addresses have a country only where a database
    /// names one. A database whose record for the address is damaged is an observation with the source <c>damaged_database</c>.
    /// </summary>
    public AddressLookup Find(IPAddress address)
    {
        var plain = Normalize(address);
        var observations = ImmutableArray.CreateBuilder<Observation>(_databases.Length);
        var opinion = new Opinion();
        foreach (var database in _databases)
        {
            if (database.Info is { HasCountries: false, HasNetworks: false })
            {
                continue;
            }

            var readable = database.TryRead(plain, out var answer);
            opinion.Add(database.Info, answer);
            if (database.Info.HasCountries || !readable)
            {
                observations.Add(new Observation(
                    readable ? "database" : "damaged_database", database.Info.Name, answer.Country, database.Info.Built, database.Info.Sha256));
            }
        }

        return new AddressLookup
        {
            Address = plain.ToString(),
            Country = opinion.Country,
            Grade = opinion.Grade,
            Asn = opinion.Asn,
            AsOrganization = opinion.Organization,
            Observations = observations.DrainToImmutable(),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var database in _databases.Where(database => !database.Info.Embedded))
        {
            database.Dispose();
        }
    }

    private static IPAddress Normalize(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

        // A scope (fe80::1%eth0) is a name on this machine, not part of the address.
        return plain is { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6, ScopeId: not 0 } ? new IPAddress(plain.GetAddressBytes()) : plain;
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
