using TrafficAudit.Classification.EndpointRules;
using TrafficAudit.Geolocation.Databases;
using TrafficAudit.Geolocation.Recipients;

namespace TrafficAudit.Pipeline;

/// <summary>The data that an analysis rests on: endpoint rules, databases, the directory of recipients.</summary>
internal sealed class DataSources(GeoDatabases databases, RecipientDirectory recipients, RuleSet rules) : IDisposable
{
    /// <summary>Where, in the captures folder, a lab's own packs of rules lie.</summary>
    public const string RulesFolder = "rules";

    public GeoDatabases Databases { get; } = databases;

    public RecipientDirectory Recipients { get; } = recipients;

    public RuleSet Rules { get; } = rules;

    /// <summary>The line that the databases' licences ask for wherever countries are shown; empty when none does.</summary>
    public string Attribution => string.Join("; ", Databases.Databases.Where(d => d.Attribution is not null).Select(d => $"{d.Attribution} ({d.AttributionLink})").Distinct(StringComparer.Ordinal));

    /// <summary>Loads what is built in and what <paramref name="geoData"/> and the <c>rules</c> of <paramref name="captures"/> add; each may be missing.</summary>
    public static DataSources Load(string geoData, string captures)
    {
        var rules = RuleSet.Load(Path.Combine(captures, RulesFolder));
        var existing = Directory.Exists(geoData) ? geoData : null;
        return new DataSources(GeoDatabases.Load(existing), RecipientDirectory.Load(existing), rules);
    }

    public void Dispose() => Databases.Dispose();
}
