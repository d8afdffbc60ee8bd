using System.Text.Json.Nodes;
using TrafficAudit.Classification.EndpointRules;
using TrafficAudit.Geolocation.Databases;
using TrafficAudit.Geolocation.Recipients;

namespace TrafficAudit.Pipeline;

/// <summary>The data that an analysis rests on: endpoint rules, databases, the directory of recipients.</summary>
internal sealed class DataSources(GeoDatabases databases, RecipientDirectory recipients, RuleSet rules) : IDisposable
{
    private const string RulesFolder = "rules";

    public GeoDatabases Databases { get; } = databases;

    public RecipientDirectory Recipients { get; } = recipients;

    /// <summary>The rules in use; a recording takes a lab's own anew when they change.</summary>
    public RuleSet Rules { get; set; } = rules;

    /// <summary>The line that the databases' licences ask for wherever countries are shown; empty when none does.</summary>
    public string Attribution => string.Join("; ", Databases.Databases.Where(d => d.Attribution is not null).Select(d => $"{d.Attribution} ({d.AttributionLink})").Distinct(StringComparer.Ordinal));

    /// <summary>Which databases there are, for the journal.</summary>
    public JsonArray DescribeDatabases() => new([.. Databases.Databases.Select(d => new JsonObject { ["name"] = d.Name, ["sha256"] = d.Sha256 })]);

    /// <summary>The folder of a lab's own packs.</summary>
    public static string RulesOf(string captures) => Path.Combine(captures, RulesFolder);

    /// <summary>Loads what is built in and what <paramref name="geoData"/> and the <c>rules</c> of <paramref name="captures"/> add; each may be missing.</summary>
    public static DataSources Load(string geoData, string captures)
    {
        var existing = Directory.Exists(geoData) ? geoData : null;
        return new DataSources(GeoDatabases.Load(existing), RecipientDirectory.Load(existing), RuleSet.Load(RulesOf(captures)));
    }

    public void Dispose() => Databases.Dispose();
}
