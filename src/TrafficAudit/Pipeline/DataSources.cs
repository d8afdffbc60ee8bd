using System.Text.Json.Nodes;
using TrafficAudit.Classification.EndpointRules;
using TrafficAudit.Geolocation;
using TrafficAudit.Geolocation.Databases;
using TrafficAudit.Geolocation.Jurisdictions;
using TrafficAudit.Geolocation.Locating;
using TrafficAudit.Geolocation.Recipients;
using TrafficAudit.Model;

namespace TrafficAudit.Pipeline;

/// <summary>The data that an analysis rests on: endpoint rules, databases and what corroborates them, the directory of recipients, jurisdictions.</summary>
internal sealed class DataSources(string folder, GeoDatabases databases, LocationTables tables, RecipientDirectory recipients, RuleSet rules) : IDisposable
{
    /// <summary>The directory of recipients that a folder can have.</summary>
    public const string RecipientsFile = "recipients.yaml";

    private const string RulesFolder = "rules";

    private volatile RecipientDirectory _recipients = recipients;

    public GeoDatabases Databases { get; } = databases;

    /// <summary>What corroborates the databases.</summary>
    public LocationTables Tables { get; } = tables;

    public RecipientDirectory Recipients => _recipients;

    /// <summary>The rules in use; a recording takes a lab's own anew when they change.</summary>
    public RuleSet Rules { get; set; } = rules;

    /// <summary>The line that the databases' licences ask for wherever countries are shown; empty when none does.</summary>
    public string Attribution => string.Join("; ", Databases.Databases.Where(d => d.Attribution is not null).Select(d => $"{d.Attribution} ({d.AttributionLink})").Distinct(StringComparer.Ordinal));

    /// <summary>What locates flows by these.</summary>
    /// <param name="onLookup">Told of each answer once, to keep it as evidence; null for nobody.</param>
    public Locator NewLocator(Action<AddressLookup>? onLookup = null) => new(Databases, Tables) { OnLookup = onLookup };

    /// <summary>A jurisdiction's profile.</summary>
    /// <exception cref="JurisdictionFileException">There is none of that name, or its file can't be used.</exception>
    public JurisdictionProfile ProfileOf(string id) => JurisdictionProfile.Load(folder, id);

    /// <summary>Which databases there are, for the journal.</summary>
    public JsonArray DescribeDatabases() => new([.. Databases.Databases.Select(d => new JsonObject { ["name"] = d.Name, ["sha256"] = d.Sha256 })]);

    /// <summary>The folder of a lab's own packs.</summary>
    public static string RulesOf(string captures) => Path.Combine(captures, RulesFolder);

    /// <summary>Loads what is built in and what <paramref name="geoData"/> and the <c>rules</c> of <paramref name="captures"/> add; each may be missing.</summary>
    public static DataSources Load(string geoData, string captures)
    {
        return new DataSources(geoData, GeoDatabases.Load(geoData), LocationTables.Load(geoData), RecipientDirectory.Load(geoData), RuleSet.Load(RulesOf(captures)));
    }

    /// <summary>Takes databases and recipients anew; look-ups under way end with those before.</summary>
    /// <exception cref="GeoDataException">A file can't be used; what was in use stays.</exception>
    public void Reload()
    {
        var directory = RecipientDirectory.Load(folder);
        Databases.Reload(folder);
        _recipients = directory;
    }

    public void Dispose() => Databases.Dispose();
}
