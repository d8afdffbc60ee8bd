using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using TrafficAudit.Geolocation.Recipients;
using TrafficAudit.Geolocation.Yaml;
using YamlDotNet.Core.Events;

namespace TrafficAudit.Geolocation.Hints;

/// <summary>
/// Reads <c>hints/networks.yaml</c>: a list of networks with <c>name</c>, <c>kind</c>, <c>complete</c>, <c>ranges</c>, <c>asns</c>, <c>names</c>, <c>source</c>, <c>as_of</c>.
/// No range lies in another and no number or name is there twice, so that the order of rows means nothing.
/// </summary>
internal sealed class CarrierFile
{
    private static readonly string[] Kinds = ["anycast", "cdn", "cloud"];

    private readonly YamlCursor _yaml;
    private readonly HashSet<string> _networks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<long> _asns = [];
    private readonly AddressRangesBuilder _ranges = new();
    private int _index;

    private CarrierFile(YamlCursor yaml)
    {
        _yaml = yaml;
    }

    /// <summary>Reads all networks, and their ranges, each with the index of its network.</summary>
    /// <exception cref="HintFileException">The first fault in the file.</exception>
    public static (ImmutableArray<CarrierEntry> Entries, AddressRanges Ranges) Read(HintFile file)
    {
        var entries = ImmutableArray<CarrierEntry>.Empty;
        var ranges = AddressRanges.Empty;
        file.ReadYaml(yaml =>
        {
            var reader = new CarrierFile(yaml);
            entries = yaml.ReadList("expected a list of networks, each starting with \"- name:\"", reader.ReadEntry);
            ranges = reader._ranges.Build();
        });
        return (entries, ranges);
    }

    private CarrierEntry ReadEntry()
    {
        var map = _yaml.ReadMap("expected \"name:\" and the other keys of one network", ["name", "kind", "complete", .. Provenance.Keys], ["ranges", "asns", "names"]);
        _ = map.Required("kind");
        var entry = new CarrierEntry
        {
            Name = ReadNetwork(map),
            Kind = map.Read<CarrierKind?>("kind", ReadKind, $"one of {string.Join(", ", Kinds)}")!.Value,
            IsComplete = map.Read<bool?>("complete", text => text switch { "yes" => true, "no" => false, _ => null }, "yes or no") ?? false,
            Ranges = [.. map.List("ranges").Select(ReadRange)],
            Asns = [.. map.List("asns").Select(ReadAsn)],
            Names = [.. map.List("names").Select(ReadName)],
            Provenance = Provenance.Read(map),
        };
        _index++;
        return entry.Ranges.IsEmpty && entry.Asns.IsEmpty && entry.Names.IsEmpty
            ? throw _yaml.Fault(map.Line, "\"ranges\", \"asns\" or \"names\" must say by what it is recognised")
            : entry;
    }

    private string ReadNetwork(YamlMap map)
    {
        var name = map.Required("name");
        return _networks.Add(name) ? name : throw _yaml.Fault(map.Line, $"the network {name} is there twice");
    }

    private static CarrierKind? ReadKind(string text) => text switch
    {
        "anycast" => CarrierKind.Anycast,
        "cdn" => CarrierKind.Cdn,
        "cloud" => CarrierKind.Cloud,
        _ => null,
    };

    private IPNetwork ReadRange(Scalar scalar)
    {
        // IPNetwork takes bits after the prefix and drops them: more likely a slip of the pen in the address or in the length.
        if (!IPNetwork.TryParse(scalar.Value, out var range) || !range.BaseAddress.Equals(IPAddress.Parse(scalar.Value.Split('/')[0])))
        {
            throw _yaml.Fault(scalar.Start.Line, "a range must be like 192.0.2.0/24, with no bit set after the prefix");
        }

        return _ranges.TryAdd(range, _index) ? range : throw _yaml.Fault(scalar.Start.Line, $"the range {scalar.Value} overlaps another one of the file");
    }

    private long ReadAsn(Scalar scalar)
    {
        if (!uint.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var asn) || asn == 0)
        {
            throw _yaml.Fault(scalar.Start.Line, "an AS must be a number, without \"AS\"");
        }

        return _asns.Add(asn) ? asn : throw _yaml.Fault(scalar.Start.Line, $"the AS {asn} is there twice");
    }

    private string ReadName(Scalar scalar)
    {
        if (HostName.Parse(scalar.Value) is not { IsAddress: false, Text: var name })
        {
            throw _yaml.Fault(scalar.Start.Line, "a name must be a domain without scheme, port or path");
        }

        return _names.Add(name) ? name : throw _yaml.Fault(scalar.Start.Line, $"the name {name} is there twice");
    }
}
