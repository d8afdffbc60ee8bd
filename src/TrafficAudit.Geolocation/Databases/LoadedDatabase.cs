using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using MaxMind.Db;
using MaxMind.GeoIP2;
using MaxMind.GeoIP2.Exceptions;

namespace TrafficAudit.Geolocation.Databases;

/// <summary>One database in memory: a file replaced or cut while the program runs changes no answer. Thread-safe.</summary>
internal sealed class LoadedDatabase : IDisposable
{
    private readonly DatabaseLayout _layout;
    private readonly IDisposable _reader;
    private readonly bool _ipv4Only;

    private LoadedDatabase(GeoDatabaseInfo info, DatabaseLayout layout, IDisposable reader, int ipVersion)
    {
        Info = info;
        _layout = layout;
        _reader = reader;
        _ipv4Only = ipVersion == 4;
    }

    public GeoDatabaseInfo Info { get; }

    /// <summary>Place in the order of preference, 0 is best (see <see cref="GeoDatabases"/>).</summary>
    public int Tier => Info switch
    {
        { Embedded: true } => 4,
        { Type: var type } when type.StartsWith("GeoIP2-", StringComparison.Ordinal) => 0,
        { Type: var type } when type.StartsWith("GeoLite2-", StringComparison.Ordinal) => 1,
        { Type: var type } when type.StartsWith("DBIP-", StringComparison.Ordinal) => 2,
        _ => 3,
    };

    /// <summary>Reads a whole database. <paramref name="path"/> is null for the embedded one.</summary>
    /// <exception cref="GeoDatabaseException">The file is no usable database.</exception>
    public static LoadedDatabase Open(Stream file, string name, string? path)
    {
        try
        {
            if (MmdbShape.FindFault(file) is { } fault)
            {
                throw Unusable(name, fault);
            }

            file.Position = 0;
            var hash = Convert.ToHexStringLower(SHA256.HashData(file));
            return Open(file, name, path, hash);
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw Unusable(name, "is damaged: it can't be read as a MaxMind DB", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GeoDatabaseException($"geo database {name} can't be read: check the disk and the file's permissions", e);
        }
    }

    /// <summary>Asks the database; false when the record that answers is damaged.</summary>
    public bool TryRead(IPAddress address, out DatabaseAnswer answer)
    {
        answer = default;
        if (_ipv4Only && address.AddressFamily != AddressFamily.InterNetwork)
        {
            // The reader would take the first 32 bits for an IPv4 address and answer for that.
            return true;
        }

        try
        {
            answer = _layout.Read(address);
            return true;
        }
        catch (Exception e) when (IsDamage(e))
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private static LoadedDatabase Open(Stream file, string name, string? path, string hash)
    {
        file.Position = 0;
        var models = new DatabaseReader(file);
        try
        {
            if (DatabaseLayout.OfModel(models) is { } layout)
            {
                var database = new LoadedDatabase(Describe(models.Metadata, layout, file, name, path, hash), layout, models, models.Metadata.IPVersion);
                models = null;
                return database;
            }
        }
        finally
        {
            models?.Dispose();
        }

        file.Position = 0;
        var reader = new Reader(file);
        try
        {
            var layout = DatabaseLayout.OfFlat(reader);
            return new LoadedDatabase(Describe(reader.Metadata, layout, file, name, path, hash), layout, reader, reader.Metadata.IPVersion);
        }
        catch (Exception e) when (IsDamage(e))
        {
            reader.Dispose();
            throw;
        }
    }

    private static GeoDatabaseInfo Describe(Metadata metadata, DatabaseLayout layout, Stream file, string name, string? path, string hash)
    {
        var maker = DatabaseMaker.Of(metadata.DatabaseType, name);
        return new GeoDatabaseInfo
        {
            Name = name,
            Path = path,
            Type = metadata.DatabaseType,
            Built = new DateTimeOffset(metadata.BuildDate, TimeSpan.Zero),
            Size = file.Length,
            Sha256 = hash,
            Maker = maker.Name,
            HasCountries = layout.Countries,
            HasNetworks = layout.Networks,
            HasUses = layout.Uses,
            Licence = maker.Licence,
            Attribution = maker.Attribution,
            AttributionLink = maker.Link,
        };
    }

    private static GeoDatabaseException Unusable(string name, string fault, Exception? cause = null) =>
        new($"geo database {name} {fault}; download it again or remove it from the folder", cause);

    // What the readers throw on bytes that make no sense; a lookup is the only thing inside the guard.
    private static bool IsDamage(Exception e) => e
        is InvalidDatabaseException or DeserializationException or GeoIP2Exception
        or ArgumentException or ArithmeticException or IndexOutOfRangeException or InvalidCastException or InvalidOperationException
        or KeyNotFoundException or FormatException or NotSupportedException or NullReferenceException or OutOfMemoryException
        or EndOfStreamException or System.Reflection.TargetInvocationException;
}
