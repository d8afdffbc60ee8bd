using System.Net;
using TrafficAudit.Geolocation.Databases;
using TrafficAudit.Model;
using TrafficAudit.Testing;
using TrafficAudit.Testing.Mmdb;

namespace TrafficAudit.Geolocation.Tests.Databases;

/// <summary>A user's folder of databases.</summary>
internal sealed class GeoFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Path => _folder.Path;

    public GeoFolder With(string name, MmdbWriter database)
    {
        database.Write(_folder.File(name));
        return this;
    }

    public GeoFolder With(string name, byte[] bytes)
    {
        File.WriteAllBytes(_folder.File(name), bytes);
        return this;
    }

    public AddressLookup Find(string address)
    {
        using var databases = GeoDatabases.Load(Path);
        return databases.Find(IPAddress.Parse(address));
    }

    public void Dispose() => _folder.Dispose();
}
