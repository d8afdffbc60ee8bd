using System.Collections.Frozen;
using System.Collections.Immutable;
using TrafficAudit.Geolocation.Yaml;
using YamlDotNet.Core.Events;

namespace TrafficAudit.Geolocation.Hints;

/// <summary>What <c>hints/cloud-regions.yaml</c> holds: <c>providers</c>, <c>words</c>, <c>phrases</c>.</summary>
internal sealed class CloudRegions
{
    private const string FileName = "cloud-regions.yaml";

    private CloudRegions(HintFile file)
    {
        File = file;
        file.ReadYaml(Read);
    }

    public HintFile File { get; }

    public ImmutableArray<RegionProvider> Providers { get; private set; } = [];

    /// <summary>Codes that mean a country or city wherever they stand, by what is written.</summary>
    public FrozenDictionary<string, Place> Words { get; private set; } = FrozenDictionary<string, Place>.Empty;

    /// <summary>Labels in which no word is looked for.</summary>
    public FrozenSet<string> Phrases { get; private set; } = [];

    /// <exception cref="HintFileException">The folder's file can't be used.</exception>
    public static CloudRegions Load(string? folder) => new(HintFile.Load(folder, FileName));

    /// <summary>A provider's region codes; null where the provider is not in the table.</summary>
    public FrozenDictionary<string, Place>? FindRegions(string provider) => Providers.FirstOrDefault(row => row.Name == provider)?.Regions;

    private void Read(YamlCursor yaml)
    {
        var map = yaml.ReadMap("expected \"providers:\", \"words:\" and \"phrases:\"", [], ["phrases"], new(StringComparer.Ordinal)
        {
            ["providers"] = () => Providers = yaml.ReadList(
                "\"providers\" must be a list of rows, each starting with \"- provider:\"", () => ReadProvider(yaml)),
            ["words"] = () => Words = PlaceTable.Read(yaml, "words"),
        });
        Phrases = map.List("phrases").Select(phrase => phrase.Value).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    private RegionProvider ReadProvider(YamlCursor yaml)
    {
        var regions = FrozenDictionary<string, Place>.Empty;
        var map = yaml.ReadMap("expected \"provider:\" and the other keys of one provider", ["provider", .. Provenance.Keys], ["hosts"], new(StringComparer.Ordinal)
        {
            ["regions"] = () => regions = PlaceTable.Read(yaml, "regions"),
        });
        return new RegionProvider
        {
            Name = map.Required("provider"),
            Hosts = map.List("hosts") is { IsEmpty: false } hosts
                ? [.. hosts.Select(host => ReadHost(yaml, host))]
                : throw yaml.Fault(map.Line, "\"hosts\" is missing or empty"),
            Regions = regions,
            Provenance = Provenance.Read(map),
        };
    }

    private static HostForm ReadHost(YamlCursor yaml, Scalar scalar) => HostForm.Parse(scalar.Value)
        ?? throw yaml.Fault(scalar.Start.Line, "a host must be a name whose first label has {region}, {iata} or {locode}, and a * only at that label's ends");
}
