using TrafficAudit.Geolocation.Databases;
using TrafficAudit.Geolocation.Recipients;

namespace TrafficAudit.Pipeline;

/// <summary>The data that locating rests on: databases and the directory of recipients.</summary>
internal sealed class DataSources(GeoDatabases databases, RecipientDirectory recipients) : IDisposable
{
    public GeoDatabases Databases { get; } = databases;

    public RecipientDirectory Recipients { get; } = recipients;

    /// <summary>The line that the databases' licences ask for wherever countries are shown; empty when none does.</summary>
    public string Attribution => string.Join("; ", Databases.Databases.Where(d => d.Attribution is not null).Select(d => $"{d.Attribution} ({d.AttributionLink})").Distinct(StringComparer.Ordinal));

    /// <summary>Loads what is built in and what <paramref name="folder"/> adds; the folder may be missing.</summary>
    public static DataSources Load(string folder)
    {
        var existing = Directory.Exists(folder) ? folder : null;
        return new DataSources(GeoDatabases.Load(existing), RecipientDirectory.Load(existing));
    }

    public void Dispose() => Databases.Dispose();
}
