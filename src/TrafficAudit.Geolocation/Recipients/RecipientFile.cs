using System.Collections.Immutable;
using TrafficAudit.Geolocation.Yaml;

namespace TrafficAudit.Geolocation.Recipients;

/// <summary>Reads <c>recipients.yaml</c>: a list of maps of texts, <c>suffixes</c> and <c>networks</c>, lists of texts.</summary>
internal sealed class RecipientFile
{
    private static readonly string[] Texts = ["organisation", "legal_entity", "country", "group", "group_country", "role", "source"];

    private readonly YamlCursor _yaml;
    private readonly HashSet<string> _suffixes = new(StringComparer.Ordinal);

    private RecipientFile(YamlCursor yaml)
    {
        _yaml = yaml;
    }

    /// <summary>Reads all entries.</summary>
    /// <exception cref="RecipientFileException">The first fault in the file.</exception>
    public static ImmutableArray<RecipientEntry> Read(Stream data, string name) => YamlCursor.Read(
        data,
        name,
        ImmutableArray<RecipientEntry>.Empty,
        (message, cause) => new RecipientFileException(message, cause),
        yaml => yaml.ReadList("expected a list of organisations, each starting with \"- organisation:\"", new RecipientFile(yaml).ReadEntry));

    private RecipientEntry ReadEntry()
    {
        var map = _yaml.ReadMap("expected \"organisation:\" and the other keys of one organisation", Texts, ["suffixes", "networks"]);
        var entry = new RecipientEntry
        {
            Organisation = map.Required("organisation"),
            LegalEntity = map.Text("legal_entity"),
            Country = Country("country"),
            Group = map.Text("group"),
            GroupCountry = Country("group_country"),
            Role = map.Read("role", role => RecipientEntry.Roles.Contains(role) ? role : null, $"one of {string.Join(", ", RecipientEntry.Roles)}"),
            Suffixes = ReadSuffixes(map),
            Networks = [.. map.List("networks").Select(network => network.Value)],
            Source = map.Text("source"),
        };
        return entry.Suffixes.IsEmpty ? throw _yaml.Fault(map.Line, "\"suffixes\" is missing or empty") : entry;

        string? Country(string key) => map.Read(
            key, code => code is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] ? code : null, "a country code of two capital letters (ISO 3166-1)");
    }

    private ImmutableArray<string> ReadSuffixes(YamlMap map)
    {
        var suffixes = ImmutableArray.CreateBuilder<string>();
        foreach (var scalar in map.List("suffixes"))
        {
            if (HostName.Parse(scalar.Value) is not { IsAddress: false } host)
            {
                throw _yaml.Fault(scalar.Start.Line, "a suffix must be a domain name without scheme, port or path");
            }

            if (!_suffixes.Add(host.Text))
            {
                throw _yaml.Fault(scalar.Start.Line, $"the suffix {host.Text} is there twice");
            }

            suffixes.Add(host.Text);
        }

        return suffixes.DrainToImmutable();
    }
}
