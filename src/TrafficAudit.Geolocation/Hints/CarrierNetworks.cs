using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using TrafficAudit.Geolocation.Recipients;

namespace TrafficAudit.Geolocation.Hints;

/// <summary>Anycast, content delivery and cloud networks, by address range, name and autonomous system. Immutable, thread-safe.</summary>
public sealed class CarrierNetworks
{
    private const string FileName = "networks.yaml";

    private readonly AddressRanges _ranges;
    private readonly ImmutableArray<CarrierNetwork> _byRange;
    private readonly FrozenDictionary<long, CarrierNetwork> _byAsn;
    private readonly FrozenDictionary<string, CarrierNetwork> _byName;
    private readonly FrozenDictionary<string, CarrierKind> _kinds;
    private readonly FrozenSet<string> _published;

    private CarrierNetworks(HintFile file)
    {
        Sha256 = HintFile.Digest(file);
        (Entries, _ranges) = CarrierFile.Read(file);
        _published = Entries.Where(entry => !entry.Ranges.IsEmpty).Select(entry => entry.Name).ToFrozenSet(StringComparer.Ordinal);
        _kinds = Entries.ToFrozenDictionary(entry => entry.Name, entry => entry.Kind, StringComparer.Ordinal);
        _byRange = [.. Entries.Select(entry => Network(entry, CarrierBasis.Range))];
        _byAsn = Entries.SelectMany(entry => entry.Asns.Select(asn => (asn, entry))).ToFrozenDictionary(row => row.asn, row => Network(row.entry, CarrierBasis.Asn));
        _byName = Entries.SelectMany(entry => entry.Names.Select(name => (name, entry)))
            .ToFrozenDictionary(row => row.name, row => Network(row.entry, CarrierBasis.Name), StringComparer.Ordinal);
    }

    /// <summary>SHA-256 of <c>hints/networks.yaml</c>, lower-case hex.</summary>
    public string Sha256 { get; }

    internal ImmutableArray<CarrierEntry> Entries { get; }

    /// <summary>The embedded table, or <c>hints/networks.yaml</c> of a folder in its place.</summary>
    /// <param name="folder">A geo-data folder; may be null or missing.</param>
    /// <exception cref="HintFileException">The folder's file can't be used.</exception>
    public static CarrierNetworks Load(string? folder) => new(HintFile.Load(folder, FileName));

    /// <summary>
    /// The network that carries a destination; null where none is known. The address counts before the names, which anybody can point anywhere, and these
    /// before the AS, which hosts more than one kind of service.
    /// </summary>
    /// <param name="address">What was connected to; IPv4-mapped and NAT64 addresses count as the IPv4 address in them.</param>
    /// <param name="asn">The autonomous system that announces it, if a database knows.</param>
    /// <param name="host">The name that was asked for, or an address.</param>
    /// <param name="names">The names that it led to (CNAME): the last that is a network's is the one that answers.</param>
    public CarrierNetwork? Find(IPAddress address, long? asn, string host, ImmutableArray<string> names)
    {
        if (_ranges.Find(address) is { } owner)
        {
            return _byRange[owner];
        }

        return names.Reverse().Append(host).Select(FindByName).FirstOrDefault(network => network is not null) ?? (asn is { } number ? _byAsn.GetValueOrDefault(number) : null);
    }

    /// <summary>What a network does with a request, by its name; null for one that is not in the table.</summary>
    public CarrierKind? KindOf(string network) => _kinds.TryGetValue(network, out var kind) ? kind : null;

    /// <summary>Whether all of a network's addresses are in the table, so that one that is not in it is not the network's.</summary>
    public bool PublishesRanges(string network) => _published.Contains(network);

    private CarrierNetwork? FindByName(string? host)
    {
        if (HostName.Parse(host) is not { IsAddress: false, Text: var name })
        {
            return null;
        }

        var names = _byName.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var rest = name.AsSpan(); ;)
        {
            if (names.TryGetValue(rest, out var network))
            {
                return network;
            }

            var dot = rest.IndexOf('.');
            if (dot < 0)
            {
                return null;
            }

            rest = rest[(dot + 1)..];
        }
    }

    private static CarrierNetwork Network(CarrierEntry entry, CarrierBasis basis) => new(entry.Name, entry.Kind, basis);
}
