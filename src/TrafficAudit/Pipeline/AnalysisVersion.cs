using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using TrafficAudit.Classification;
using TrafficAudit.Classification.EndpointRules;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Geolocation.Databases;
using TrafficAudit.Geolocation.Recipients;
using TrafficAudit.Index;
using TrafficAudit.Model;

namespace TrafficAudit.Pipeline;

/// <summary>
/// What an analysis rests on, as two digests with a hyphen between: of program, rules, databases and recipients, and of the personas. It is noted with what was analysed.
/// Results are never changed by the way because a database was added: that what they rest on is not what there is now is said, and <c>analyze</c> is for people to ask for.
/// </summary>
internal static partial class AnalysisVersion
{
    /// <summary>Changes with every change in detectors, decoders and the data inside them: a compiler's digest of the whole module.</summary>
    private static string Detectors { get; } = typeof(Classifier).Module.ModuleVersionId.ToString("N");

    /// <summary>The same of what locates and names recipients.</summary>
    private static string Locators { get; } = typeof(GeoDatabases).Module.ModuleVersionId.ToString("N");

    public static string Of(Persona persona, DataSources sources)
    {
        var text = new StringBuilder();
        foreach (var value in persona.Values)
        {
            // With its length, so that no value can look like two.
            text.Append(CultureInfo.InvariantCulture, $"{value.Item}={value.Value.Length}:{value.Value}\n");
        }

        return $"{Of(sources)}-{Digest(text)}";
    }

    /// <summary>Says so in one line when some of a case's flows were analysed with another program, other rules or other databases.</summary>
    public static void SayIfOther(CaseFolder folder, ICaseIndex index, DataSources sources, ILogger logger)
    {
        var now = Of(sources);
        if (folder.Segments.Any(segment => index.State(segment) is { Flows: > 0 } state && !state.AnalysisVersion.StartsWith(now, StringComparison.Ordinal)))
        {
            LogOther(logger, folder.Info.Name);
        }
    }

    private static string Of(DataSources sources)
    {
        var text = new StringBuilder();
        foreach (var part in new[] { ProgramVersion.Software, Detectors, Locators, sources.Recipients.Sha256, sources.Tables.Version, sources.Rules.Version })
        {
            text.Append(part).Append('\n');
        }

        foreach (var database in sources.Databases.Databases)
        {
            text.Append(database.Sha256).Append('\n');
        }

        return Digest(text);
    }

    private static string Digest(StringBuilder text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));

    [LoggerMessage(3201, LogLevel.Warning, "Results of case {Case} were made by another version of the program, its rules or databases; 'trafficaudit analyze' makes them anew")]
    private static partial void LogOther(ILogger logger, string @case);
}
