using System.Collections.Immutable;
using System.Net;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Databases;

/// <summary>
/// Databases that are used together, best first. Once retired it answers nothing any more, and its databases are disposed as soon as the last look-up
/// that is under way ends. Thread-safe.
/// </summary>
internal sealed class DatabaseSet
{
    private readonly ImmutableArray<LoadedDatabase> _databases;

    // Look-ups under way, and one more until it is retired.
    private int _users = 1;
    private int _retired;

    public DatabaseSet(IEnumerable<LoadedDatabase> databases)
    {
        _databases =
        [
            .. databases.OrderBy(database => database.Tier)
                .ThenByDescending(database => database.Info.Built)
                .ThenBy(database => database.Info.Name, StringComparer.Ordinal),
        ];
        Infos = [.. _databases.Select(database => database.Info)];
    }

    public ImmutableArray<GeoDatabaseInfo> Infos { get; }

    /// <summary>Asks every database; null when the set is retired.</summary>
    public AddressLookup? Find(IPAddress address)
    {
        if (!TryEnter())
        {
            return null;
        }

        try
        {
            return Ask(address);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>No further look-up begins; may be called again.</summary>
    public void Retire()
    {
        if (Interlocked.Exchange(ref _retired, 1) == 0)
        {
            Leave();
        }
    }

    private bool TryEnter()
    {
        for (var users = Volatile.Read(ref _users); users > 0;)
        {
            var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users)
            {
                return true;
            }

            users = seen;
        }

        return false;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _users) > 0)
        {
            return;
        }

        // The embedded one belongs to the program.
        foreach (var database in _databases.Where(database => !database.Info.Embedded))
        {
            database.Dispose();
        }
    }

    private AddressLookup Ask(IPAddress address)
    {
        var asked = AskedAddress.Of(address);
        var observations = ImmutableArray.CreateBuilder<Observation>(_databases.Length);
        var opinion = new Opinion();
        foreach (var database in _databases)
        {
            if (database.Info is { HasCountries: false, HasNetworks: false, HasUses: false })
            {
                continue;
            }

            var answer = default(DatabaseAnswer);
            var readable = asked.Site is not { } site || database.TryRead(site, out answer);
            opinion.Add(database.Info, answer);
            if (database.Info.HasCountries || !readable)
            {
                observations.Add(Observe(database.Info, readable ? "database" : "damaged_database", answer.Country));
            }

            if (answer.Uses != NetworkUses.None)
            {
                observations.AddRange(NetworkUseNames.Of(answer.Uses).Select(use => Observe(database.Info, use, country: null)));
            }
        }

        return new AddressLookup
        {
            Address = asked.Shown.ToString(),
            Country = opinion.Country,
            Grade = opinion.Grade,
            Asn = opinion.Asn,
            AsOrganization = opinion.Organization,
            Observations = observations.DrainToImmutable(),
        };
    }

    private static Observation Observe(GeoDatabaseInfo database, string source, string? country) =>
        new(source, database.Name, country, database.Built, database.Sha256);
}
