using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TrafficAudit.Classification;
using TrafficAudit.Classification.EndpointRules;
using TrafficAudit.Geolocation.Databases;
using TrafficAudit.Model;

namespace TrafficAudit.Pipeline;

/// <summary>What an analysis rests on, as one digest: program, personas, rules, databases.</summary>
internal static class AnalysisVersion
{
    /// <summary>Changes with every change in detectors, decoders and the data inside them: a compiler's digest of the whole module.</summary>
    private static string Detectors { get; } = typeof(Classifier).Module.ModuleVersionId.ToString("N");

    public static string Of(Persona persona, DataSources sources) => Of(persona, sources.Databases, sources.Rules);

    public static string Of(Persona persona, GeoDatabases databases, RuleSet rules)
    {
        var text = new StringBuilder(ProgramVersion.Software).Append('\n').Append(Detectors).Append('\n').Append(rules.Version).Append('\n');
        foreach (var value in persona.Values)
        {
            // With its length, so that no value can look like two.
            text.Append(CultureInfo.InvariantCulture, $"{value.Item}={value.Value.Length}:{value.Value}\n");
        }

        foreach (var database in databases.Databases)
        {
            text.Append(database.Sha256).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}

/// <summary>Which program this is.</summary>
internal static class ProgramVersion
{
    public static string Number { get; } = typeof(ProgramVersion).Assembly.GetName().Version!.ToString(3);

    public static string Software { get; } = $"TrafficAudit/{Number}";
}
